package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.venue.Bookmark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions: written, read again, and refused when they cannot be trusted. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class BookmarksTest extends OnStage {
  static Stream<Bookmark> positions() {
    Instant from = Instant.parse("2026-03-01T00:00:00.123Z");
    return Stream.of(
        new Bookmark.AfterId(0, null),
        new Bookmark.AfterId(Long.MAX_VALUE, 17L),
        new Bookmark.Window(from, null, 0, null),
        new Bookmark.Window(from, from.plusSeconds(1), 2_000, from.minusSeconds(1)),
        new Bookmark.Snapshot(null),
        new Bookmark.Snapshot("00ff"));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void whatIsWrittenIsRead(Bookmark position) {
    assertEquals(
        position, Bookmarks.decode("s", "p", Bookmarks.FORMAT, Bookmarks.encode(position)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "{}",
        "{\"kind\":\"after\"}",
        "{\"kind\":\"after-id\"}",
        "{\"kind\":\"after-id\",\"next\":-1}",
        "{\"kind\":\"after-id\",\"next\":\"5\"}",
        "{\"kind\":\"after-id\",\"next\":1.5}",
        "{\"kind\":\"after-id\",\"next\":99999999999999999999}",
        "{\"kind\":\"after-id\",\"next\":5,\"resume\":\"x\"}",
        "{\"kind\":\"window\"}",
        "{\"kind\":\"window\",\"from\":\"soon\",\"offset\":0}",
        "{\"kind\":\"window\",\"from\":\"2026-01-01T00:00:00Z\"}",
        "{\"kind\":\"window\",\"from\":\"2026-01-01T00:00:00Z\",\"offset\":-1}",
        "{\"kind\":\"window\",\"from\":\"2026-01-01T00:00:00Z\",\"offset\":\"x\"}",
        "{\"kind\":\"snapshot\",\"seen\":7}",
        "{\"kind\":\"snapshot\"} more"
      })
  @DisplayName("F14 a position that was tampered with is not read")
  void whatWasTamperedWithIsRefused(String text) {
    Bookmarks.Unusable refused =
        assertThrows(
            Bookmarks.Unusable.class,
            () -> Bookmarks.decode("spot-trades", "BTCUSDT", Bookmarks.FORMAT, text));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("bookmark of spot-trades BTCUSDT: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "position = '{\"kind\":\"after-id\",\"next\":\"x\"}'",
        "format = 2",
      })
  @DisplayName("F14 a stream with a tampered or newer bookmark does not start, and is named")
  void aStreamWithAnUnusableBookmarkDoesNotStart(String tampered) {
    Account account = stage.small(95);
    String symbol = account.symbols().getFirst().symbol();
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    String whole = subject.hash();
    String row = " where stream = 'spot-trades' and partition = '" + symbol + "'";
    String before = subject.texts("select position from bookmark" + row).getFirst();
    subject.tamper("update bookmark set " + tampered + row);
    stage.trade(account, account.symbols().getFirst());
    long since = stage.sandbox().calls().next();

    Runs.Shown run = subject.runWell();

    assertTrue(
        run.detail() != null && run.detail().contains("bookmark of spot-trades " + symbol),
        run.detail());
    List<Call> asked =
        subject.calls(since).stream().filter(call -> call.path().equals(TRADES)).toList();
    assertTrue(asked.size() > 1, "the other markets go on");
    assertTrue(asked.stream().noneMatch(call -> symbol.equals(call.parameters().get("symbol"))));
    assertEquals(List.of("spot-trades " + symbol + " bookmark-unusable"), subject.gaps());
    assertEquals(whole, subject.hash());

    subject.tamper("update bookmark set format = 1, position = '" + before + "'" + row);
    subject.runWell();
    assertEquals(List.of(), subject.gaps());
    assertEquals(Map.of(), subject.differences());
    assertEquals(stage.undisturbed(account), subject.hash());
  }
}

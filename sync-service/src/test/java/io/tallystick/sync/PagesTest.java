package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that come twice, in odd order, or not in the venue's language. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class PagesTest extends OnStage {
  /** Three pages of fills of one symbol. */
  private Account paged() {
    return stage
        .sandbox()
        .addAccount(new AccountPlan("paged", 91, 1, 0, 0, 2_150, 4, 2, 3, 1, 200, Variety.NONE));
  }

  @Test
  @DisplayName("F4 a page that comes twice is read once, and the next one is still asked for")
  void aRepeatedPageIsReadOnce() {
    Account account = paged();
    String undisturbed = stage.undisturbed(account);
    String symbol = account.symbols().getFirst().symbol();
    Subject subject = stage.subject(account).connect();
    repeatFirstPage(symbol, 1);

    subject.runWell();

    assertEquals(undisturbed, subject.hash());
    assertEquals(List.of(), subject.gaps());
    assertEquals(Map.of(), subject.differences());
    assertTrue(
        subject.leaves("pull").stream()
            .anyMatch(leaf ->
                "spot-trades".equals(leaf.get("stream"))
                    && "1000".equals(leaf.get("rows"))
                    && "0".equals(leaf.get("new"))),
        "the page that came twice");
  }

  @Test
  @DisplayName("F4 F10 a page that comes for ever ends in a gap, and heals when the venue does")
  void aPageThatComesForEverEndsInAGap() {
    Account account = paged();
    String undisturbed = stage.undisturbed(account);
    String symbol = account.symbols().getFirst().symbol();
    Subject subject = stage.subject(account).connect();
    repeatFirstPage(symbol, 1_000);
    long first = stage.sandbox().calls().next();

    subject.runWell();

    assertEquals(1, subject.gaps().size());
    assertTrue(subject.gaps().getFirst().startsWith("spot-trades " + symbol), subject.gaps() + "");
    assertTrue(
        subject.calls(first).stream()
                .filter(call -> symbol.equals(call.parameters().get("symbol")))
                .filter(call -> call.path().equals(TRADES))
                .count()
            <= 4);

    stage.between(null);
    subject.runWell();

    assertEquals(undisturbed, subject.hash());
    assertEquals(List.of(), subject.gaps());
  }

  @Test
  @DisplayName("F6 a thousand rows of one millisecond across a page border: none is lost")
  void rowsOfOneMillisecondAcrossABorderAreAllRead() {
    Account account = paged();
    String symbol = account.symbols().getFirst().symbol();
    long time = account.fills(symbol).getFirst().time();
    Subject subject = stage.subject(account).connect();
    stage.between((request, exchange) -> {
      Reply reply = exchange.apply(request);
      return request.path().equals(TRADES) ? Rows.each(reply, row -> row.put("time", time)) : reply;
    });

    subject.runWell();

    assertEquals(
        account.fillCount(), subject.count("select count(*) from entry where kind = 'trade'"));
    assertEquals(Map.of(), subject.differences());
  }

  @Test
  @DisplayName("F12 rows newest first and rows in no order make the same ledger")
  void theOrderOfRowsDoesNotMatter() {
    Account account = paged();
    String undisturbed = stage.undisturbed(account);
    long seed = System.nanoTime();
    System.out.println("rows are shuffled with seed " + seed);
    for (Random random : new Random[] {null, new Random(seed)}) {
      Subject subject = stage.subject(account).connect();
      stage.between((request, exchange) ->
          Rows.ordered(
              exchange.apply(request),
              rows -> {
                if (random == null) {
                  return rows.reversed();
                }
                Collections.shuffle(rows, random);
                return rows;
              }));

      subject.runWell();

      assertEquals(undisturbed, subject.hash());
      assertEquals(Map.of(), subject.differences());
    }
  }

  @Test
  @DisplayName("F4 a page of another symbol is not taken for this one's")
  void aPageOfAnotherSymbolIsNotTaken() {
    Account account = stage.small(92);
    String undisturbed = stage.undisturbed(account);
    List<String> symbols = account.symbols().stream().map(s -> s.symbol()).sorted().toList();
    Subject subject = stage.subject(account).connect();
    AtomicReference<Reply> last = new AtomicReference<>();
    AtomicReference<String> spoilt = new AtomicReference<>();
    stage.between((request, exchange) -> {
      Reply reply = exchange.apply(request);
      String symbol =
          symbols.stream().filter(s -> Rows.tradesOf(request, s)).findFirst().orElse(null);
      if (symbol == null || (spoilt.get() != null && !spoilt.get().equals(symbol))) {
        return reply;
      }
      Reply before = last.getAndSet(reply);
      if (before == null) {
        return reply;
      }
      spoilt.set(symbol);
      return before;
    });

    subject.runWell();

    assertEquals(List.of("spot-trades " + spoilt.get() + " unreadable-page"), subject.gaps());
    stage.between(null);
    subject.runWell();
    assertEquals(undisturbed, subject.hash());
    assertEquals(Map.of(), subject.differences());
    assertEquals(List.of(), subject.gaps());
  }

  static Stream<String> pagesNobodyCanRead() {
    return Stream.of(
        "[{\"id\":1,\"id\":2}]",
        "[{\"id\":NaN}]",
        "[/* none */]",
        "[".repeat(10_000) + "]".repeat(10_000),
        "{\"rows\":[]}");
  }

  @ParameterizedTest
  @MethodSource("pagesNobodyCanRead")
  @DisplayName("F32 a page that is not in the venue's language is a gap until it is")
  void anUnreadablePageIsAGap(String page) {
    Account account = stage.small(93);
    Subject subject = stage.subject(account).connect();
    String symbol = account.symbols().getFirst().symbol();
    AtomicInteger asked = new AtomicInteger();
    stage.between((request, exchange) -> {
      Reply reply = exchange.apply(request);
      return Rows.tradesOf(request, symbol) && asked.getAndIncrement() == 0
          ? reply.with(Body.text(page))
          : reply;
    });

    Runs.Shown run = subject.runWell();

    assertTrue(run.detail() != null && run.detail().contains("differ"), run.detail());
    assertEquals(List.of("spot-trades " + symbol + " unreadable-page"), subject.gaps());
    List<String> kept =
        subject.texts(
            """
            select v.evidence_id from gap g join evidence v on v.evidence_id = g.evidence_id
            """);
    assertEquals(1, kept.size());
    assertEquals(page, subject.evidence(kept.getFirst()), "what came is kept");
    assertEquals(0, subject.count("select count(*) from entry where market = '" + symbol + "'"));

    subject.runWell();

    assertEquals(List.of(), subject.gaps());
    assertEquals(Map.of(), subject.differences());
  }

  /** The second page of a symbol, and as many after it, are the first page again. */
  private void repeatFirstPage(String symbol, int times) {
    List<Reply> first = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger left = new AtomicInteger(times);
    stage.between((request, exchange) -> {
      Reply reply = exchange.apply(request);
      if (!Rows.tradesOf(request, symbol)) {
        return reply;
      }
      if (first.isEmpty()) {
        first.add(reply);
        return reply;
      }
      return left.getAndDecrement() > 0 ? first.getFirst() : reply;
    });
  }
}

package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import io.tallystick.venue.Raw;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files of every make tell the same events once. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportFilesTest {
  private static final List<String> EIGHT_FILLS =
      List.of("T2.csv", "T3.csv", "T3y4.csv", "T3p-1.csv", "T3p-2.csv", "T4.xlsx", "T5.xlsx");

  @Inject Desk desk;

  private static void api(Desk.At at) throws IOException {
    for (JsonNode row : new ObjectMapper().readTree(Desk.bytes("api-myTrades.json"))) {
      byte[] bytes = row.toString().getBytes(StandardCharsets.UTF_8);
      String key = row.get("id") + (row.get("isBuyer").booleanValue() ? ":buy" : ":sell");
      Instant born = Instant.ofEpochMilli(row.get("time").longValue());
      at.account.page(
          at.on, "spot-trades", row.get("symbol").textValue(), List.of(new Raw(key, born, bytes)));
    }
  }

  @Test
  void theSameEightFillsInAnyFilesAndFromTheApiAreEight() throws IOException {
    Desk.At alone = desk.open();
    api(alone);
    String expected = alone.hash();

    Desk.At filesFirst = desk.open();
    for (String file : EIGHT_FILLS) {
      filesFirst.fixture(file);
    }
    api(filesFirst);
    assertEquals(expected, filesFirst.hash());

    Desk.At apiFirst = desk.open();
    api(apiFirst);
    for (String file : EIGHT_FILLS.reversed()) {
      Batch batch = apiFirst.fixture(file);
      assertEquals(0, batch.counts().added(), file);
      assertEquals(batch.counts().read(), batch.counts().matched(), file);
    }
    assertEquals(expected, apiFirst.hash());
  }

  @Test
  void twinsSplitOverPartsStayTwoAndOverlappingExportsAddTheirUnion() {
    Desk.At parts = desk.open();
    parts.fixture("T3p-1.csv");
    Batch second = parts.fixture("T3p-2.csv");
    assertEquals(2, second.counts().added());
    Desk.At whole = desk.open();
    assertEquals(8, whole.fixture("T2.csv").counts().added());
    assertEquals(whole.hash(), parts.hash());
    assertEquals(0, parts.fixture("T4.xlsx").counts().added());
    assertEquals(whole.hash(), parts.hash());
  }

  @Test
  @DisplayName("F77 the same file twice, under another name too, adds nothing and names the first")
  void theSameFileAgainIsNothing() {
    Desk.At at = desk.open();
    Batch first = at.fixture("T2.csv");
    String hash = at.hash();
    Imports.Received again = at.receive("renamed (1).csv", Desk.bytes("T2.csv"));
    assertTrue(again.earlier());
    assertEquals(first.id(), again.batch().id());
    assertEquals(hash, at.hash());
  }

  @Test
  void undoOfOneOfTwoOverlappingFilesLeavesWhatTheOtherTells() {
    Desk.At both = desk.open();
    Batch first = both.fixture("T2q.csv");
    both.fixture("T2.csv");
    assertEquals(State.UNDONE, both.undo(first).state());
    Desk.At one = desk.open();
    Batch only = one.fixture("T2.csv");
    assertEquals(one.hash(), both.hash());
    one.undo(only);
    assertEquals(desk.open().hash(), one.hash());
    assertEquals(Map.of(), one.balances());
  }

  @Test
  void aLaterExportThatRenamesOperationsAddsNothing() {
    Desk.At at = desk.open();
    at.fixture("L1.csv");
    String hash = at.hash();
    Map<String, String> balances = at.balances();
    assertEquals("0.009984", balances.get("spot/BTC"));
    assertEquals("0.34983", balances.get("spot/BNB"));
    assertEquals("20", balances.get("futures-usd/EUR"));
    Batch again = at.fixture("L2o.csv");
    assertEquals(0, again.counts().added());
    assertEquals(hash, at.hash());
  }

  @Test
  void nothingOfAFileWithAnOpenQuestionIsBooked() {
    Desk.At at = desk.open();
    Imports.Received asked = at.receive(Desk.name("T3r.csv"), Desk.bytes("T3r.csv"));
    assertEquals(State.ASKING, asked.batch().state());
    assertFalse(asked.questions().isEmpty());
    assertEquals("zone", asked.questions().getFirst().topic());
    Imports.Received answered = desk.answer(asked.batch(), Map.of("zone", "-06:00"));
    assertEquals(State.CHECKED, answered.batch().state());
    assertEquals(desk.open().hash(), at.hash());
  }

  @Test
  void rowsAtFaultAreNamedAndTheOthersImported() {
    Desk.At at = desk.open();
    String[] lines = new String[1_001];
    lines[0] = "Date(UTC),Pair,Side,Price,Executed,Amount,Fee";
    for (int i = 1; i < lines.length; i++) {
      lines[i] =
          "2023-01-01 00:%02d:%02d,BTCUSDT,BUY,10,1BTC,10USDT,0.1BNB".formatted(i / 60, i % 60);
    }
    lines[6] = lines[6].replace("1BTC", "oneBTC");
    Batch batch = at.take("trades.csv", lines);
    assertEquals(999, batch.counts().added());
    assertEquals(1, batch.counts().broken());
    List<ImportStore.Noted> noted =
        at.account.in(tx -> ImportStore.noted(tx, at.account.holderKey, batch.id(), 0, 0, 10));
    assertEquals(1, noted.size());
    assertEquals(7, noted.getFirst().line());
    assertEquals("Executed", noted.getFirst().column());
  }
}

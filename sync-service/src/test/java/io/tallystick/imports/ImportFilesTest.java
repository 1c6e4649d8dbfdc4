package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files of every make tell the same events once. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportFilesTest {
  private static final List<String> EIGHT_FILLS =
      List.of("T2.csv", "T3.csv", "T3y4.csv", "T3p-1.csv", "T3p-2.csv", "T4.xlsx", "T5.xlsx");

  @Inject Desk desk;

  private static void api(Desk.At at) {
    VenueLists.trades(at, 0, 8);
  }

  @Test
  void theSameEightFillsInAnyFilesAndFromTheApiAreEight() {
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
  void aPartThatWasSavedAnewIsStillTheSamePart() {
    Desk.At at = desk.open();
    at.fixture("T3p-1.csv");
    at.fixture("T3p-2.csv");
    String hash = at.hash();
    String saved =
        new String(Desk.bytes("T3p-2.csv"), StandardCharsets.UTF_8).replaceAll("\\r?\\n", "\r\n");
    Batch again =
        at.take(Desk.name("T3p-2.csv"), (saved + "\r\n").getBytes(StandardCharsets.UTF_8));
    assertEquals(0, again.counts().added());
    assertEquals(hash, at.hash());
  }

  @Test
  void partsInOneArchiveAreThePartsThemselves() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String part : List.of("T3p-1.csv", "T3p-2.csv")) {
        zip.putNextEntry(new ZipEntry(Desk.name(part)));
        zip.write(Desk.bytes(part));
        zip.closeEntry();
      }
    }
    Desk.At at = desk.open();
    Batch archive = at.take("export.zip", bytes.toByteArray());
    assertEquals(8, archive.counts().added());
    String hash = at.hash();
    Batch second = at.fixture("T3p-2.csv");
    assertEquals(0, second.counts().added());
    assertEquals(0, at.fixture("T2.csv").counts().added());
    assertEquals(hash, at.hash());
    at.undo(archive);
    assertEquals(hash, at.hash(), "the whole export still tells all of it");
  }

  @Test
  @DisplayName("F77 the same file twice, under another name too, adds nothing and names the first")
  void theSameFileAgainIsNothing() {
    Desk.At at = desk.open();
    Batch first = at.fixture("T2.csv");
    String hash = at.hash();
    Reception.Received again = at.receive("renamed (1).csv", Desk.bytes("T2.csv"));
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
    assertEquals("20", balances.get("futures-usdm/EUR"));
    Batch again = at.fixture("L2o.csv");
    assertEquals(0, again.counts().added());
    assertEquals(hash, at.hash());
  }

  @Test
  void nothingOfAFileWithAnOpenQuestionIsBooked() {
    Desk.At at = desk.open();
    Reception.Received asked = at.receive(Desk.name("T3r.csv"), Desk.bytes("T3r.csv"));
    assertEquals(State.ASKING, asked.batch().state());
    assertFalse(asked.questions().isEmpty());
    assertEquals("zone", asked.questions().getFirst().topic());
    Reception.Received answered = desk.answer(asked.batch(), Map.of("zone", "-06:00"));
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
    List<ImportRows.Noted> noted =
        at.account.in(tx -> ImportRows.noted(tx, batch, ImportRows.Spot.BEFORE_ALL, 10));
    assertEquals(1, noted.size());
    assertEquals(7, noted.getFirst().line());
    assertEquals("Executed", noted.getFirst().column());
  }

  /** Deposits as two generations of exports tell them: with another second, and with a network. */
  private static final String[][] GENERATIONS = {
    {
      "DepositHistory.csv",
      "Date(UTC),Coin,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status",
      "2024-01-05 10:00:07,BTC,5,0,in-1,tx-1,,,Completed",
      "2024-01-06 10:00:09,BTC,5,0,in-2,tx-2,,,Completed"
    },
    {
      "Export Deposit History.csv",
      "Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status",
      "2024-01-05 10:00:00,BTC,BTC,5,0,in-1,tx-1,,,Completed",
      "2024-01-06 10:00:00,BTC,BTC,5,0,in-2,tx-2,,,Completed"
    }
  };

  private static Batch take(Desk.At at, int generation) {
    String[] file = GENERATIONS[generation];
    return at.take(file[0], Arrays.copyOfRange(file, 1, file.length));
  }

  @Test
  void twoGenerationsOfAnExportEndAlikeInAnyOrderAndWhicheverIsTakenBack() {
    String[] alone = new String[2];
    for (int generation = 0; generation < 2; generation++) {
      Desk.At at = desk.open();
      take(at, generation);
      alone[generation] = at.hash();
    }
    assertNotEquals(alone[0], alone[1]);
    for (int first = 0; first < 2; first++) {
      for (int gone = 0; gone < 2; gone++) {
        Desk.At at = desk.open();
        Batch[] batches = new Batch[2];
        batches[first] = take(at, first);
        batches[1 - first] = take(at, 1 - first);
        assertEquals(0, batches[1 - first].counts().added());
        assertEquals(alone[1], at.hash(), "the one that knows the network speaks");
        assertEquals("10", at.balances().get("spot/BTC"));
        at.undo(batches[gone]);
        assertEquals(alone[1 - gone], at.hash(), first + " first, " + gone + " taken back");
        at.undo(batches[1 - gone]);
        assertEquals(desk.open().hash(), at.hash());
      }
    }
  }

  @Test
  void whatTheConsentLeavesOutOfAStatementStaysOutAndIsListed() {
    Desk.At at = desk.open(List.of("trades"));
    Batch batch = at.fixture("L1.csv");
    List<ImportRows.Noted> noted =
        at.account.in(tx -> ImportRows.noted(tx, batch, ImportRows.Spot.BEFORE_ALL, 1000));
    assertTrue(noted.stream().anyMatch(row -> row.outcome().equals("not-covered")));
    long kept =
        at.count(
            "select count(*) from claim where tenant_id = ? and holder_id = ?"
                + " and role not in ('TRADE', 'FEE', 'OTHER')");
    assertEquals(0, kept);
    String claims = "select count(*) from claim where tenant_id = ? and holder_id = ?";
    long before = at.count(claims);
    assertEquals(State.UNDONE, at.undo(batch).state());
    assertEquals(before, at.count(claims), "what was never let in does not come by taking back");
    assertEquals(
        0,
        at.count(
            claims
                + " and not exists (select 1 from evidence v where v.evidence_id = claim"
                + ".evidence_id and v.tenant_id = claim.tenant_id)"));
    assertEquals(desk.open().hash(), at.hash());
  }

  @Test
  void anOrderOfAnOldFileIsItsFillsHoweverLateTheyCame() {
    Desk.At at = desk.open();
    // The file names pairs, and pairs are known once an account was connected by a key.
    at.account.in(tx ->
        tx.sql(
                """
                insert into market (venue, environment, symbol, base, quote, status, first_seen,
                  last_seen)
                values ('binance', 'sandbox', 'BTCUSDT', 'BTC', 'USDT', 'TRADING', now(), now())
                on conflict do nothing
                """)
            .update());
    String fill = ",2023-01-15 12:30:00,300.1,2,600.2,0.6002USDT,,,,";
    at.take(
        "orders.csv",
        "Date(UTC),OrderNo,Pair,Type,Order Price,Order Amount,AvgTrading Price,Filled,Total,status",
        "2023-01-15 12:00:00,17512345678,BTCUSDT,SELL,300.1,2BTC,300.1,2BTC,600.2USDT,Filled",
        ",Date(UTC),Trading Price,Filled,Total,Fee,,,,",
        fill);
    assertEquals(Map.of("spot/BTC", "-2", "spot/USDT", "599.5998"), at.balances());
  }

  @Test
  void whatFilesTellIsOpenWhereItsKindOfRecordIs() {
    Desk.At at = desk.open();
    at.fixture("L1.csv");
    String entries = "/v1/entries?limit=1000&connection=" + at.on.id();
    int shown = at.account.get("tracker", entries).getList("items").size();
    assertTrue(shown > 5);
    assertEquals(
        at.count(
            "select count(distinct entry_id) from entry where tenant_id = ? and holder_id = ?"),
        shown);
  }
}

package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import io.tallystick.venue.Exports.Asked;
import io.tallystick.venue.binance.exports.file.Workbook;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Archives and workbooks of several tables: which of them a question or refusal is about. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SeveralTablesTest {
  private static final String STATEMENT = "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark";
  private static final String LINE = Desk.UID + ",2022-01-10 08:00:00,Spot,Deposit,USDT,1,";
  private static final String TRADES = "Time,Pair,Side,Price,Executed,Amount,Fee";
  private static final String FILL = "25-03-04 10:00:01,BTCUSDT,BUY,50000,0.5BTC,25000USDT,0BNB";

  @Inject Desk desk;

  private static byte[] zip(String... namesAndTexts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String table(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  @Test
  void theTableThatCannotBeReadIsSaidAndNothingIsHalfStored() {
    Desk.At at = desk.open();
    Batch refused =
        at.receive("all.zip", zip("a.csv", table(STATEMENT, LINE), "b.txt", "my,notes\n")).batch();
    assertEquals(State.REFUSED, refused.state());
    String said = String.valueOf(refused.detail());
    assertTrue(said.startsWith("Table 2 of 2: Nobody knows a table with these 2 columns."), said);
    assertTrue(said.contains("left out."), said);
    Batch sheet =
        at.receive("all.xlsx", Workbook.of(List.of(STATEMENT, LINE), List.of("my,notes"))).batch();
    assertEquals(State.REFUSED, sheet.state());
    assertTrue(String.valueOf(sheet.detail()).startsWith("Table 2 of 2: "));
    assertEquals(
        0, at.count("select count(*) from import_piece where tenant_id = ? and holder_id = ?"));
  }

  @Test
  void aQuestionAboutSeveralTablesIsAskedOnceAndSaysThatItsAnswerCountsForAll() {
    Desk.At at = desk.open();
    Reception.Received received =
        at.receive(
            "all.zip",
            zip(
                "a.csv", table(STATEMENT, LINE),
                "b.csv", table(TRADES, FILL),
                "c.csv", table(TRADES, FILL.replace("10:00:01", "11:00:01"))));
    assertEquals(List.of("zone"), received.questions().stream().map(Asked::topic).toList());
    String text = received.questions().getFirst().text();
    assertTrue(text.contains("of the tables 2, 3 of 3, and one answer counts for all"), text);
    Reception.Received one =
        at.receive("one.zip", zip("a.csv", table(STATEMENT, LINE), "b.csv", table(TRADES, FILL)));
    assertTrue(one.questions().getFirst().text().endsWith("This is asked of table 2 of 2."));
    assertEquals(
        State.CHECKED, desk.answer(received.batch(), Map.of("zone", "UTC+2")).batch().state());
  }

  @Test
  void theSheetsOfAWorkbookGoInTogetherAndComeOutTogether() {
    Desk.At at = desk.open();
    String empty = at.hash();
    Batch batch =
        at.take(
            "statement.xlsx",
            Workbook.of(
                List.of(STATEMENT, LINE), List.of(STATEMENT, LINE.replace("08:00", "09:00"))));
    assertEquals(2, batch.counts().added());
    assertEquals("2", at.balances().get("spot/USDT"));
    assertEquals(State.UNDONE, at.undo(batch).state());
    assertEquals(empty, at.hash());
  }

  @Test
  void anEmptyTableInFrontDoesNotSayWhatTheFileIs() {
    Desk.At at = desk.open(List.of("deposits"));
    String empty = "Binance-Spot-Trade-History-202604010003(UTC).csv";
    Batch batch =
        at.take(
            "all.zip",
            zip(
                empty,
                "",
                "Binance-Deposit-History-202604011210(UTC).csv",
                table(
                    "Time,Coin,Network,Amount,Address,TXID,Status",
                    "25-03-04 10:00:01,BTC,BTC,0.5,bc1q,tx-1,Completed")));
    assertEquals("crypto-movements", batch.kind());
    assertEquals("0.5", at.balances().get("spot/BTC"));
  }

  @Test
  @DisplayName("F77 fills of another account's futures stay out and are named")
  void futuresOfAnotherAccountStayOut() {
    Desk.At at = desk.open();
    String row = ",2025-03-04 10:00:01,BTCUSDT,BUY,50000,0.5,25000,1 USDT,5,true,true,%d,84%d";
    Batch batch =
        at.take(
            "Binance-Futures-Trade-History-202604011301(UTC).csv",
            "Uid,Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,"
                + "Order ID",
            Desk.UID + row.formatted(9, 9),
            "123456789" + row.formatted(10, 10));
    assertEquals(1, batch.counts().broken());
    assertEquals("4", at.balances().get("futures-usdm/USDT"));
  }
}

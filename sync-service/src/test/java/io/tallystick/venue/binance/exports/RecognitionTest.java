package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.binance.exports.ExportRecord.StatementLine;
import io.tallystick.venue.binance.exports.Question.Topic;
import io.tallystick.venue.binance.exports.file.Container;
import io.tallystick.venue.binance.exports.file.Content;
import io.tallystick.venue.binance.exports.file.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file is, what is asked about it, and what its damage costs. */
final class RecognitionTest {
  private static final String T2 = "Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n";
  private static final String T2_ROW =
      "2023-11-04 09:15:27,BTCUSDT,BUY,34812.4,0.004BTC,139.2496USDT,0.00009936BNB\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Kraken|\"txid\",\"refid\",\"time\",\"type\",\"subtype\",\"aclass\",\"asset\",\"amount\"",
        "Coinbase|ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency",
        "KuCoin|UID,Account Type,Order ID,Symbol,Side,Order Type,Avg. Filled Price",
        "Crypto.com|Timestamp (UTC),Transaction Description,Currency,Amount,Transaction Kind",
        "Bitstamp|Type,Datetime,Account,Amount,Value,Rate,Fee,Sub Type"
      })
  void anotherVenuesFileIsNamed(String venue, String header) {
    Given given = Given.text("Binance-Spot-Trade-History.csv", header + "\n1,2,3\n");
    assertEquals(new Recognition.OtherVenue(venue), given.recognitions().getFirst());
  }

  @Test
  void aDocumentOrPageUnderAnotherNameIsSaidToBeOne() {
    assertEquals(
        new Recognition.NotAnExport(Content.PDF),
        Given.text("trades.csv", "%PDF-1.4\n%\u00e2\u00e3").recognitions().getFirst());
    assertEquals(
        new Recognition.NotAnExport(Content.HTML),
        Given.text("trades.csv", "<!DOCTYPE html>\n<html><body>404</body></html>")
            .recognitions()
            .getFirst());
    assertEquals(
        new Recognition.Empty(ExportKind.SPOT_TRADES),
        Given.text("Binance-Spot-Trade-History-202604010003(UTC+2).csv", "")
            .recognitions()
            .getFirst());
  }

  @Test
  void anUnknownTableShowsItsHeader() {
    Given given = Given.text("x.csv", "Fruit,Weight\napple,1\n");
    assertEquals(
        new Recognition.Unknown(List.of("Fruit", "Weight")), given.recognitions().getFirst());
  }

  @Test
  void oneBrokenRowOfManyCostsOneRow() throws IOException {
    List<String> broken =
        List.of(
            "2023-11-04 09:15:27,BTCUSDT,BUY,\"34812.4,0.004BTC,139.2496USDT,0.00009936BNB",
            "2023-11-04 09:15:27,BTCUSDT,BUY,34812.4,0.004BTC,139.2496USDT",
            "2023-11-04 09:15:27,BTCUSDT,BUY,34,812.4,0.004BTC,139.2496USDT,0.00009936BNB",
            "2023-11-04 09:15:27,BTCUSDT,GIVE,34812.4,0.004BTC,139.2496USDT,0.00009936BNB",
            "2023-11-34 09:15:27,BTCUSDT,BUY,34812.4,0.004BTC,139.2496USDT,0.00009936BNB",
            "2023-11-04 09:15:27,BTCUSDT,BUY,34812.4,0.004ETH,139.2496USDT,0.00009936BNB");
    List<String> blamed = List.of("", "Fee", "", "Side", "Date(UTC)", "Executed");
    List<String> codes =
        List.of(
            "quotes",
            "missing",
            "too-many-cells",
            "not-a-side",
            "impossible-time",
            "unit-not-in-pair");
    for (int i = 0; i < broken.size(); i++) {
      StringBuilder file = new StringBuilder(T2);
      for (int row = 1; row <= 100_000; row++) {
        file.append(row == 7 ? broken.get(i) + "\n" : T2_ROW);
      }
      Path upload = folder.resolve("upload");
      Files.writeString(upload, file);
      Given given = Given.path("trades.csv", upload, Map.of());
      assertEquals(99_999, given.good().size(), broken.get(i));
      RowFault fault = given.bad().getFirst();
      assertEquals(8, fault.line());
      assertEquals(blamed.get(i), fault.column());
      assertEquals(codes.get(i), fault.code());
      assertFalse(fault.reason().isEmpty() || fault.remedy().isEmpty());
    }
  }

  @Test
  @DisplayName("F74 cells that look like formulas are stored as they are")
  void formulasAreOnlyText() {
    String row = "9,2022-01-10 08:00:00,Spot,\"=HYPERLINK(\"\"x\"\")\",USDT,1,@SUM(A1)\n";
    StatementLine line =
        Given.text("x.csv", "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark\n" + row)
            .only(StatementLine.class);
    assertEquals("=HYPERLINK(\"x\")", line.operation());
    assertEquals("@SUM(A1)", line.remark());
  }

  @Test
  @DisplayName("F75 a damaged encoding is named by line and byte, and another one is asked for")
  void damagedTextIsNamed() {
    byte[] late =
        (T2 + T2_ROW.repeat(1000) + "caf\u00e9,1\n" + T2_ROW)
            .getBytes(Charset.forName("windows-1252"));
    Given given = Given.bytes("x.csv", late, Map.of());
    assertEquals(1001, given.good().size());
    assertEquals("malformed-text", given.bad().getFirst().code());
    assertEquals(1002, given.bad().getFirst().line());
    assertEquals(T2.length() + 1000L * T2_ROW.length() + 3, given.bad().getFirst().at());
    String statement =
        "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark\n"
            + "9,2022-01-10 08:00:00,Spot,Deposit,USDT,1,caf\u00e9\n";
    byte[] latin = statement.getBytes(Charset.forName("windows-1252"));
    assertEquals(List.of(Topic.ENCODING), Given.bytes("x.csv", latin, Map.of()).asked());
    Map<Topic, String> answer = Map.of(Topic.ENCODING, "windows-1252");
    assertEquals(
        "caf\u00e9", Given.bytes("x.csv", latin, answer).only(StatementLine.class).remark());
    byte[] wide = ("\ufeff" + statement).getBytes(StandardCharsets.UTF_16LE);
    assertEquals(
        "caf\u00e9", Given.bytes("x.csv", wide, Map.of()).only(StatementLine.class).remark());
    byte[] bare = statement.getBytes(StandardCharsets.UTF_16BE);
    assertEquals(List.of(Topic.ENCODING), Given.bytes("x.csv", bare, Map.of()).asked());
  }

  @Test
  @DisplayName("F76 a row cut off at the end of the file is reported")
  void aRowCutOffIsReported() {
    Given given = Given.text("x.csv", T2 + T2_ROW + T2_ROW.substring(0, 50));
    assertEquals(1, given.good().size());
    assertEquals(3, given.bad().getFirst().line());
    assertTrue(given.ends().getFirst().lastLineOpen());
    assertFalse(Given.text("x.csv", T2 + T2_ROW).ends().getFirst().lastLineOpen());
  }

  @Test
  void repeatedHeadersBlankLinesAndAddedColumnsAreNoRows() {
    String added = T2.strip() + ",EUR_Value\n";
    Given given =
        Given.text("x.csv", "\n" + added + T2_ROW + "\n,,,\n" + added + T2_ROW.strip() + ",3\n");
    assertEquals(2, given.good().size());
    assertEquals(List.of(), given.bad());
  }

  @Test
  void aNoteThatNothingMatchesIsUnderstoodInItsPlaceOnly() {
    String english = "Time,Pair,Side,Price,Executed,Amount,Fee\n";
    String name = "x(UTC+2).csv";
    assertTrue(
        Given.text(name, english + "No data matches the criteria.\n")
            .ends()
            .getFirst()
            .saysEmpty());
    Given odd = Given.text(name, english + "some other words\n");
    assertFalse(odd.ends().getFirst().saysEmpty());
    assertEquals(1, odd.bad().size());
    String spanish = "Tiempo,Par,Lado,Precio,Ejecutado,Cantidad,Tarifa\n";
    Given empty = Given.text(name, spanish + "Ning\u00fan dato coincide.\n");
    assertTrue(empty.ends().getFirst().saysEmpty());
    Given more = Given.text(name, spanish + "Ning\u00fan dato coincide.\n" + T2_ROW);
    assertFalse(more.ends().getFirst().saysEmpty());
  }

  @Test
  void anIdThatASpreadsheetRoundedIsAFaultWhereItIsTheIdentity() {
    String header = "Date(UTC),type,Amount,Asset,Symbol,Transaction ID\n";
    Given given =
        Given.text("x.csv", header + "2023-02-01 00:00:00,TRANSFER,-5,USDT,,8.40112E+18\n");
    assertEquals("destroyed-id", given.bad().getFirst().code());
    assertEquals("Transaction ID", given.bad().getFirst().column());
  }

  @Test
  void theRowLimitEndsTheFileAndSaysSo() throws IOException {
    Path file = folder.resolve("upload");
    Files.writeString(file, T2 + T2_ROW.repeat(5));
    Limits three = new Limits(1 << 20, 200, 20, 1000, 64, 3, 1000);
    Container.Opening opening = Container.open(file, "x.csv", three);
    try (Container container = assertInstanceOf(Container.Opened.class, opening).container()) {
      ExportFiles files = new ExportFiles(three);
      var member = container.members().getFirst();
      var known =
          assertInstanceOf(Recognition.Known.class, files.recognise(container, member, Map.of()));
      try (Rows rows = files.rows(known, member)) {
        for (int i = 0; i < 3; i++) {
          assertInstanceOf(Row.Good.class, rows.next());
        }
        Row.Bad last = assertInstanceOf(Row.Bad.class, rows.next());
        assertEquals("too-many-rows", last.fault().code());
        assertFalse(assertInstanceOf(Row.End.class, rows.next()).whole());
      }
    }
  }

  @Test
  void aSheetInsideAnArchiveIsReadAndNothingStaysBehind() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("Binance-Spot Trade History-202604010001.xlsx"));
      zip.write(Given.bytes("T4.xlsx"));
    }
    Path file = folder.resolve("upload");
    Files.write(file, bytes.toByteArray());
    Given given = Given.path("x.zip", file, Map.of());
    assertEquals(Given.fixture("T4.xlsx").records(), given.records());
    try (var left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void theTaxToolsNewerReportIsKnownByItsValues() {
    String header = "Id,Data,Tipo,a,b,c,d,e,f,g,h,i,j,k,l,m,n\n";
    String rows =
        "1,2024-05-01-10:00:00,BUY,,SPOT,,713.65,USDT,,,0.0205,BTC,700,,0.0005,BNB,x\n"
            + "2,2024-05-02-10:00:00,RECEIVE,REWARD,EARN,,,,,,0.5,DOT,3,,,,\n";
    Given given = Given.text("report.csv", header + rows);
    assertEquals("TX2", given.known().variant());
    assertEquals(List.of(), given.asked());
    List<ExportRecord.TaxLine> lines = given.records(ExportRecord.TaxLine.class);
    assertEquals(new Money(new BigDecimal("713.65"), "USDT"), lines.getFirst().sent());
    assertEquals(new Money(new BigDecimal("0.5"), "DOT"), lines.getLast().received());
    assertNull(lines.getLast().sent());
  }
}

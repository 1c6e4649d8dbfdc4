package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallystick.kernel.Decimals;
import io.tallystick.venue.binance.exports.CashRecord.CryptoMovement;
import io.tallystick.venue.binance.exports.ExportRecord.AutoInvestBuy;
import io.tallystick.venue.binance.exports.ExportRecord.StatementLine;
import io.tallystick.venue.binance.exports.Question.Topic;
import io.tallystick.venue.binance.exports.file.Container;
import io.tallystick.venue.binance.exports.file.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a person knows is asked, and the answer is used. */
final class QuestionsTest {
  private static final String T2 = "Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n";
  private static final String T2_ROW =
      "2023-11-04 09:15:27,BTCUSDT,BUY,34812.4,0.004BTC,139.2496USDT,0.00009936BNB\n";
  private static final String D1 =
      "Date,Coin,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status\n";

  @TempDir private Path folder;

  @Test
  void aHeaderInAnUnseenLanguageIsGuessedFromValuesAndConfirmed() {
    String file =
        "\ufeff\u65f6\u95f4,\u4ea4\u6613\u5bf9,\u65b9\u5411,\u4ef7\u683c,\u6210\u4ea4,\u603b\u989d,"
            + "\u624b\u7eed\u8d39\n24-06-30 21:59:58,1INCHUSDT,SELL,0.3612,1501INCH,54.18USDT,"
            + "0.05418USDT\n";
    String name = "Binance-202604011210(UTC--6).csv";
    Given asked = Given.text(name, file);
    assertEquals(List.of(Topic.COLUMNS), asked.asked());
    Given answered = Given.text(name, file, Map.of(Topic.COLUMNS, "yes"));
    Fill fill = answered.only(Fill.class);
    assertEquals("150", Decimals.text(fill.quantity()));
    assertEquals(Instant.parse("2024-07-01T03:59:58Z"), fill.second());
    String statement =
        "\u0418,\u0412,\u0421,\u041e,\u041c,\u0418\u0437,\u041f\n"
            + "9,24-06-30 21:59:58,Spot,Deposit,USDT,7.2E-7,\n";
    assertEquals(
        "0.00000072",
        Decimals.text(
            Given.text(name, statement, Map.of(Topic.COLUMNS, "yes"))
                .only(StatementLine.class)
                .change()));
  }

  @Test
  void oldDepositsAndWithdrawalsAreAskedApartUnlessAFeeProvesThem() {
    String free = D1 + "2018-02-03 04:05:06,BTC,0.25,0,a,b,,,Completed\n";
    assertEquals(List.of(Topic.DIRECTION), Given.text("x.csv", free).asked());
    assertEquals(
        Direction.DEPOSIT,
        Given.text("x.csv", free, Map.of(Topic.DIRECTION, "deposit"))
            .only(CryptoMovement.class)
            .direction());
    String paid = D1 + "2018-02-03 04:05:06,BTC,0.25,0.001,a,b,,,Completed\n";
    assertEquals(
        Direction.WITHDRAWAL, Given.text("x.csv", paid).only(CryptoMovement.class).direction());
    assertEquals(List.of(Topic.DIRECTION), Given.text("deposit.csv", paid).asked());
    assertEquals(List.of(Topic.DIRECTION), Given.text("deposit-withdraw.csv", free).asked());
  }

  @Test
  void contradictingZonesAreAskedAbout() {
    String trades = "Time,Pair,Side,Price,Executed,Amount,Fee\n" + T2_ROW;
    Map<String, String> names =
        Map.of(
            "x(UTC+2) (UTC+3).csv", "UTC+2,UTC+3",
            "x(UTC+3)(UTC).csv", "UTC+3,UTC");
    names.forEach((name, choices) -> {
      Question question = Given.text(name, trades).known().questions().getFirst();
      assertEquals(
          List.of(choices.split(",")),
          question.choices().stream().map(Question.Choice::answer).toList());
    });
    String silent =
        "Date,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status\n"
            + "2021-11-11 11:11:11,BTCBUSD,Market,1 BTC,2 BUSD,x,y,2021-11-11 11:11:12,Success\n";
    assertEquals(List.of(), Given.text("convert.csv", silent).asked());
    assertEquals(List.of(Topic.ZONE), Given.text("convert(UTC+2).csv", silent).asked());
  }

  @Test
  void aMarginFileThatDoesNotSayWhichModeIsAsked() {
    String name = "Binance-Margin-Trade-History.csv";
    assertEquals(List.of(Topic.MARGIN_MODE), Given.text(name, T2 + T2_ROW).asked());
    assertEquals(
        MarginMode.ISOLATED,
        Given.text(name, T2 + T2_ROW, Map.of(Topic.MARGIN_MODE, "isolated"))
            .only(Fill.class)
            .margin());
  }

  @Test
  void whatASpreadsheetMadeAmbiguousIsAsked() {
    String header =
        "Auto-Invest Date(UTC),Holding Coin,Amount per period,Trading Fee,Units,From,Status\n";
    String open = header + "5/1/2022 14:00,BTC,10.5 BUSD,--,0.01 BTC,Spot,Success\n";
    assertEquals(List.of(Topic.DATE_ORDER), Given.text("x.csv", open).asked());
    AutoInvestBuy may =
        Given.text("x.csv", open, Map.of(Topic.DATE_ORDER, "month-first"))
            .only(AutoInvestBuy.class);
    assertEquals(Instant.parse("2022-05-01T14:00:00Z"), may.at().at());
    String proved = open + "25/1/2022 14:00,BTC,10.5 BUSD,--,0.01 BTC,Spot,Success\n";
    assertEquals(
        Instant.parse("2022-01-05T14:00:00Z"),
        Given.text("x.csv", proved).records(AutoInvestBuy.class).getFirst().at().at());
    String comma = "Date(UTC);Product Name;Coin;Amount\n2022-05-06 01:02:03;Flexible;USDT;1,250\n";
    assertEquals(List.of(Topic.DECIMAL_MARK), Given.text("x.csv", comma).asked());
    assertEquals(
        "1.25",
        Decimals.text(
            Given.text("x.csv", comma, Map.of(Topic.DECIMAL_MARK, "comma"))
                .only(ExportRecord.EarnInterest.class)
                .amount()
                .amount()));
    String sure = comma + "2022-05-06 01:02:03;Flexible;USDT;0,5\n";
    assertEquals(2, Given.text("x.csv", sure).good().size());
  }

  @Test
  void aFileWithOpenQuestionsIsNotRead() throws IOException {
    Path file = folder.resolve("upload");
    Files.write(file, Given.bytes("T3r.csv"));
    Container.Opening opening = Container.open(file, "trades.csv", Limits.STANDARD);
    try (Container container = assertInstanceOf(Container.Opened.class, opening).container()) {
      ExportFiles files = new ExportFiles(Limits.STANDARD);
      var member = container.members().getFirst();
      var known =
          assertInstanceOf(Recognition.Known.class, files.recognise(container, member, Map.of()));
      assertThrows(IllegalArgumentException.class, () -> files.rows(known, member));
    }
  }
}

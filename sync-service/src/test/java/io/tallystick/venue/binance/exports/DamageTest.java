package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tallystick.kernel.Decimals;
import io.tallystick.venue.binance.exports.CashRecord.CryptoMovement;
import io.tallystick.venue.binance.exports.CashRecord.Progress;
import io.tallystick.venue.binance.exports.ExportRecord.StatementLine;
import io.tallystick.venue.binance.exports.file.Workbook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage that leaves a row looking sound: it is found, and the row stays out. */
final class DamageTest {
  private static final String STATEMENT = "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark";
  private static final String LINE = "9,2025-03-04 10:00:0%d,Spot,Deposit,USDT,%s";

  private static void refused(Given given, String column, String code) {
    assertEquals(List.of(), given.good());
    RowFault fault = given.bad().getFirst();
    assertEquals(2, fault.line());
    assertEquals(column, fault.column());
    assertEquals(code, fault.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1,250.5,", "1,250,", "-1,250"})
  void thousandsThatNobodyQuotedAreNoRemark(String change) {
    refused(
        Given.text("x.csv", STATEMENT + "\n" + LINE.formatted(1, change) + "\n"),
        "Change",
        "split-number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0,05612|1.250|0,07015", "50.000|0,5|25", "5,5|1,5|8.250"})
  void aTotalFarFromPriceTimesQuantityHasLostItsDecimalMark(
      String price, String quantity, String total) {
    String header = "Date(UTC);Market;Type;Price;Amount;Total;Fee;Fee Coin\n";
    String row = "2025-03-04 10:00:01;ETHBTC;BUY;%s;%s;%s;0;BTC\n";
    refused(
        Given.text("x.csv", header + row.formatted(price, quantity, total)),
        "Total",
        "not-the-total");
    String glued = "Date(UTC);Pair;Side;Price;Executed;Amount;Fee\n";
    String fill = "2025-03-04 10:00:01;ETHBTC;BUY;%s;%sETH;%sBTC;0BTC\n";
    refused(
        Given.text("x.csv", glued + fill.formatted(price, quantity, total)),
        "Amount",
        "not-the-total");
  }

  @Test
  void aTotalThatIsOnlyRoundedIsSound() {
    String header = "Date(UTC);Market;Type;Price;Amount;Total;Fee;Fee Coin\n";
    String row = "2025-03-04 10:00:01;ETHBTC;BUY;%s;%s;%s;0;BTC\n";
    Given given =
        Given.text(
            "x.csv",
            header
                + row.formatted("0,00000001", "1", "0,00000001")
                + row.formatted("0,00000001", "0,4", "0")
                + row.formatted("0,00000045", "1.000.000", "0,4521")
                + row.formatted("0,05612", "0,75", "0,04209"));
    assertEquals(List.of(), given.bad());
    assertEquals(4, given.good().size());
  }

  @Test
  void aDateThatASpreadsheetMayHaveTurnedRoundIsNotBelieved() {
    String rest = ",BTC,BTC,2,bc1q,tx-1,Completed\n";
    String header = "Time,Coin,Network,Amount,Address,TXID,Status\n";
    String name = "Binance-Deposit-History-202604011210(UTC).csv";
    refused(Given.text(name, header + "25.11.2021 10:00" + rest), "Time", "year-or-day");
    for (String sure : List.of("5.11.2021 10:00", "25-11-21 10:00:00", "2021-11-25 10:00:00")) {
      assertEquals(1, Given.text(name, header + sure + rest).good().size(), sure);
    }
    String old = "Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,";
    Given longYears =
        Given.text(
            "DepositHistory.csv",
            old + "PaymentID,Status\n25.11.2021 10:00,BTC,BTC,2,0,bc1q,tx-1,,,Completed\n");
    assertEquals(1, longYears.good().size());
  }

  @Test
  void aStatusThatNobodyKnowsIsSaidAndNotTakenForARefusal() {
    String header = "Date(UTC+0),Coin,Network,Amount,Address,TXID,Status\n";
    String row = "2025-03-04 10:00:01,BTC,BTC,1,bc1q,x,";
    refused(Given.text("x.csv", header + row + "Completado\n"), "Status", "not-a-status");
    assertEquals(
        Progress.PENDING,
        Given.text("x.csv", header + row + "Processing\n").only(CryptoMovement.class).progress());
  }

  @Test
  void everySheetOfAWorkbookIsATable() {
    byte[] file =
        Workbook.of(
            List.of(STATEMENT, LINE.formatted(1, "1.5,")),
            List.of(),
            List.of(STATEMENT, LINE.formatted(2, "2.5,"), LINE.formatted(3, "3.5,")));
    Given given = Given.bytes("x.xlsx", file, Map.of());
    assertEquals(2, given.recognitions().size());
    assertEquals(
        List.of("1.5", "2.5", "3.5"),
        given.records(StatementLine.class).stream()
            .map(line -> Decimals.text(line.change()))
            .toList());
    Given notes =
        Given.bytes(
            "x.xlsx",
            Workbook.of(List.of(STATEMENT, LINE.formatted(1, "1.5,")), List.of("mine,notes")),
            Map.of());
    assertInstanceOf(Recognition.Unknown.class, notes.recognitions().getLast());
    assertInstanceOf(
        Recognition.Empty.class,
        Given.bytes("x.xlsx", Workbook.of(List.of(), List.of()), Map.of())
            .recognitions()
            .getFirst());
  }
}

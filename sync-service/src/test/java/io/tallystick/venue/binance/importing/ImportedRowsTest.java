package io.tallystick.venue.binance.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Claim;
import io.tallystick.ledger.Entry;
import io.tallystick.venue.Exports;
import io.tallystick.venue.Exports.Line;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.binance.Fixtures;
import io.tallystick.venue.binance.exports.TxId;
import io.tallystick.venue.binance.reading.Movement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What single rows of files are handed over as. */
final class ImportedRowsTest {
  private static final String HASH = "aB".repeat(32);
  private static final String TRADES = "Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n";
  private static final String STATEMENT = "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark\n";
  private static final String EARN = "Date(UTC),Product Name,Coin,Amount\n";
  private static final String DEPOSITS =
      "Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status\n";

  @TempDir private Path folder;

  /** An upload's only table, and its lines when it can be read. */
  private record Read(Exports.Table table, List<Line> lines) {
    Line only() {
      assertEquals(2, lines.size(), lines::toString);
      return lines.getFirst();
    }

    Entry event() {
      Line.Told told = assertInstanceOf(Line.Told.class, only());
      return assertInstanceOf(Meaning.Event.class, told.meaning()).entry();
    }
  }

  private Read read(String name, String text) throws IOException {
    Path file = folder.resolve("upload");
    Files.writeString(file, text);
    try (Exports.Upload upload = new BinanceExports().open(file.toFile(), name, Map.of())) {
      Exports.Table table = upload.tables().getFirst();
      List<Line> all = new ArrayList<>();
      if (table.refusal() == null) {
        assertEquals(List.of(), table.questions());
        try (Exports.Lines lines = upload.lines(table, Fixtures.SEEN)) {
          do {
            all.add(lines.next());
          } while (!(all.getLast() instanceof Line.End));
        }
      }
      return new Read(table, all);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--",
        "---",
        "Internal transfer 12",
        "Off-chain transfer 12",
        "OFF-CHAIN TRANSFER 12",
        "5VERvGTYf8bQ",
        "5VERvGTYf8bQ:1",
        "x:01",
        "H",
        "0xH",
        "H:1",
        "H:1234567",
        "HH",
        "abcdefABCDEFabcdefABCDEFabcdefABCDEFabcd",
        "abcdefABCDEFabcdefABCDEFabcdefABCDEFabcd:2"
      })
  void aTxidIsTheSameTextWhetherAFileOrTheVenuesListTellsIt(String form) {
    String text = form.replace("H", HASH);
    assertEquals(Movement.txid(text), Movements.txid(TxId.of(text)));
  }

  @Test
  void theTwoNamesOfATransferBetweenUsersAreOneEvent() throws IOException {
    String row = "2024-01-05 10:00:00,BTC,BTC,5,0,in-1,Internal transfer 77,,,Completed\n";
    Entry named = read("Export Deposit History.csv", DEPOSITS + row).event();
    Entry renamed =
        read("Export Deposit History.csv", DEPOSITS + row.replace("Internal", "Off-chain")).event();
    assertEquals(named.identity(), renamed.identity());
    assertEquals(named.postings(), renamed.postings());
  }

  @Test
  void twoOutputsOfOneTransactionThatWentElsewhereAreWordedApart() throws IOException {
    String row = "2024-01-05 10:00:00,BTC,BTC,5,0,in-1," + HASH + ":0,,,Completed\n";
    Entry one = read("Export Deposit History.csv", DEPOSITS + row).event();
    Entry other =
        read("Export Deposit History.csv", DEPOSITS + row.replace("in-1", "in-2")).event();
    assertEquals(one.identity().parts(), other.identity().parts());
    assertNotEquals(one.identity().rank(), other.identity().rank());
  }

  @Test
  void aRowWhoseSecondsASpreadsheetLostIsNotTakenAtTheFullMinute() throws IOException {
    Map<String, String> rows =
        Map.of(
            "trades.csv",
            TRADES + "3.12.2021 7:05,BTCUSDT,BUY,10,1BTC,10USDT,0.1BNB\n",
            "statement.csv",
            STATEMENT + "9,3.12.2021 7:05,Spot,Deposit,USDT,1,\n",
            "Export Deposit History.csv",
            DEPOSITS + "3.12.2021 7:05,BTC,BTC,5,0,in-1,,,,Completed\n",
            "earn.csv",
            EARN + "3.12.2021 7:05,USDT Flexible,USDT,0.01234567\n");
    for (var row : rows.entrySet()) {
      Line.Broken broken =
          assertInstanceOf(Line.Broken.class, read(row.getKey(), row.getValue()).only());
      assertEquals("seconds-lost", broken.code(), row.getKey());
      assertEquals(2, broken.number());
      assertTrue(broken.remedy().contains("spreadsheet"), broken.remedy());
    }
    String known = DEPOSITS + "3.12.2021 7:05,BTC,BTC,5,0,in-1," + HASH + ",,,Completed\n";
    assertEquals(
        List.of("BTC", HASH.toLowerCase(java.util.Locale.ROOT), "5"),
        read("Export Deposit History.csv", known).event().identity().parts(),
        "a hash tells which it is");
  }

  @Test
  void aReceiptOfSavingsIsWhatWasPutInAndNoInterest() throws IOException {
    String line = STATEMENT + "9,2022-04-01 10:00:00,%s,Savings distribution,%s,%s,\n";
    for (String account : List.of("Savings", "Spot")) {
      Claim.Leg in = leg(line.formatted(account, "LDUSDT", "100"));
      assertEquals(Claim.Role.TRANSFER, in.role(), account);
      assertEquals("earn 100 USDT", in.wallet() + " " + in.change() + " " + in.asset());
      Claim.Leg out = leg(line.formatted(account, "LDUSDT", "-100"));
      assertEquals(Claim.Role.TRANSFER, out.role(), account);
    }
    assertEquals(Claim.Role.INCOME, leg(line.formatted("Spot", "USDT", "0.1")).role());
    assertEquals("LDO", leg(line.formatted("Spot", "LDO", "0.1")).asset(), "a coin of its own");
  }

  @Test
  void aCoinThatBearsTheNameOfAStatesMoneyIsACoin() throws IOException {
    String line = STATEMENT + "9,2024-10-20 10:00:00,Spot,Buy Crypto With Fiat,%s,150,\n";
    assertEquals(Claim.Role.SWAP, leg(line.formatted("SCR")).role());
    assertEquals(Claim.Role.MOVE, leg(line.formatted("EUR")).role());
  }

  private Claim.Leg leg(String text) throws IOException {
    Line.Told told = assertInstanceOf(Line.Told.class, read("statement.csv", text).only());
    Meaning.Coarse coarse = assertInstanceOf(Meaning.Coarse.class, told.meaning());
    return assertInstanceOf(Claim.Leg.class, coarse.claim());
  }

  @Test
  void theFirstTwoPartsThatSparkWritesAreTwoParts() throws IOException {
    String name = "part-0000%d-3f1d7c52-0c1e-4a1f-9d53-7f2b6c1f0a11-c000.csv";
    String row = "2021-12-03 07:05:00,BTCUSDT,BUY,10,1BTC,10USDT,0.1BNB\n";
    Exports.Table first = read(name.formatted(0), TRADES + row).table();
    Exports.Table second = read(name.formatted(1), TRADES + row).table();
    assertEquals(List.of(1, 2), List.of(first.part(), second.part()));
    assertEquals(first.export(), second.export());
  }

  @Test
  void whatIsRefusedIsNotQuoted() throws IOException {
    Exports.Refusal refusal =
        read("x.csv", "Ada Lovelace,DE89370400440532013000\nBerlin,1\n").table().refusal();
    assertNotNull(refusal);
    assertEquals("unknown-header", refusal.code());
    assertFalse(refusal.text().contains("Ada") || refusal.text().contains("DE89"), refusal.text());
    assertTrue(refusal.text().contains("2"), "how many columns it has helps, and tells nothing");
  }

  @Test
  @DisplayName("F76 a table whose last line has no line end says so")
  void aLastLineWithoutItsEndIsTold() throws IOException {
    String row = "9,2022-01-10 08:00:00,Spot,Deposit,BTC,-1234.5,\n";
    String cut = row.substring(0, row.indexOf("234"));
    assertEquals(
        new Line.End(true, false), read("statement.csv", STATEMENT + row).lines().getLast());
    assertEquals(
        new Line.End(true, true), read("statement.csv", STATEMENT + row + cut).lines().getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Isolated Margin,Isolated Margin Loan,margin",
        "Cross Margin,Cross Margin Loan,margin",
        "USD-M Futures,Insurance Fund Compensation,futures",
        "USD-M Futures,Fee,futures",
        "Spot,NFT Transaction,trades",
        "Spot,Nobody Knows This,trades"
      })
  void aLineThatIsNoTradeNeedsTheConsentOfItsWallet(String words) throws IOException {
    String[] part = words.split(",");
    String row = "9,2022-01-10 08:00:00," + part[0] + "," + part[1] + ",USDT,-1,\n";
    Line.Told told =
        assertInstanceOf(Line.Told.class, read("statement.csv", STATEMENT + row).only());
    Meaning.Coarse coarse = assertInstanceOf(Meaning.Coarse.class, told.meaning());
    assertEquals(part[2], coarse.claim().domain());
  }
}

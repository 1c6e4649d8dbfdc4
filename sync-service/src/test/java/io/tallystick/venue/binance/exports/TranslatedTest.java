package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tallystick.venue.binance.exports.Question.Topic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Headers of every kind in languages that nobody has seen yet: values tell what the words do not.
 */
final class TranslatedTest {
  private static final String STAMPED = "-202604011210(UTC+2)_5e6f7a8b.csv";
  private static final String HASH = "ab".repeat(32);
  private static final Map<Topic, String> YES = Map.of(Topic.COLUMNS, "yes");

  /** A row in the venue's English form and the header that it may have elsewhere. */
  private static Given told(String name, String header, String row, Map<Topic, String> answers) {
    return Given.text(name, "\ufeff" + header + "\n" + row.replace("HASH", HASH) + "\n", answers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Binance-Einzahlungsverlauf|Time,Coin,Network,Amount,Address,TXID,Status"
            + "|Zeit,Coin,Netzwerk,Betrag,Adresse,TXID,Status"
            + "|25-03-04 10:00:01,BTC,BTC,0.5,bc1q,HASH,Completed",
        "Binance-Auszahlungsverlauf|Time,Coin,Network,Amount,Fee,Address,TXID,Status"
            + "|Zeit,Coin,Netzwerk,Betrag,Geb\u00fchr,Adresse,TXID,Status"
            + "|25-03-04 10:00:01,BTC,BTC,0.5,0.0001,bc1q,HASH,Completed",
        "Binance-Conversion|Time,Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status"
            + "|Heure,Portefeuille,Paire,Type,Vendre,Acheter,Prix,Prix inverse,Mise \u00e0 jour,"
            + "Statut|25-03-04 10:00:01,Spot,BTCUSDT,Market,0.5 BTC,1000 USDT,a,b,"
            + "25-03-04 10:00:02,Successful",
        "Binance-C2C|Order Number,Created Time,Order Type,Asset,Quantity,Total Price,Fiat Type,"
            + "Counterparty,Status|\u8ba2\u5355\u53f7,\u65f6\u95f4,\u7c7b\u578b,\u8d44\u4ea7,"
            + "\u6570\u91cf,\u603b\u4ef7,\u6cd5\u5e01,\u5bf9\u624b,\u72b6\u6001"
            + "|20512345678901234567,25-03-04 10:00:01,BUY,USDT,100,720,CNY,nick,Completed",
        "Binance-Fiat-Deposit|Time,Method,Deposit Amount,Receive Amount,Fee,Status,Transaction ID"
            + "|Zeit,Weg,Betrag,Erhalten,Kosten,Stand,Nummer"
            + "|25-03-04 10:00:01,SEPA,100 EUR,99 EUR,1 EUR,Successful,f001",
        "Binance-Fiat-Withdraw|Time,Method,Withdraw Amount,Receive Amount,Fee,Status,Transaction ID"
            + "|Zeit,Weg,Betrag,Erhalten,Kosten,Stand,Nummer"
            + "|25-03-04 10:00:01,SEPA,100 EUR,99 EUR,1 EUR,Successful,f001",
        "Binance-Fiat-Buy|Time,Method,Spend Amount,Receive Amount,Fee,Price,Status,Transaction ID"
            + "|Zeit,Weg,Ausgegeben,Erhalten,Kosten,Preis,Status,Nummer"
            + "|25-03-04 10:00:01,Card,100 EUR,0.001 BTC,1 EUR,99000 EUR,Successful,N0115123456"
      })
  void aTranslatedHeaderIsConfirmedAndReadAsTheEnglishOne(
      String name, String english, String translated, String row) {
    Given asked = told(name + STAMPED, translated, row, Map.of());
    assertEquals(List.of(Topic.COLUMNS), asked.asked());
    Given known = told(name + STAMPED, english, row, Map.of());
    assertEquals(1, known.good().size());
    assertEquals(known.records(), told(name + STAMPED, translated, row, YES).records());
  }

  @Test
  void whichWayMoneyWentIsAskedWhereOnlyAnEnglishHeaderWouldTell() {
    String header = "Zeit,Weg,Betrag,Erhalten,Kosten,Stand,Nummer";
    String row = "25-03-04 10:00:01,SEPA,100 EUR,99 EUR,1 EUR,Successful,f001";
    assertEquals(
        List.of(Topic.DIRECTION), told("Binance-Bank" + STAMPED, header, row, YES).asked());
  }

  @Test
  void anEnglishTableOfSomebodyElseIsNotTakenForATranslation() {
    Given given =
        Given.text(
            "deposits(UTC).csv",
            "Date,Currency,Network,Amount,Address,TXID,Status\n"
                + "25-03-04 10:00:01,BTC,BTC,0.5,bc1q,"
                + HASH
                + ",Completed\n");
    assertInstanceOf(Recognition.Unknown.class, given.recognitions().getFirst());
  }

  @Test
  void anEmptyExportInAnUnseenLanguageIsEmptyUnderTheVenuesName() {
    String header = "\ufeffBenutzer-ID,Zeit,Konto,Vorgang,Coin,\u00c4nderung,Anmerkung\n";
    for (String rest : List.of("", "Keine Daten entsprechen den Kriterien.\n")) {
      assertInstanceOf(
          Recognition.Empty.class,
          Given.text("Binance-Verlauf" + STAMPED, header + rest).recognitions().getFirst());
      assertInstanceOf(
          Recognition.Unknown.class,
          Given.text("verlauf.csv", header + rest).recognitions().getFirst());
    }
    assertInstanceOf(
        Recognition.Unknown.class,
        Given.text("Binance-Verlauf" + STAMPED, header + "9,x,y\n").recognitions().getFirst());
  }
}

package io.tallystick.imports;

import static io.tallystick.imports.Tell.list;
import static io.tallystick.imports.Tell.ms;
import static io.tallystick.imports.Tell.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a list of the venue and the statement tell, each in its own way, happened once. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ListBesideStatementTest {
  @Inject Desk desk;

  private static void dividend(Desk.At at, String when, String asset, String amount, String text) {
    list(
        at,
        "dividends",
        "",
        when,
        """
        {"id":%d,"tranId":7,"asset":"%s","amount":"%s","divTime":%d,"enInfo":"%s","direction":1}\
        """
            .formatted(Math.abs(text.hashCode()), asset, amount, ms(when), text));
  }

  private static void fill(Desk.At at, String when) {
    list(
        at,
        "spot-trades",
        "BTCUSDT",
        when,
        """
        {"symbol":"BTCUSDT","id":5,"orderId":6,"orderListId":-1,"price":"100","qty":"1",\
        "quoteQty":"100","commission":"0","commissionAsset":"BNB","time":%d,"isBuyer":true,\
        "isMaker":false,"isBestMatch":true}\
        """
            .formatted(ms(when)));
  }

  @Test
  void aPaymentPricedInOneCurrencyAndPaidInAnother() {
    Desk.At at = desk.open();
    list(
        at,
        "payments",
        "",
        "2024-05-01T10:00:00.250Z",
        """
        {"orderType":"PAY","transactionId":"P1","transactionTime":%d,"amount":"-10",\
        "currency":"EUR","walletType":1,"walletTypes":[1],"fundsDetail":[{"currency":"USDT",\
        "amount":"10.9","walletAssetCost":{"1":"10.9"}}]}\
        """
            .formatted(ms("2024-05-01T10:00:00.250Z")));
    statement(at, "2024-05-01 10:00:00,Funding,Binance Pay,USDT,-10.9,");
    assertEquals(Map.of("funding/USDT", "-10.9"), at.balances());
  }

  @Test
  void aGiftWhoseWordInTheStatementIsNew() {
    Desk.At at = desk.open();
    dividend(at, "2024-05-01T10:00:00.250Z", "SOL", "2", "Wonderland airdrop");
    assertEquals(Map.of("spot/SOL", "2"), at.balances());
    statement(at, "2024-05-01 10:00:00,Spot,Wonderland Airdrop Distribution,SOL,2,");
    assertEquals(Map.of("spot/SOL", "2"), at.balances());
  }

  @Test
  void aTradeWhoseWordsInTheStatementAreNew() {
    Desk.At at = desk.open();
    fill(at, "2024-05-01T10:00:00.250Z");
    Map<String, String> once = Map.of("spot/BTC", "1", "spot/USDT", "-100");
    assertEquals(once, at.balances());
    statement(
        at,
        "2024-05-01 10:00:00,Spot,Spot Order Credit,BTC,1,",
        "2024-05-01 10:00:00,Spot,Spot Order Debit,USDT,-100,");
    assertEquals(once, at.balances());
  }

  @Test
  void tokensOfALaunchpad() {
    Desk.At at = desk.open();
    dividend(at, "2024-05-01T10:00:00.250Z", "SOL", "2", "Launchpad token distribution");
    statement(at, "2024-05-01 10:00:00,Spot,Launchpad Token Distribution,SOL,2,");
    assertEquals(Map.of("spot/SOL", "2"), at.balances());
  }

  @Test
  void aWordThatIsNewTellsNoMoreThanOneOfTwo() {
    Desk.At at = desk.open();
    dividend(at, "2024-05-01T10:00:00.250Z", "SOL", "2", "Wonderland airdrop");
    String line = "2024-05-01 10:00:00,Spot,Wonderland Airdrop Distribution,SOL,2,";
    statement(at, line, line, "2024-05-01 10:00:09,Spot,Wonderland Airdrop Distribution,SOL,2,");
    assertEquals(Map.of("spot/SOL", "6"), at.balances());
  }

  @Test
  void aWordThatIsNewTakesNothingFromTheLegsOfATrade() {
    Desk.At at = desk.open();
    fill(at, "2024-05-01T10:00:00.250Z");
    statement(
        at,
        "2024-05-01 10:00:00,Spot,Transaction Buy,BTC,1,",
        "2024-05-01 10:00:00,Spot,Transaction Spend,USDT,-100,",
        "2024-05-01 10:00:00,Spot,Wonderland Airdrop Distribution,BTC,1,");
    assertEquals(Map.of("spot/BTC", "2", "spot/USDT", "-100"), at.balances());
  }

  @Test
  void aStatementThatComesFirstMakesNoDifference() {
    Desk.At at = desk.open();
    statement(
        at,
        "2024-05-01 10:00:00,Spot,Spot Order Credit,BTC,1,",
        "2024-05-01 10:00:00,Spot,Spot Order Debit,USDT,-100,",
        "2024-05-01 11:00:00,Spot,Launchpad Token Distribution,SOL,2,",
        "2024-05-01 12:00:00,Spot,Distribution,XNO,3,");
    fill(at, "2024-05-01T10:00:00.250Z");
    dividend(at, "2024-05-01T11:00:00.250Z", "SOL", "2", "Launchpad token distribution");
    dividend(at, "2024-05-01T12:00:00.250Z", "XNO", "3", "NANO token swap");
    assertEquals(
        Map.of("spot/BTC", "1", "spot/USDT", "-100", "spot/SOL", "2", "spot/XNO", "3"),
        at.balances());
  }

  @Test
  void aConversionOutOfSavings() {
    Desk.At at = desk.open();
    list(
        at,
        "converts",
        "",
        "2024-05-01T10:00:00.250Z",
        """
        {"quoteId":"q","orderId":940708407462087195,"orderStatus":"SUCCESS","fromAsset":"USDT",\
        "fromAmount":"20","toAsset":"BNB","toAmount":"0.06","ratio":"0.003","inverseRatio":"333",\
        "createTime":%d}\
        """
            .formatted(ms("2024-05-01T10:00:00.250Z")));
    statement(
        at,
        "2024-05-01 10:00:00,Earn,Binance Convert,USDT,-20,",
        "2024-05-01 10:00:01,Spot,Binance Convert,BNB,0.06,");
    assertEquals(Map.of("earn/USDT", "-20", "spot/BNB", "0.06"), at.balances());
  }
}

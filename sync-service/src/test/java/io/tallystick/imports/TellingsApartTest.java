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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a list of the venue tells long before the statement, or after it, happened once. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TellingsApartTest {
  @Inject Desk desk;

  private static void interest(Desk.At at, String when) {
    list(
        at,
        "flexible-rewards",
        "",
        when,
        """
        {"asset":"USDT","rewards":"0.5","projectId":"USDT001","type":"BONUS","time":%d}\
        """
            .formatted(ms(when)));
  }

  private static void deposit(Desk.At at, String id, String when) {
    list(
        at,
        "deposits",
        "",
        when,
        """
        {"id":"%s","amount":"5","coin":"BTC","network":"BTC","status":1,"address":"a","txId":"t%s",\
        "insertTime":%d,"transferType":0,"walletType":0}\
        """
            .formatted(id, id, ms(when)));
  }

  @Test
  void interestThatTheListTellsHoursBefore() {
    Desk.At at = desk.open();
    interest(at, "2024-05-01T00:00:00Z");
    statement(at, "2024-05-01 05:12:13,Spot,Simple Earn Flexible Interest,USDT,0.5,");
    assertEquals(Map.of("spot/USDT", "0.5"), at.balances());
    at = desk.open();
    statement(at, "2024-05-01 05:12:13,Spot,Simple Earn Flexible Interest,USDT,0.5,");
    interest(at, "2024-05-01T00:00:00Z");
    assertEquals(Map.of("spot/USDT", "0.5"), at.balances());
  }

  @Test
  void equalInterestOfManyDaysIsOneADay() {
    String line = "2024-05-0%d 05:12:13,Spot,Simple Earn Flexible Interest,USDT,0.5,";
    String[] lines = new String[5];
    for (int missing = 1; missing <= 5; missing++) {
      Desk.At listed = desk.open();
      Desk.At stated = desk.open();
      for (int day = 1; day <= 5; day++) {
        interest(listed, "2024-05-0%dT00:00:00Z".formatted(day));
        if (day != missing) {
          interest(stated, "2024-05-0%dT00:00:00Z".formatted(day));
        }
        lines[day - 1] = line.formatted(day);
      }
      statement(stated, lines);
      assertEquals(Map.of("spot/USDT", "2.5"), stated.balances(), "no row of " + missing);
      int gone = missing - 1;
      statement(
          listed,
          IntStream.range(0, 5)
              .filter(day -> day != gone)
              .mapToObj(day -> lines[day])
              .toArray(String[]::new));
      assertEquals(Map.of("spot/USDT", "2.5"), listed.balances(), "no line of " + missing);
    }
  }

  @Test
  void whereTheListBeginsWhenTheStatementEndsNoInterestIsLost() {
    Desk.At at = desk.open();
    for (int day = 3; day <= 4; day++) {
      interest(at, "2024-05-0%dT00:00:00Z".formatted(day));
    }
    statement(
        at,
        "2024-05-01 05:12:13,Spot,Simple Earn Flexible Interest,USDT,0.5,",
        "2024-05-02 05:12:13,Spot,Simple Earn Flexible Interest,USDT,0.5,");
    assertEquals(Map.of("spot/USDT", "2"), at.balances());
  }

  @Test
  void giftsOfOneDayAreNotOne() {
    Desk.At at = desk.open();
    list(
        at,
        "dividends",
        "",
        "2024-05-01T00:00:00Z",
        """
        {"id":1,"tranId":7,"asset":"SOL","amount":"2","divTime":%d,"enInfo":"SOL airdrop"}\
        """
            .formatted(ms("2024-05-01T00:00:00Z")));
    statement(at, "2024-05-01 05:00:00,Spot,Airdrop Assets,SOL,2,");
    assertEquals(Map.of("spot/SOL", "4"), at.balances());
  }

  @Test
  void aDepositThatWaitedLongForItsConfirmations() {
    Desk.At at = desk.open();
    deposit(at, "1", "2024-05-01T10:00:00Z");
    statement(at, "2024-05-01 11:20:00,Spot,Deposit,BTC,5,");
    assertEquals(Map.of("spot/BTC", "5"), at.balances());
    at = desk.open();
    statement(at, "2024-05-02 09:20:00,Spot,Deposit,BTC,5,");
    deposit(at, "1", "2024-05-01T10:00:00Z");
    assertEquals(Map.of("spot/BTC", "5"), at.balances());
  }

  @Test
  void aDepositThatTheStatementTellsHoursBeforeIsAnother() {
    Desk.At at = desk.open();
    deposit(at, "1", "2024-05-01T10:00:00Z");
    deposit(at, "2", "2024-05-01T15:00:00Z");
    statement(
        at, "2024-05-01 07:00:00,Spot,Deposit,BTC,5,", "2024-05-01 12:00:00,Spot,Deposit,BTC,5,");
    assertEquals(Map.of("spot/BTC", "15"), at.balances());
  }

  @Test
  void aBankTransferOrderedOnFridayThatCameOnMonday() {
    Desk.At at = desk.open();
    list(
        at,
        "fiat-orders",
        "0",
        "2024-05-03T10:00:00Z",
        """
        {"orderNo":"A1","fiatCurrency":"EUR","indicatedAmount":"100","amount":"99",\
        "totalFee":"1","method":"BankAccount","status":"Successful","createTime":%d,\
        "updateTime":%d}\
        """
            .formatted(ms("2024-05-03T10:00:00Z"), ms("2024-05-06T09:00:01Z")));
    statement(at, "2024-05-06 09:00:01,Spot,Fiat Deposit,EUR,99,");
    assertEquals(Map.of("spot/EUR", "99"), at.balances());
  }

  @Test
  void aPlannedBuyThatWasCarriedOutSomeMinutesAfterItWasDue() {
    Desk.At at = desk.open();
    list(
        at,
        "auto-invest-runs",
        "",
        "2022-06-08T04:00:00Z",
        """
        {"id":12345,"targetAsset":"BTC","planType":"SINGLE","planId":1,"transactionDateTime":%d,\
        "transactionStatus":"SUCCESS","sourceAsset":"BUSD","sourceAssetAmount":"10",\
        "targetAssetAmount":"0.0003301","sourceWallet":"SPOT_WALLET","transactionFee":"0.02",\
        "transactionFeeUnit":"BUSD"}\
        """
            .formatted(ms("2022-06-08T04:00:00Z")));
    Map<String, String> once = Map.of("spot/BTC", "0.0003301", "spot/BUSD", "-10");
    assertEquals(once, at.balances());
    statement(
        at,
        "2022-06-08 04:03:02,Spot,Auto-Invest Transaction,BUSD,-10,",
        "2022-06-08 04:03:40,Spot,Auto-Invest Transaction,BTC,0.0003301,");
    assertEquals(once, at.balances());
  }

  @Test
  void aPurchaseWithoutANumberThatTookFiveMinutes() {
    Desk.At at = desk.open();
    list(
        at,
        "fiat-payments",
        "0",
        "2021-05-01T10:00:00Z",
        """
        {"orderNo":"353fca443f06466db0c4dc89f94f027a","sourceAmount":"20","fiatCurrency":"EUR",\
        "obtainAmount":"4.4","cryptoCurrency":"SOL","totalFee":"0.2","price":"4.5",\
        "status":"Completed","paymentMethod":"Credit Card","createTime":%d,"updateTime":%d}\
        """
            .formatted(ms("2021-05-01T10:00:00Z"), ms("2021-05-01T10:05:00Z")));
    statement(
        at,
        "2021-05-01 10:05:00,Spot,Buy Crypto,EUR,20,",
        "2021-05-01 10:05:00,Spot,Buy Crypto,EUR,-20,",
        "2021-05-01 10:05:01,Spot,Buy Crypto,SOL,4.4,");
    assertEquals(Map.of("spot/SOL", "4.4"), at.balances());
  }
}

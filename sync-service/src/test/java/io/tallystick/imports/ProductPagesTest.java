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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of single products, by themselves and beside the statement that tells the same. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProductPagesTest {
  private static final Map<String, String> ALONE =
      Map.of(
          "E1.csv", "spot/USDT 0.02469134",
          "E2.csv", "spot/BETH 0.25, spot/ETH -0.25",
          "AI1.csv", "spot/BTC 0.0006456, spot/BUSD -20",
          "M1.csv", "margin-isolated/USDT 150.0345",
          "M2.csv", "",
          "X1.csv", "futures-usdm/BUSD -20, futures-usdm/USDT 18.1087",
          "X1b.csv", "futures-usdm/USDT 0.00412",
          "X2.csv", "futures-usdm/USDT 1.230796",
          "X2o.csv", "futures-usdm/USDT -0.0232");

  /** The same, a moment earlier or later, and once with a charge on top. */
  static final String STATEMENT =
      """
      User_ID,UTC_Time,Account,Operation,Coin,Change,Remark
      900123456,2021-03-03 09:09:10,Spot,ETH 2.0 Staking,ETH,-0.25,
      900123456,2021-03-03 09:09:11,Spot,ETH 2.0 Staking,BETH,0.25,
      900123456,2021-06-07 08:09:11,Isolated Margin,Isolated Margin Loan,USDT,150.0345,
      900123456,2022-05-06 00:40:00,Spot,Simple Earn Flexible Interest,USDT,0.01234567,
      900123456,2022-05-06 01:02:03,Spot,Simple Earn Flexible Interest,USDT,0.01234567,
      900123456,2022-06-01 04:00:02,Spot,Auto-Invest Transaction,BUSD,-10.02,
      900123456,2022-06-01 04:00:40,Spot,Auto-Invest Transaction,BTC,0.0003155,
      900123456,2022-06-08 04:03:02,Spot,Auto-Invest Transaction,BUSD,-10,
      900123456,2022-06-08 04:03:40,Spot,Auto-Invest Transaction,BTC,0.0003301,
      900123456,2023-02-01 00:00:01,USD-M Futures,Funding Fee,USDT,-0.0153,
      900123456,2023-02-01 10:00:00,USD-M Futures,Realized Profit and Loss,USDT,3.21,TradeID - 9
      900123456,2023-02-01 10:00:01,USD-M Futures,Fee,USDT,-0.084,
      900123456,2023-02-01 11:00:00,USD-M Futures,Futures Convert,BUSD,-20,
      900123456,2023-02-01 11:00:00,USD-M Futures,Futures Convert,USDT,19.998,
      900123456,2023-02-01 12:00:00,USD-M Futures,Transfer Between Spot and UM Futures,USDT,-5,
      900123456,2023-02-01 12:00:00,Spot,Transfer Between Spot and UM Futures,USDT,5,
      900123456,2024-01-02 17:00:00,USD-M Futures,Realized Profit and Loss,USDT,1.25,TradeID - 10
      900123456,2024-01-02 17:00:00,USD-M Futures,Fee,USDT,-0.019204,
      """;

  static final List<String> PAGES =
      List.of("E1.csv", "E2.csv", "AI1.csv", "M1.csv", "X1.csv", "X2.csv");

  @Inject Desk desk;

  private static String shown(Desk.At at) {
    return String.join(
        ", ",
        new TreeMap<>(at.balances())
            .entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "E1.csv", "E2.csv", "AI1.csv", "M1.csv", "M2.csv", "X1.csv", "X1b.csv", "X2.csv", "X2o.csv"
      })
  void aPageAloneIsBookedAndTakenBack(String file) {
    Desk.At at = desk.open();
    String empty = at.hash();
    Batch batch = at.fixture(file);
    assertEquals(0, batch.counts().unknown() + batch.counts().broken(), file);
    assertEquals(ALONE.get(file), shown(at));
    assertNotEquals(empty, at.hash());
    assertEquals(State.UNDONE, at.undo(batch).state());
    assertEquals(empty, at.hash());
    assertEquals("", shown(at));
  }

  @Test
  void whatPagesAndTheStatementTellHappenedOnceInAnyOrder() {
    Desk.At alone = desk.open();
    alone.take("statement.csv", STATEMENT.strip().split("\n"));
    String balances = shown(alone);
    String hash = alone.hash();
    for (String page : PAGES) {
      assertEquals(0, alone.fixture(page).counts().added(), page);
      assertEquals(hash, alone.hash(), page);
    }
    for (int seed = 0; seed < 3; seed++) {
      List<String> order = new ArrayList<>(PAGES);
      order.add("statement");
      Collections.shuffle(order, new Random(seed));
      Desk.At at = desk.open();
      for (String file : order) {
        if (file.equals("statement")) {
          at.take("statement.csv", STATEMENT.strip().split("\n"));
        } else {
          at.fixture(file);
        }
      }
      assertEquals(balances, shown(at), order.toString());
      assertEquals(hash, at.hash(), order.toString());
    }
  }

  @Test
  void aRepaymentIsOneThoughThePageLeavesItsInterestOut() {
    for (boolean statementFirst : List.of(true, false)) {
      Desk.At at = desk.open();
      List<Runnable> steps =
          new ArrayList<>(
              List.of(
                  () ->
                      at.take(
                          "statement.csv",
                          "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark",
                          "900123456,2021-06-07 08:09:10,Cross Margin,Cross Margin Loan,USDT,150,",
                          "900123456,2021-06-08 08:09:12,Cross Margin,Cross Margin Repayment,USDT,"
                              + "-150.5,"),
                  () ->
                      at.take(
                          "Margin Borrow History.csv",
                          "Pair,Coin,Date,Amount,Type,Status",
                          ",USDT,2021-06-07 08:09:10,150,Manual borrowing,CONFIRM",
                          ",USDT,2021-06-08 08:09:10,150,Manual repayment,CONFIRM")));
      steps.add(() -> at.fixture("M2.csv"));
      (statementFirst ? steps : steps.reversed()).forEach(Runnable::run);
      assertEquals("margin-cross/USDT -0.5", shown(at));
      // What was paid back beyond the loan, less the interest that a page tells.
      assertEquals(
          49_812_457,
          at.count(
              """
              select (sum(b.delta) * 100000000)::bigint from balance b
              join account a on a.tenant_id = b.tenant_id and a.holder_id = b.holder_id
                and a.account_id = b.account_id
              where b.tenant_id = ? and b.holder_id = ? and a.path like 'loans/%'
              """));
    }
  }

  @Test
  void anOrderOnMarginIsHeldAgainstTheFillsOfItsOwnWallet() {
    Desk.At at = desk.open();
    at.fixture("Om.csv");
    String alone = shown(at);
    assertTrue(alone.contains("margin-cross/"), alone);
    assertFalse(alone.contains("spot/"), alone);
  }

  @Test
  void aStatementTakenBackLeavesWhatThePagesTell() {
    Desk.At pages = desk.open();
    PAGES.forEach(pages::fixture);
    Desk.At at = desk.open();
    at.fixture("X1.csv");
    Batch statement = at.take("statement.csv", STATEMENT.strip().split("\n"));
    PAGES.forEach(at::fixture);
    assertEquals(State.UNDONE, at.undo(statement).state());
    assertEquals(pages.hash(), at.hash());
    assertEquals(shown(pages), shown(at));
  }

  @Test
  void aFillThatThreePagesTellIsOne() {
    Desk.At at = desk.open();
    String row = "2024-01-02 11:00:00,ETHUSDT,SELL,2400.5,0.02,48.01,0.019204,USDT,1.25\n";
    at.take(
        "old.csv",
        ("Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Fee Coin,Realized Profit\n"
                + row.replace("11:00", "17:00"))
            .split("\n"));
    String once = shown(at);
    assertEquals("futures-usdm/USDT 1.230796", once);
    at.fixture("X2.csv");
    assertEquals(once, shown(at));
    at.take(
        "Binance-Futures-Transaction-History-202604011300(UTC).csv",
        "Time,Type,Amount,Asset,Symbol,Transaction ID",
        "2024-01-02 17:00:00,REALIZED_PNL,1.25,USDT,ETHUSDT,81",
        "2024-01-02 17:00:01,COMMISSION,-0.019204,USDT,ETHUSDT,81");
    assertEquals(once, shown(at));
  }

  @Test
  void whatNobodyKnowsOnAPageKeepsItsEffectAndIsCounted() {
    Desk.At at = desk.open();
    Batch batch =
        at.take(
            "Binance-Futures-Transaction-History-202604011300(UTC).csv",
            "Time,Type,Amount,Asset,Symbol,Transaction ID",
            "2024-01-02 17:00:00,MOON_BONUS,1.5,USDT,,81",
            "2024-01-02 18:00:00,REALIZED_PNL,0.5,BTC,BTCUSD_PERP,82");
    assertEquals(1, batch.counts().unknown());
    assertEquals("futures-coinm/BTC 0.5, futures-usdm/USDT 1.5", shown(at));
    Batch loans =
        at.take(
            "Margin Borrow History.csv",
            "Pair,Coin,Date,Amount,Type,Status",
            ",USDT,2021-06-07 08:09:10,150,Manual borrowing,CONFIRM",
            ",USDT,2021-06-08 08:09:10,150.5,Manual repayment,CONFIRM",
            ",USDT,2021-06-09 08:09:10,7,Something else,CONFIRM");
    assertEquals(1, loans.counts().broken());
    assertEquals("futures-coinm/BTC 0.5, futures-usdm/USDT 1.5, margin-cross/USDT -0.5", shown(at));
  }
}

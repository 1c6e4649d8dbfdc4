package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Decimals;
import io.tallystick.venue.binance.exports.ExportRecord.StatementLine;
import io.tallystick.venue.binance.exports.Operations.Meaning;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statement in all its generations, and what its words mean. */
final class StatementTest {
  private final Operations operations = Operations.load();

  private static List<StatementLine> lines(String file) {
    return Given.fixture(file).records(StatementLine.class);
  }

  private static Map<String, String> sums(List<StatementLine> lines) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (StatementLine line : lines) {
      sums.merge(line.account() + " " + line.coin(), line.change(), BigDecimal::add);
    }
    Map<String, String> texts = new TreeMap<>();
    sums.forEach((key, sum) -> texts.put(key, Decimals.text(sum)));
    return texts;
  }

  private static List<List<Object>> numeric(List<StatementLine> lines) {
    return lines.stream()
        .map(line ->
            List.<Object>of(
                line.at(),
                line.account(),
                line.operation(),
                line.coin(),
                Decimals.text(line.change()),
                line.remark()))
        .toList();
  }

  @Test
  void balancesOfTheOldestFormAddUp() {
    Map<String, String> expected = new TreeMap<>();
    expected.put("Spot BNB", "0.34983");
    expected.put("Spot BTC", "0.009984");
    expected.put("Spot EUR", "-0.45");
    expected.put("Spot GAS", "0.0021");
    expected.put("Spot LINK", "9.9903");
    expected.put("USDT-Futures EUR", "20");
    assertEquals(expected, sums(lines("L1.csv")));
  }

  @Test
  void balancesOfTheMiddleFormAddUp() {
    Map<String, String> expected = new TreeMap<>();
    expected.put("Funding BNB", "0.0002");
    expected.put("Funding EUR", "-3.2");
    expected.put("Funding USDT", "10");
    expected.put("Isolated Margin BTC", "-0.000004");
    expected.put("Spot BETH", "0.10000523");
    expected.put("Spot ETH", "0.0998");
    expected.put("Spot USDT", "29.60000144");
    assertEquals(expected, sums(lines("L2.csv")));
  }

  @Test
  void balancesOfTheNewestFormAddUp() {
    Map<String, String> expected = new TreeMap<>();
    expected.put("Earn LDUSDT", "100");
    expected.put("Earn USDT", "0.0123");
    expected.put("Funding USDT", "-250");
    expected.put("Spot 1INCH", "-150");
    expected.put("Spot ABC", "1.5");
    expected.put("Spot BNB", "0.00831648");
    expected.put("Spot BTC", "0.00611");
    expected.put("Spot EUR", "-300");
    expected.put("Spot MATIC", "-73.5");
    expected.put("Spot POL", "73.5");
    expected.put("Spot SOL", "2");
    expected.put("Spot TRX", "-21.4");
    expected.put("Spot USDT", "295.62102");
    expected.put("Spot XLM", "-1.9");
    expected.put("USD-M Futures USDT", "26.23079546");
    assertEquals(expected, sums(lines("L3.csv")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"L2q.csv", "L2x.csv", "L2s.csv", "L2e.csv", "Z2.zip"})
  void dialectsOfOneFileHoldTheSameRows(String file) {
    assertEquals(numeric(lines("L2.csv")), numeric(lines(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"L3y4.csv", "Z3.zip"})
  void yearsOfFourDigitsAndOtherZonesHoldTheSameRows(String file) {
    assertEquals(numeric(lines("L3.csv")), numeric(lines(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"L3pt.csv", "L3es.csv", "L3x.xlsx"})
  void languagesAndSheetsHoldItsFirstRows(String file) {
    assertEquals(numeric(lines("L3.csv")).subList(0, 13), numeric(lines(file)));
  }

  @Test
  void partsCutThroughASecondHoldTheSameRows() {
    List<StatementLine> both = new ArrayList<>(lines("L3p-1.csv"));
    both.addAll(lines("L3p-2.csv"));
    assertEquals(numeric(lines("L3.csv")), numeric(both));
  }

  @Test
  void renamedOperationsStayOneFamily() {
    List<List<Object>> before = byFamily(lines("L1.csv"));
    List<List<Object>> after = byFamily(lines("L2o.csv"));
    assertEquals(before.subList(before.size() - after.size(), before.size()), after);
  }

  private List<List<Object>> byFamily(List<StatementLine> lines) {
    return lines.stream()
        .map(line ->
            List.<Object>of(
                line.at(),
                line.account(),
                operations.of(line).family(),
                line.coin(),
                Decimals.text(line.change())))
        .toList();
  }

  @Test
  void anUnknownOperationIsNamedAndKeepsItsAmount() {
    List<StatementLine> unknown =
        lines("L3.csv").stream().filter(line -> !operations.of(line).known()).toList();
    assertEquals(1, unknown.size());
    StatementLine line = unknown.getFirst();
    assertEquals("Quantum Yield Booster - Payout", line.operation());
    assertEquals("1.5", Decimals.text(line.change()));
    assertEquals(
        new Meaning("quantum yield booster - payout", Effect.UNKNOWN, false), operations.of(line));
  }

  @Test
  void theMirrorOfTheEarnWalletDoesNotCount() {
    List<StatementLine> mirrors =
        lines("L3.csv").stream()
            .filter(line -> operations.of(line).effect() == Effect.MIRROR)
            .toList();
    assertEquals(List.of("Earn"), mirrors.stream().map(StatementLine::account).toList());
  }

  @Test
  void theSignAndTheWalletDecideWhereTheWordAloneDoesNot() {
    assertEquals(Effect.EARN_IN, effect("Spot", "Launchpool Subscription/Redemption", "-1"));
    assertEquals(Effect.EARN_OUT, effect("Spot", "launchpool  subscription/redemption ", "1"));
    assertEquals(Effect.TRADE_FEE, effect("Spot", "Fee", "-1"));
    assertEquals(Effect.FUTURES_FEE, effect("USD-M Futures", "Fee", "-1"));
    assertEquals(Effect.REBATE, effect("Strategy", "Strategy Trading Fee Rebate", "1"));
  }

  private Effect effect(String account, String operation, String change) {
    return operations
        .of(
            new StatementLine(
                null, Fields.NO_TIME, account, operation, "BNB", Decimals.of(change), ""))
        .effect();
  }

  @Test
  void theDictionaryIsVersionedAndKnowsTheKindsOfEvents() {
    assertTrue(operations.version() >= 1);
    assertTrue(operations.date().getYear() >= 2026);
    assertTrue(operations.size() > 200, "words: " + operations.size());
    Set<Effect> used = new HashSet<>();
    for (String file : List.of("L1.csv", "L2.csv", "L3.csv")) {
      lines(file).forEach(line -> used.add(operations.of(line).effect()));
    }
    assertTrue(used.containsAll(Set.of(Effect.TRADE, Effect.DUST, Effect.P2P, Effect.LOAN)));
  }

  @Test
  void accountsAreWalletsInEverySpelling() {
    for (String spelling :
        List.of("USDT-Futures", "USD-MFutures", "USD-M Futures", "usd_mfutures")) {
      assertEquals(Wallet.FUTURES_USD, Wallet.of(spelling));
    }
    assertEquals(Wallet.FUNDING, Wallet.of("P2P"));
    assertEquals(Wallet.MARGIN_CROSS, Wallet.of("CrossMargin"));
    assertFalse(Wallet.of("Moon Base") != null);
  }
}

package io.tallystick.report.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.engine.Engine;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.EntryKind;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Books are read as events by what their postings say, and what they do not say is listed. */
class InterpreterTest {
  private static final Instant AT = Instant.parse("2025-03-01T12:00:00Z");
  private static final Quote TETHER =
      new Quote(
          Quote.Source.VENUE,
          "USDT",
          "EUR",
          AT.minus(Duration.ofDays(30)),
          AT.plus(Duration.ofDays(30)),
          Decimals.of("0.9"),
          "x/production");

  private static Flow flow(String from, String to, String asset, String amount) {
    return new Flow(from, to, asset, Decimals.of(amount));
  }

  private static BookEntry entry(
      String id, EntryKind kind, String connection, @Nullable String txid, Flow... flows) {
    boolean trade = kind == EntryKind.TRADE;
    Instant at = AT.plusSeconds(Integer.parseInt(id));
    return new BookEntry(
        id,
        1,
        kind,
        at,
        connection,
        trade ? "M" : null,
        trade ? "buy" : null,
        txid,
        "evd_" + id,
        List.of(flows));
  }

  private static final List<BookEntry> BOOKS =
      List.of(
          entry(
              "1",
              EntryKind.TRADE,
              "a",
              null,
              flow("venue/a/spot", "trading", "USDT", "1000"),
              flow("trading", "venue/a/spot", "BTC", "0.02"),
              flow("venue/a/spot", "fees/a", "BNB", "0.001")),
          entry(
              "2",
              EntryKind.WITHDRAWAL,
              "a",
              "tx",
              flow("venue/a/spot", "external/BTC", "BTC", "0.01"),
              flow("venue/a/spot", "fees/a", "BTC", "0.0001")),
          entry(
              "3",
              EntryKind.DEPOSIT,
              "b",
              "tx",
              flow("external/BTC", "venue/b/spot", "BTC", "0.01")),
          entry(
              "4",
              EntryKind.DEPOSIT,
              "b",
              "other",
              flow("external/BTC", "venue/b/spot", "BTC", "7")),
          entry(
              "5",
              EntryKind.DEPOSIT,
              "b",
              null,
              flow("external/SEPA", "venue/b/spot", "EUR", "50")),
          entry(
              "6",
              EntryKind.INCOME,
              "b",
              null,
              flow("income/staking", "venue/b/earn", "USDT", "2")),
          entry(
              "7", EntryKind.UNCLASSIFIED, "b", null, flow("suspense", "venue/b/spot", "ADA", "3")),
          entry(
              "8",
              EntryKind.INTERNAL_TRANSFER,
              "b",
              null,
              flow("venue/b/spot", "venue/b/earn", "ADA", "3")));

  private static Input read(List<BookEntry> books) {
    return Interpreter.whole(new Prices(List.of(TETHER)), "EUR", books, List.of());
  }

  private static Event event(String entry) {
    return read(BOOKS).events().stream()
        .filter(event -> event.source().entry().equals(entry))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTradeIsWorthItsOwnQuoteLegAndAFeeWithoutAPriceIsUnknown() {
    Event.Traded trade = assertInstanceOf(Event.Traded.class, event("1"));
    assertEquals(0, known(trade.given().worth()).compareTo(Decimals.of("900")));
    assertEquals(trade.given().worth(), trade.received().worth());
    assertFalse(trade.fees().getFirst().worth().known());
    assertTrue(
        read(BOOKS).unresolved().stream()
            .anyMatch(open -> open.kind().equals("missing-price") && open.asset().equals("BNB")));
  }

  @Test
  void aWithdrawalAndTheDepositOfItsChainIdAreOneTransfer() {
    Event.Transferred moved = assertInstanceOf(Event.Transferred.class, event("2"));
    assertEquals("b", moved.to());
    assertEquals(1, moved.fees().size());
    assertTrue(
        read(BOOKS).events().stream().noneMatch(event -> event.source().entry().equals("3")));
  }

  @Test
  void aDepositThatNothingExplainsHasAnUnknownCostAndMoneyCostsWhatItIsWorth() {
    Event.Acquired coins = assertInstanceOf(Event.Acquired.class, event("4"));
    assertEquals(AcquisitionKind.UNLINKED_DEPOSIT, coins.kind());
    assertFalse(coins.leg().worth().known());
    Event.Acquired money = assertInstanceOf(Event.Acquired.class, event("5"));
    assertEquals(0, known(money.leg().worth()).compareTo(Decimals.of("50")));
  }

  @Test
  void incomeIsValuedAndAnUnknownOperationIsListedAndKeepsItsUnits() {
    Event.Earned reward = assertInstanceOf(Event.Earned.class, event("6"));
    assertEquals(0, known(reward.leg().worth()).compareTo(Decimals.of("1.8")));
    Event.Acquired odd = assertInstanceOf(Event.Acquired.class, event("7"));
    assertEquals(AcquisitionKind.CORRECTION, odd.kind());
    assertEquals(Decimals.of("3"), odd.leg().quantity());
    assertTrue(
        read(BOOKS).unresolved().stream().anyMatch(open -> open.kind().equals("unclassified")));
    assertTrue(
        read(BOOKS).events().stream().noneMatch(event -> event.source().entry().equals("8")));
  }

  @Test
  void theOrderInWhichBooksAreReadChangesNothing() {
    Input expected = read(BOOKS);
    long seed = 20_250_301;
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      List<BookEntry> shuffled = new ArrayList<>(BOOKS);
      Collections.shuffle(shuffled, random);
      assertEquals(expected, read(shuffled), "seed " + seed + ", round " + i);
    }
  }

  @Test
  void theBooksAddUpToNothingForEveryAsset() {
    List<Input.Sum> sums = read(BOOKS).trial();
    for (String asset : List.of("BTC", "USDT", "EUR", "ADA", "BNB")) {
      BigDecimal all =
          sums.stream()
              .filter(sum -> sum.asset().equals(asset))
              .map(sum -> sum.in().subtract(sum.out()))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertEquals(0, all.signum(), asset);
    }
  }

  private static BigDecimal known(Amount amount) {
    return assertInstanceOf(Amount.Known.class, amount).value();
  }

  private static Prices withCandle() {
    Quote candle =
        new Quote(
            Quote.Source.VENUE,
            "BTC",
            "EUR",
            AT,
            AT.plus(Duration.ofHours(1)),
            Decimals.of("51000"),
            "x/production");
    return new Prices(List.of(TETHER, candle));
  }

  @Test
  void aFeeInATradesOwnAssetIsWorthItsShareOfTheTradeAndNotTheHoursPrice() {
    BookEntry entry =
        entry(
            "1",
            EntryKind.TRADE,
            "a",
            null,
            flow("venue/a/spot", "trading", "USDT", "50000"),
            flow("trading", "venue/a/spot", "BTC", "1"),
            flow("venue/a/spot", "fees/a", "BTC", "0.001"));
    Input input = Interpreter.whole(withCandle(), "EUR", List.of(entry), List.of());
    assertEquals(List.of(), input.unresolved());
    Settings settings = Settings.of(Map.of("currency", "EUR", "cash", "USDT"));
    Disposal fee =
        Engine.run(settings, input.events()).stream()
            .filter(Disposal.class::isInstance)
            .map(Disposal.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(0, known(fee.gross()).compareTo(Decimals.of("45")), fee::toString);
  }

  @Test
  void aFeeOfSeveralAssetsExchangedAtOnceKeepsItsMarketValue() {
    BookEntry entry =
        entry(
            "1",
            EntryKind.CONVERSION,
            "a",
            null,
            flow("venue/a/spot", "trading", "USDT", "10"),
            flow("venue/a/spot", "trading", "BTC", "0.1"),
            flow("trading", "venue/a/spot", "BNB", "8"),
            flow("venue/a/spot", "fees/a", "BTC", "0.001"));
    Input input = Interpreter.whole(withCandle(), "EUR", List.of(entry), List.of());
    Event.Exchanged dust = assertInstanceOf(Event.Exchanged.class, input.events().getFirst());
    assertEquals(0, known(dust.fees().getFirst().worth()).compareTo(Decimals.of("51")));
  }

  private static Event.Traded paid(BookEntry entry) {
    Input input = Interpreter.whole(new Prices(List.of(TETHER)), "EUR", List.of(entry), List.of());
    assertEquals(List.of(), input.unresolved(), "the venue told both sides");
    assertEquals(1, input.events().size());
    return assertInstanceOf(Event.Traded.class, input.events().getFirst());
  }

  @Test
  void moneyOfACardOrABankIsTheOtherLegThoughItNeverWasInAWallet() {
    Event.Traded bought =
        paid(
            entry(
                "1",
                EntryKind.CONVERSION,
                "a",
                null,
                flow("external/card", "trading", "EUR", "98"),
                flow("external/card", "fees/a", "EUR", "2"),
                flow("trading", "venue/a/spot", "BTC", "0.002")));
    assertEquals("EUR", bought.given().asset());
    assertEquals(Amount.of("98"), bought.received().worth());
    assertEquals(Amount.of("2"), bought.fees().getFirst().worth());
    Event.Traded sold =
        paid(
            entry(
                "2",
                EntryKind.CONVERSION,
                "a",
                null,
                flow("venue/a/funding", "trading", "USDT", "100"),
                flow("trading", "external/p2p", "EUR", "93")));
    assertEquals(Amount.of("93"), sold.given().worth(), "what was agreed, not the market's price");
  }

  @Test
  void moneyWithoutRatesIsValuedByWhatWasBoughtAndThatIsAnAssumption() {
    BookEntry entry =
        entry(
            "1",
            EntryKind.CONVERSION,
            "a",
            null,
            flow("external/p2p", "trading", "NGN", "150000"),
            flow("trading", "venue/a/funding", "USDT", "100"));
    Input input = Interpreter.whole(new Prices(List.of(TETHER)), "EUR", List.of(entry), List.of());
    Event.Acquired bought = assertInstanceOf(Event.Acquired.class, input.events().getFirst());
    Amount.Known worth = assertInstanceOf(Amount.Known.class, bought.leg().worth());
    assertEquals(0, worth.value().compareTo(Decimals.of("90")));
    assertEquals(List.of(), input.unresolved());
    assertTrue(input.assumptions().getFirst().what().contains("no rates of NGN"));
  }
}

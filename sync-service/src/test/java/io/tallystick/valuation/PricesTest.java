package io.tallystick.valuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallystick.kernel.Decimals;
import io.tallystick.valuation.Quote.Source;
import io.tallystick.valuation.Valued.Priced;
import io.tallystick.valuation.Valued.Unpriced;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Prices are found by one rule, through what was really traded, or they are not found. */
class PricesTest {
  private static final Instant NOON = Instant.parse("2025-06-12T12:00:00Z");
  private static final Instant DAY = Instant.parse("2025-06-12T00:00:00Z");

  private static Quote hour(String base, String quote, String price) {
    return new Quote(
        Source.VENUE,
        base,
        quote,
        NOON,
        NOON.plusSeconds(3600),
        Decimals.of(price),
        "x/production");
  }

  private static Quote rate(String currency, String price) {
    return new Quote(
        Source.RATES,
        "EUR",
        currency,
        DAY,
        DAY.plus(Duration.ofDays(1)),
        Decimals.of(price),
        "ecb");
  }

  private static Quote file(String asset, String currency, String price) {
    return new Quote(
        Source.FILE,
        asset,
        currency,
        DAY,
        DAY.plus(Duration.ofDays(1)),
        Decimals.of(price),
        "file");
  }

  private static Valued value(String asset, String currency, Quote... quotes) {
    return new Prices(List.of(quotes)).value(asset, currency, NOON.plusSeconds(60));
  }

  private static void assertPrice(String expected, String path, Valued valued) {
    Priced priced = assertInstanceOf(Priced.class, valued);
    assertEquals(path, priced.path());
    assertEquals(0, Decimals.of(expected).compareTo(priced.price()), priced.price().toString());
  }

  @Test
  void aStablecoinIsWorthWhatItWasTradedForTimesTheRateAndNeverOneByAssumption() {
    assertPrice(
        "0.99",
        "EUR\\USDT EUR/USD",
        value("USDT", "USD", hour("EUR", "USDT", "1.2"), rate("USD", "1.188")));
    assertInstanceOf(Unpriced.class, value("USDT", "USD"));
    assertInstanceOf(Unpriced.class, value("USDC", "USD", rate("USD", "1.1")));
  }

  @Test
  void theVenueItselfComesBeforeAFileAndADirectMarketBeforeADetour() {
    Quote direct = hour("BTC", "EUR", "60000");
    Quote detour = hour("BTC", "USDT", "66000");
    Quote euro = hour("EUR", "USDT", "1.2");
    Quote given = file("BTC", "EUR", "1");
    assertPrice("60000", "BTC/EUR", value("BTC", "EUR", direct, detour, euro, given));
    assertPrice("55000", "BTC/USDT EUR\\USDT", value("BTC", "EUR", detour, euro, given));
    assertPrice("1", "BTC/EUR", value("BTC", "EUR", detour, given));
  }

  @Test
  void aCoinWithoutAMarketInMoneyIsLedThroughBitcoin() {
    Quote pair = hour("ADA", "BTC", "0.00001");
    assertPrice("0.6", "ADA/BTC BTC/EUR", value("ADA", "EUR", pair, hour("BTC", "EUR", "60000")));
    assertPrice(
        "0.66",
        "ADA/BTC BTC/EUR EUR/USD",
        value("ADA", "USD", pair, hour("BTC", "EUR", "60000"), rate("USD", "1.1")));
  }

  @Test
  void twoCurrenciesMeetInTheEuroAtRatesOfOneDay() {
    assertPrice(
        "0.8", "EUR\\USD EUR/GBP", value("USD", "GBP", rate("USD", "1.25"), rate("GBP", "1")));
    Quote older =
        new Quote(Source.RATES, "EUR", "GBP", DAY.minusSeconds(86_400), DAY, BigDecimal.ONE, "ecb");
    assertInstanceOf(Unpriced.class, value("USD", "GBP", rate("USD", "1.25"), older));
  }

  @Test
  void whatMoneyIsWorthInMoneyIsTheRateThoughCoinsWereTradedForBoth() {
    Quote pound = hour("GBP", "USDT", "1.3");
    Quote dollar = hour("USDT", "USD", "1");
    Quote rate = rate("USD", "1.25");
    assertPrice(
        "1.25", "EUR\\GBP EUR/USD", value("GBP", "USD", pound, dollar, rate, rate("GBP", "1")));
    assertPrice("1.3", "GBP/USDT USDT/USD", value("GBP", "USD", pound, dollar, rate));
  }

  @Test
  void aQuoteAnswersForItsOwnTimeAndARateForTheDaysWithoutOne() {
    Prices prices = new Prices(List.of(hour("BTC", "EUR", "1"), rate("USD", "1.1")));
    assertInstanceOf(Priced.class, prices.value("BTC", "EUR", NOON));
    assertInstanceOf(Unpriced.class, prices.value("BTC", "EUR", NOON.plusSeconds(3600)));
    assertInstanceOf(Unpriced.class, prices.value("BTC", "EUR", NOON.minusMillis(1)));
    assertInstanceOf(Priced.class, prices.value("EUR", "USD", DAY.plus(Duration.ofDays(3))));
    assertInstanceOf(Unpriced.class, prices.value("EUR", "USD", DAY.plus(Duration.ofDays(9))));
  }

  @Test
  void worthlessIsAPriceButNoMeasure() {
    assertPrice("0", "FTT/EUR", value("FTT", "EUR", file("FTT", "EUR", "0")));
    assertInstanceOf(Unpriced.class, value("EUR", "FTT", file("FTT", "EUR", "0")));
  }

  @Test
  void aPriceSetIsNamedByItsContentWhateverTheOrder() {
    List<Quote> quotes =
        new ArrayList<>(
            List.of(hour("BTC", "EUR", "1.50"), rate("USD", "1.1"), file("A", "EUR", "2")));
    PriceSet one = PriceSet.of(quotes);
    Random random = new Random(7);
    for (int i = 0; i < 6; i++) {
      Collections.shuffle(quotes, random);
      assertEquals(one.id(), PriceSet.of(quotes).id());
    }
    assertEquals(one.id(), PriceSet.of(one.quotes()).id());
    quotes.set(0, file("A", "EUR", "2.000001"));
    assertNotEquals(one.id(), PriceSet.of(quotes).id());
    assertThrows(IllegalArgumentException.class, () -> new PriceSet("x\ty\n").quotes());
  }

  @Test
  void filesAreReadWholeOrNotAtAll() {
    String good =
        "asset,currency,at,price,until\nBTC,EUR,2025-01-01T00:00:00Z,80000,\n"
            + "ETH,EUR,2025-01-01T00:00:00Z,3000,2025-01-01T01:00:00Z\n";
    PriceFile.Result.Quotes read =
        assertInstanceOf(PriceFile.Result.Quotes.class, PriceFile.supplied(good));
    assertEquals(2, read.quotes().size());
    assertEquals(
        Duration.ofHours(1),
        Duration.between(read.quotes().get(1).from(), read.quotes().get(1).until()));
    PriceFile.Result.Fault fault =
        assertInstanceOf(
            PriceFile.Result.Fault.class,
            PriceFile.supplied(good + "BTC,EUR,2025-01-02T00:00:00Z,-1,\n"));
    assertEquals(4, fault.line());
    assertInstanceOf(PriceFile.Result.Fault.class, PriceFile.supplied("a,b\n1,2\n"));
  }

  @Test
  void theCentralBanksSeriesIsReadWithItsBlanks() {
    PriceFile.Result.Quotes read =
        assertInstanceOf(
            PriceFile.Result.Quotes.class,
            PriceFile.rates("Date,USD,JPY,CYP,\n2025-06-12,1.1,160.5,N/A,\n"));
    assertEquals(List.of("USD", "JPY"), read.quotes().stream().map(Quote::quote).toList());
    assertInstanceOf(PriceFile.Result.Fault.class, PriceFile.rates("Date,USD\nyesterday,1\n"));
  }
}

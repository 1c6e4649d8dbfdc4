package io.tallystick.venue.binance.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.Posting;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.Fixtures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How fills and balances are read: the fields that decide, and what holds for all of them. */
final class FillMappingTest {
  private static final String FILL =
      """
      {"symbol":"SOLUSDT","id":1,"orderId":2,"price":"2","qty":"3","quoteQty":"6",\
      "commission":"0.1","commissionAsset":"BNB","time":1735689600123,\
      "isBuyer":true,"isMaker":true}\
      """;

  private final Stream trades = new SpotTrades();

  @Test
  void aMissingQuoteQuantityIsPriceTimesQuantity() {
    Entry entry = booked(trades, FILL.replace("\"quoteQty\":\"6\",", ""));
    assertEquals(booked(trades, FILL).identity(), entry.identity());
    assertEquals(lines(booked(trades, FILL)), lines(entry));
  }

  @Test
  void aQuoteQuantityThatCannotBeReadIsNotGuessed() {
    assertEquals(
        "quoteQty is no decimal",
        unread(trades, FILL.replace("\"quoteQty\":\"6\"", "\"quoteQty\":\"x\"")));
  }

  @Test
  void aNegativeCommissionIsARebate() {
    Entry entry = booked(trades, FILL.replace("\"0.1\"", "\"-0.1\""));
    assertTrue(lines(entry).contains("fees/@ -> venue/@/spot 0.1 BNB"), lines(entry).toString());
    assertEquals(3, entry.postings().size());
  }

  @Test
  void nothingIsPostedForZero() {
    Entry entry =
        booked(
            trades,
            FILL.replace("\"qty\":\"3\"", "\"qty\":\"0\"")
                .replace("\"6\"", "\"0\"")
                .replace("\"0.1\"", "\"0\""));
    assertEquals(List.of(), entry.postings());
  }

  @Test
  void aSymbolNeverListedLeavesTheFillUnread() {
    assertEquals(
        "no market of this symbol was ever listed",
        unread(trades, FILL.replace("SOLUSDT", "GONEUSDT")));
  }

  @Test
  void theSymbolOfThePartitionStandsInForAMissingOne() {
    assertEquals(booked(trades, FILL), booked(trades, FILL.replace("\"symbol\":\"SOLUSDT\",", "")));
  }

  @Test
  void twinFillsShareTheirFactsAndDifferInRank() {
    Entry one = booked(trades, FILL);
    Entry two = booked(trades, FILL.replace("\"id\":1", "\"id\":10").replace("0123", "0999"));
    assertEquals(one.identity().parts(), two.identity().parts());
    assertEquals(one.identity().second(), two.identity().second());
    assertEquals(Instant.parse("2025-01-01T00:00:00Z"), one.identity().second());
    assertTrue(one.identity().rank().compareTo(two.identity().rank()) < 0);
    Entry ninth = booked(trades, FILL.replace("\"id\":1", "\"id\":9"));
    Entry tenth = booked(trades, FILL.replace("\"id\":1", "\"id\":10"));
    assertTrue(ninth.identity().rank().compareTo(tenth.identity().rank()) < 0);
  }

  @Test
  void paddingChangesNoIdentity() {
    assertEquals(
        booked(trades, FILL).identity(),
        booked(trades, FILL.replace("\"3\"", "\"3.00000000\"").replace("\"6\"", "6.0")).identity());
  }

  @Test
  void aFillMovesExactlyWhatItsRowSays() {
    long seed = 9_001;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      boolean buyer = random.nextBoolean();
      BigDecimal quantity = amount(random);
      BigDecimal quote = amount(random);
      BigDecimal fee = amount(random);
      String feeAsset = List.of("SOL", "USDT", "BNB").get(random.nextInt(3));
      String row =
          """
          {"symbol":"SOLUSDT","id":%d,"price":"1","qty":"%s","quoteQty":"%s","commission":"%s",\
          "commissionAsset":"%s","time":1735689600123,"isBuyer":%b}\
          """
              .formatted(
                  round,
                  quantity.toPlainString(),
                  quote.toPlainString(),
                  fee.toPlainString(),
                  feeAsset,
                  buyer);
      Map<String, BigDecimal> expected = new HashMap<>();
      expected.merge("SOL", buyer ? quantity : quantity.negate(), BigDecimal::add);
      expected.merge("USDT", buyer ? quote.negate() : quote, BigDecimal::add);
      expected.merge(feeAsset, fee.negate(), BigDecimal::add);
      Map<String, BigDecimal> actual = new HashMap<>();
      for (Posting posting : booked(trades, row).postings()) {
        boolean in = posting.to().path().startsWith("venue/");
        actual.merge(
            posting.asset(), in ? posting.amount() : posting.amount().negate(), BigDecimal::add);
      }
      String told = "seed " + seed + ", round " + round;
      expected.forEach((asset, sum) ->
          assertEquals(
              Decimals.text(sum),
              Decimals.text(actual.getOrDefault(asset, BigDecimal.ZERO)),
              told));
    }
  }

  @Test
  @DisplayName("F31 one bad row of a thousand leaves 999 read and one unread with its reason")
  void oneBadRowOfAThousandHarmsNoOther() {
    List<String> rows = new ArrayList<>();
    for (int id = 1; id <= 999; id++) {
      rows.add(FILL.replace("\"id\":1", "\"id\":" + id));
    }
    rows.add(FILL.replace("\"id\":1", "\"id\":1000").replace("\"qty\":\"3\",", ""));
    Collections.shuffle(rows, new Random(9_002));
    Fetch.Page page =
        assertInstanceOf(
            Fetch.Page.class,
            trades.read(
                "SOLUSDT",
                trades.start(Instant.EPOCH),
                Fixtures.NOW,
                Fixtures.ok("[" + String.join(",", rows) + "]")));
    List<String> reasons = new ArrayList<>();
    for (Raw raw : page.records()) {
      if (map(trades, new String(raw.bytes(), UTF_8)) instanceof Reading.Unread(String why)) {
        reasons.add(why);
      }
    }
    assertEquals(1_000, page.records().size());
    assertEquals(List.of("qty is missing"), reasons);
  }

  @Test
  @DisplayName("F31 a balance that cannot be read takes the wallet's completeness with it")
  void aBadBalanceMakesTheWalletIncomplete() {
    Reading reading =
        new SpotBalances()
            .map(
                "",
                "[{\"asset\":\"A\",\"free\":\"1\"},{\"asset\":\"B\",\"free\":\"x\"}]"
                    .getBytes(UTF_8),
                Fixtures.SEEN);
    Reading.BalancesSeen seen = assertInstanceOf(Reading.BalancesSeen.class, reading);
    assertEquals(1, seen.balances().size());
    assertEquals(false, seen.complete());
  }

  @Test
  @DisplayName("F33 a fill with a monstrous amount is unread at once")
  void monstrousAmountsAreUnread() {
    for (String bad : List.of("1e99999999", "\"1e99999999\"", "\"-1\"", "\"NaN\"")) {
      unread(trades, FILL.replace("\"qty\":\"3\"", "\"qty\":" + bad));
    }
    String wide = "9".repeat(38);
    unread(
        trades,
        FILL.replace("\"price\":\"2\"", "\"price\":\"" + wide + "\"")
            .replace("\"qty\":\"3\"", "\"qty\":\"" + wide + "\"")
            .replace("\"quoteQty\":\"6\",", ""));
  }

  private static BigDecimal amount(Random random) {
    return random.nextInt(5) == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), random.nextInt(9));
  }

  private static Reading map(Stream stream, String row) {
    return stream.map(Fixtures.partition(stream), row.getBytes(UTF_8), Fixtures.SEEN);
  }

  private static Entry booked(Stream stream, String row) {
    return assertInstanceOf(Reading.Booked.class, map(stream, row), row).entry();
  }

  private static String unread(Stream stream, String row) {
    return assertInstanceOf(Reading.Unread.class, map(stream, row), row).why();
  }

  private static List<String> lines(Entry entry) {
    return entry.postings().stream()
        .map(posting ->
            posting.from().path()
                + " -> "
                + posting.to().path()
                + " "
                + Decimals.text(posting.amount())
                + " "
                + posting.asset())
        .toList();
  }
}

package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.OrderRow;
import io.tallystick.ledger.Claim.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What coarse sources book beside finer ones, case by case. */
final class MergeTest {
  private static final Instant AT = Instant.parse("2024-05-01T10:00:00Z");
  private static final byte[] CONNECTION = {1};

  private static Leg leg(int second, String asset, String change, Role role) {
    return new Leg(
        AT.plusSeconds(second),
        "spot",
        asset,
        new BigDecimal(change),
        role,
        "suspense",
        EntryKind.UNCLASSIFIED,
        role.name());
  }

  private static Held held(Claim claim, int count) {
    UUID key = claim.key(CONNECTION);
    return new Held(key, claim, count, key, Set.of());
  }

  private static List<Held> held(Claim... claims) {
    return Arrays.stream(claims).map(claim -> held(claim, 1)).toList();
  }

  private static Fine buy(int millis, String quantity, String quote, String fee) {
    return buy(millis, quantity, quote, fee, null);
  }

  private static Fine buy(
      int millis, String quantity, String quote, String fee, @Nullable String orderRef) {
    Account spot = Account.wallet("spot");
    List<Posting> postings =
        List.of(
            new Posting(spot, Account.TRADING, "USDT", new BigDecimal(quote)),
            new Posting(Account.TRADING, spot, "BTC", new BigDecimal(quantity)),
            new Posting(spot, Account.FEES, "BNB", new BigDecimal(fee)));
    Entry.Terms terms =
        new Entry.Terms(
            "BTCUSDT",
            "buy",
            BigDecimal.ONE,
            new BigDecimal(quantity),
            new BigDecimal(quote),
            new BigDecimal(fee),
            "BNB",
            null,
            orderRef,
            null);
    UUID id =
        UUID.nameUUIDFromBytes(
            (millis + quantity).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new Fine(
        id,
        AT.plusMillis(millis),
        EntryKind.TRADE,
        terms,
        false,
        false,
        Fine.effects(EntryKind.TRADE, postings));
  }

  private static List<EntryKind> kinds(Merge.Outcome outcome) {
    return outcome.coarse().stream().map(Coarse::kind).toList();
  }

  @Test
  void legsThatAFillTellsAreEvidenceOnlyThoughTheFeeIsASecondLate() {
    Merge.Outcome outcome =
        Merge.of(
            held(
                leg(0, "BTC", "0.5", Role.TRADE),
                leg(0, "USDT", "-100", Role.TRADE),
                leg(1, "BNB", "-0.01", Role.FEE)),
            List.of(buy(300, "0.5", "100", "0.01")));
    assertEquals(List.of(), outcome.coarse());
    assertEquals(3, outcome.covered().size());
  }

  @Test
  void summedLegsOfSeveralFillsAreCoveredByTheirSum() {
    Merge.Outcome outcome =
        Merge.of(
            held(
                leg(0, "BTC", "0.7", Role.TRADE),
                leg(0, "USDT", "-140", Role.TRADE),
                leg(0, "BNB", "-0.02", Role.FEE)),
            List.of(buy(100, "0.5", "100", "0.01"), buy(900, "0.2", "40", "0.01")));
    assertEquals(List.of(), outcome.coarse());
  }

  @Test
  void aRemainderThatNobodyExplainsStaysInSuspense() {
    Merge.Outcome outcome =
        Merge.of(
            held(
                leg(0, "BTC", "0.7", Role.TRADE),
                leg(0, "USDT", "-140", Role.TRADE),
                leg(0, "BNB", "-0.01", Role.FEE)),
            List.of(buy(100, "0.5", "100", "0.01")));
    assertEquals(List.of(EntryKind.UNCLASSIFIED, EntryKind.UNCLASSIFIED), kinds(outcome));
    assertTrue(
        outcome.coarse().stream()
            .flatMap(coarse -> coarse.postings().stream())
            .allMatch(p -> p.from().equals(Account.SUSPENSE) || p.to().equals(Account.SUSPENSE)));
  }

  @Test
  void aStatementThatBeginsInTheMiddleOfATradeCancelsNothing() {
    Merge.Outcome outcome =
        Merge.of(
            held(
                leg(1, "BTC", "0.3", Role.TRADE),
                leg(1, "USDT", "-60", Role.TRADE),
                leg(1, "BNB", "-0.02", Role.FEE)),
            List.of(
                buy(300, "0.5", "100", "0.01"),
                buy(1_100, "0.1", "20", "0.01"),
                buy(1_200, "0.2", "40", "0.01")));
    assertEquals(List.of(), outcome.coarse());
    assertEquals(3, outcome.disputed().size());
  }

  @Test
  void twoMarketsInOneSecondAreNotGuessedAt() {
    Merge.Outcome outcome =
        Merge.of(
            held(
                leg(0, "BTC", "0.5", Role.TRADE),
                leg(0, "ETH", "2", Role.TRADE),
                leg(0, "USDT", "-300", Role.TRADE)),
            List.of());
    assertEquals(List.of(EntryKind.UNCLASSIFIED), kinds(outcome));
    assertEquals(3, outcome.coarse().getFirst().postings().size());
  }

  @Test
  void twinLegsAreAsManyAndOneOfThemMayBeTold() {
    Leg interest =
        new Leg(
            AT,
            "spot",
            "BNB",
            new BigDecimal("0.01"),
            Role.INCOME,
            "income/interest",
            EntryKind.INCOME,
            "interest");
    Fine told =
        new Fine(
            new UUID(1, 1),
            AT.plusSeconds(3_600),
            EntryKind.INCOME,
            null,
            false,
            false,
            List.of(new Fine.Effect("spot", "BNB", new BigDecimal("0.010"), Role.INCOME)));
    assertEquals(2, Merge.of(List.of(held(interest, 2)), List.of()).coarse().size());
    assertEquals(1, Merge.of(List.of(held(interest, 2)), List.of(told)).coarse().size());
  }

  @Test
  void anOrderIsItsLegsOnceAndItsFillsOnce() {
    OrderRow order =
        new OrderRow(
            AT,
            AT.plusSeconds(5),
            "BTCUSDT",
            "BTC",
            "USDT",
            true,
            new BigDecimal("0.5"),
            new BigDecimal("100"),
            "1");
    Leg base = leg(2, "BTC", "0.5", Role.TRADE);
    Leg quote = leg(2, "USDT", "-100", Role.TRADE);
    Merge.Outcome alone = Merge.of(held(order), List.of());
    assertEquals(1, alone.coarse().size());
    assertEquals("unknown", alone.coarse().getFirst().details().get("fee"));
    Merge.Outcome withLegs = Merge.of(held(order, base, quote), List.of());
    assertEquals(1, withLegs.coarse().size());
    assertEquals(
        alone.coarse().getFirst().identity().id(CONNECTION, 0),
        withLegs.coarse().getFirst().identity().id(CONNECTION, 0));
    Fine fill = buy(2_000, "0.5", "100", "0.01");
    Merge.Outcome withFill = Merge.of(held(order, base, quote), List.of(fill));
    assertEquals(Map.of(), conflicts(withFill));
    assertEquals(0, withFill.coarse().stream().filter(c -> !c.postings().isEmpty()).count());
  }

  @Test
  void anOrderThatLostItsNumberIsItsNumberedFills() {
    OrderRow order =
        new OrderRow(
            AT,
            AT.plusSeconds(1_800),
            "BTCUSDT",
            "BTC",
            "USDT",
            true,
            new BigDecimal("0.7"),
            new BigDecimal("140"),
            null);
    List<Fine> fills =
        List.of(buy(2_000, "0.5", "100", "0.01", "1"), buy(1_700_000, "0.2", "40", "0.01", "1"));
    Merge.Outcome outcome = Merge.of(held(order), fills);
    assertEquals(List.of(), outcome.coarse());
    assertEquals(Map.of(), conflicts(outcome));
    assertEquals(2, outcome.covered().values().iterator().next().size());
  }

  private static Map<UUID, Boolean> conflicts(Merge.Outcome outcome) {
    return outcome.disputed().stream()
        .collect(java.util.stream.Collectors.toMap(id -> id, _ -> true));
  }

  @Test
  void legsOfOneConversionMayBeHalfAMinuteApart() {
    Merge.Outcome outcome =
        Merge.of(held(leg(0, "USDT", "-50", Role.SWAP), leg(29, "SOL", "2", Role.SWAP)), List.of());
    assertEquals(List.of(EntryKind.CONVERSION), kinds(outcome));
  }

  @Test
  void dustOfManyCoinsIsOneConversion() {
    Merge.Outcome outcome =
        Merge.of(
            held(
                leg(0, "ADA", "-1", Role.SWAP),
                leg(0, "XLM", "-3", Role.SWAP),
                leg(0, "BNB", "0.001", Role.SWAP),
                leg(0, "BNB", "0.002", Role.SWAP)),
            List.of());
    assertEquals(List.of(EntryKind.CONVERSION), kinds(outcome));
  }
}

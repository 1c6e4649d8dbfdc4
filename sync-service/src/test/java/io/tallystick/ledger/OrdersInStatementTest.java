package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.OrderRow;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Life.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The statement holds all that moved: no order adds anything to it, however closely they lie. */
final class OrdersInStatementTest {
  private static final Instant AT = Instant.parse("2024-03-03T08:00:00Z");

  private static Held held(Claim claim, int count) {
    UUID key = claim.key(new byte[] {1});
    return new Held(key, claim, count, key, Set.of());
  }

  private static Held leg(int second, String asset, String change, Role role) {
    return held(
        new Leg(
            AT.plusSeconds(second),
            "spot",
            asset,
            new BigDecimal(change),
            role,
            "suspense",
            EntryKind.UNCLASSIFIED,
            role.name()),
        1);
  }

  private static Held order(int from, int to, String base, String quantity, String total) {
    BigDecimal units = new BigDecimal(quantity);
    return held(
        new OrderRow(
            AT.plusSeconds(from),
            AT.plusSeconds(to),
            base + "USDT",
            base,
            "USDT",
            units.signum() > 0,
            units.abs(),
            new BigDecimal(total),
            base + from),
        1);
  }

  /** What wallets hold by an outcome, without zeros. */
  private static Map<String, BigDecimal> held(Merge.Outcome outcome) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Coarse coarse : outcome.coarse()) {
      for (Posting posting : coarse.postings()) {
        String asset = " " + posting.asset();
        sums.merge(posting.from().path() + asset, posting.amount().negate(), BigDecimal::add);
        sums.merge(posting.to().path() + asset, posting.amount(), BigDecimal::add);
      }
    }
    sums.values().removeIf(sum -> sum.signum() == 0);
    sums.replaceAll((_, sum) -> sum.stripTrailingZeros());
    sums.keySet().removeIf(purse -> !purse.startsWith("venue/"));
    return sums;
  }

  private static Merge.Outcome nothingIsAdded(List<Held> legs, Held... orders) {
    List<Held> both = new ArrayList<>(legs);
    both.addAll(Arrays.asList(orders));
    Merge.Outcome outcome = Merge.of(both, List.of());
    assertEquals(held(Merge.of(legs, List.of())), held(outcome));
    assertTrue(outcome.disputed().isEmpty(), outcome.disputed().toString());
    return outcome;
  }

  @Test
  void aPurchaseRightAfterASaleIsFoundThoughTheFeesOfBothAreWithIt() {
    nothingIsAdded(
        List.of(
            leg(0, "ETH", "-0.2706", Role.TRADE),
            leg(0, "USDT", "0.81826734", Role.TRADE),
            leg(0, "BNB", "-0.00062", Role.FEE),
            leg(1, "ETH", "0.1413", Role.TRADE),
            leg(1, "USDT", "-0.39708126", Role.TRADE),
            leg(1, "BNB", "-0.00031", Role.FEE)),
        order(0, 0, "ETH", "-0.2706", "0.81826734"),
        order(1, 1, "ETH", "0.1413", "0.39708126"));
  }

  @Test
  void ordersOfTwoMarketsWhoseLegsNobodyCanTellApartAddNothing() {
    nothingIsAdded(
        List.of(
            leg(0, "BTC", "-0.0346", Role.TRADE),
            leg(0, "ETH", "-0.0954", Role.TRADE),
            leg(0, "USDT", "0.9420548", Role.TRADE)),
        order(0, 0, "BTC", "-0.0346", "0.1628276"),
        order(0, 0, "ETH", "-0.0954", "0.7792272"));
  }

  @Test
  void twoOrdersOfOneMarketInNeighbouringSecondsAddNothing() {
    nothingIsAdded(
        List.of(
            leg(0, "ETH", "-0.0339", Role.TRADE),
            leg(0, "USDT", "0.08772981", Role.TRADE),
            leg(1, "ETH", "-0.0570", Role.TRADE),
            leg(1, "USDT", "0.0594111", Role.TRADE)),
        order(0, 0, "ETH", "-0.0339", "0.08772981"),
        order(1, 1, "ETH", "-0.0570", "0.0594111"));
  }

  @Test
  void anOrderThatTheStatementDoesNotHoldIsBookedBesideIt() {
    List<Held> legs =
        List.of(leg(0, "BTC", "-0.0346", Role.TRADE), leg(0, "USDT", "0.1628", Role.TRADE));
    Held elsewhere = order(60, 60, "BTC", "-0.5", "7");
    List<Held> both = new ArrayList<>(legs);
    both.add(elsewhere);
    assertEquals(
        new BigDecimal("-0.5346"), held(Merge.of(both, List.of())).get("venue/@/spot BTC"));
    Held larger = order(0, 0, "BTC", "-0.5", "7");
    both.set(2, larger);
    Merge.Outcome outcome = Merge.of(both, List.of());
    assertEquals(Set.of(larger.key()), outcome.disputed());
    assertEquals(held(Merge.of(legs, List.of())), held(outcome));
  }

  @Test
  void anOrderOfALongTimeWhoseLegsAreNotFoundIsLeftToAPerson() {
    List<Held> both =
        new ArrayList<>(
            List.of(
                leg(0, "BTC", "-0.0346", Role.TRADE),
                leg(0, "ETH", "-0.0954", Role.TRADE),
                leg(0, "USDT", "0.9420548", Role.TRADE)));
    Map<String, BigDecimal> alone = held(Merge.of(both, List.of()));
    Held open = order(-3_600, 3_600, "BTC", "-0.0346", "0.1628276");
    both.add(open);
    Merge.Outcome outcome = Merge.of(both, List.of());
    assertEquals(alone, held(outcome));
    assertEquals(Set.of(open.key()), outcome.disputed());
  }

  @Test
  void ordersOfAnyAccountAddNothingToItsStatement() {
    for (long seed = 1; seed <= 500; seed++) {
      Life life = new Life(seed, 60);
      List<Held> legs = new ArrayList<>();
      life.claims(Source.STATEMENT).forEach((claim, count) -> legs.add(held(claim, count)));
      List<Held> both = new ArrayList<>(legs);
      life.claims(Source.ORDERS).forEach((claim, count) -> both.add(held(claim, count)));
      assertEquals(
          held(Merge.of(legs, List.of())), held(Merge.of(both, List.of())), "seed " + seed);
    }
  }
}

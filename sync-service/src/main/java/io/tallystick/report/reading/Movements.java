package io.tallystick.report.reading;

import io.tallystick.costbasis.IncomeKind;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.valuation.Prices;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The postings of an entry by what they are to its owner. Every unit that came into his wallets or
 * left them is in exactly one of these; what moved between his wallets is in none. Money that was
 * paid by card or received at a bank never is in a wallet, and is the other leg all the same.
 *
 * @param given what went into trades
 * @param received what came out of trades
 * @param earned what came as income, by what it was for
 * @param settled what went as the opposite of an income, such as the loss of a position
 * @param arrived what came from elsewhere
 * @param departed what went elsewhere
 * @param lent what came as a loan; negative where more was given back
 * @param fees what the venue kept; negative where it gave back more
 * @param unrated money outside that was a leg, and of which no rates are known
 */
record Movements(
    Map<String, BigDecimal> given,
    Map<String, BigDecimal> received,
    Map<Earning, BigDecimal> earned,
    Map<String, BigDecimal> settled,
    Map<String, BigDecimal> arrived,
    Map<String, BigDecimal> departed,
    Map<String, BigDecimal> lent,
    Map<String, BigDecimal> fees,
    Set<String> unrated) {
  private static final String TRADING = "trading";
  private static final String OUTSIDE = "external/";
  private static final String LOANS = "loans/";

  /** What was earned with what. */
  record Earning(String asset, String account) implements Comparable<Earning> {
    private static final String INFERRED = "inferred";
    private static final String POSITIONS = "income/futures";

    @Override
    public int compareTo(Earning other) {
      int byAsset = asset.compareTo(other.asset);
      return byAsset != 0 ? byAsset : account.compareTo(other.account);
    }

    /** Whether the venue never said so, and it follows from what came back. */
    boolean inferred() {
      return account.endsWith(INFERRED);
    }

    /** Whether it is what a position came to, and so no income. */
    boolean settles() {
      return account.equals(POSITIONS);
    }

    IncomeKind kind() {
      String word = account.substring(account.indexOf('/') + 1);
      return switch (word) {
        case "staking" -> IncomeKind.STAKING;
        case "earn", "earn-inferred", "interest" -> IncomeKind.INTEREST;
        case "mining", "launchpool" -> IncomeKind.MINING;
        case "airdrop", "distribution" -> IncomeKind.AIRDROP;
        case "referral" -> IncomeKind.REFERRAL;
        case "rebate" -> IncomeKind.REBATE;
        default -> IncomeKind.OTHER;
      };
    }
  }

  static Movements of(BookEntry entry) {
    Movements moved =
        new Movements(
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeSet<>());
    for (Flow flow : entry.flows()) {
      if (flow.into()) {
        moved.came(flow);
      } else if (flow.out()) {
        moved.went(flow);
      } else {
        moved.passed(flow);
      }
    }
    moved.fees.values().removeIf(sum -> sum.signum() == 0);
    moved.lent.values().removeIf(sum -> sum.signum() == 0);
    return moved;
  }

  private void came(Flow flow) {
    String from = flow.from();
    if (from.equals(TRADING)) {
      received.merge(flow.asset(), flow.amount(), BigDecimal::add);
    } else if (from.startsWith("fees/")) {
      fees.merge(flow.asset(), flow.amount().negate(), BigDecimal::add);
    } else if (from.startsWith("income/")) {
      earned.merge(new Earning(flow.asset(), from), flow.amount(), BigDecimal::add);
    } else if (from.startsWith(LOANS)) {
      lent.merge(flow.asset(), flow.amount(), BigDecimal::add);
    } else {
      arrived.merge(flow.asset(), flow.amount(), BigDecimal::add);
    }
  }

  private void went(Flow flow) {
    String to = flow.to();
    if (to.equals(TRADING)) {
      given.merge(flow.asset(), flow.amount(), BigDecimal::add);
    } else if (to.startsWith("fees/")) {
      fees.merge(flow.asset(), flow.amount(), BigDecimal::add);
    } else if (to.startsWith("income/")) {
      settled.merge(flow.asset(), flow.amount(), BigDecimal::add);
    } else if (to.startsWith(LOANS)) {
      lent.merge(flow.asset(), flow.amount().negate(), BigDecimal::add);
    } else {
      departed.merge(flow.asset(), flow.amount(), BigDecimal::add);
    }
  }

  private void passed(Flow flow) {
    boolean paid = flow.from().startsWith(OUTSIDE) && flow.to().equals(TRADING);
    boolean gained = flow.from().equals(TRADING) && flow.to().startsWith(OUTSIDE);
    if (!Prices.CURRENCIES.contains(flow.asset())) {
      if (paid || gained) {
        unrated.add(flow.asset());
      }
    } else if (paid) {
      given.merge(flow.asset(), flow.amount(), BigDecimal::add);
    } else if (gained) {
      received.merge(flow.asset(), flow.amount(), BigDecimal::add);
    } else if (flow.from().startsWith(OUTSIDE) && flow.to().startsWith("fees/")) {
      fees.merge(flow.asset(), flow.amount(), BigDecimal::add);
    }
  }

  /** Whether something was exchanged. */
  boolean traded() {
    return !given.isEmpty() || !received.isEmpty();
  }

  /** Whether one asset was exchanged for another one. */
  boolean oneForAnother() {
    return given.size() == 1 && received.size() == 1;
  }

  /** Whether the asset is one of those exchanged. */
  boolean trades(String asset) {
    return given.containsKey(asset) || received.containsKey(asset);
  }
}

package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Coarse.Atom;
import io.tallystick.ledger.Merge.Told;
import io.tallystick.ledger.Reach.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What sources tell at times far from one another, of what is left when all that is near has found
 * its like: interest at any hour of its day, a deposit when it was seen and when it was free, a
 * purchase when it was due and when it was carried out. Each by its exact amount, and no farther
 * than what comes again and again in equal amounts, so that nothing stands for its neighbour.
 */
final class Late {
  /** What lines of interest begin with. */
  static final String DAY = "day";

  /** What lines of deposits begin with. */
  static final String CONFIRMED = "confirmed";

  /** What lines of purchases begin with. */
  static final String BOUGHT = "bought";

  /** How long a deposit waits for its confirmations, and how far the hours of a day are apart. */
  static final Duration LONGEST = Duration.ofDays(1);

  // Interest is paid once a day, and lists and statements do not agree on the hour.
  private static final Set<String> DAILY =
      Set.of("income/interest", "income/earn", "income/staking", "income/rebate");

  // Plans buy every hour at most: half of that is nearer to no other run.
  private static final Duration PLANNED = Duration.ofMinutes(30);
  private static final Duration PAID = Duration.ofHours(1);
  private static final Map<String, Duration> WAITS =
      Map.of(
          "auto-invest", PLANNED,
          "fiat-buy", PAID,
          "fiat-buy-order", PAID,
          "card-buy", PAID,
          "fiat-convert", PAID);

  private final Pairing pairing;

  Late(Pairing pairing) {
    this.pairing = pairing;
  }

  /** Whether a leg may be told at any hour of its day. */
  static boolean isDaily(Leg leg) {
    return leg.role() == Role.INCOME && DAILY.contains(leg.contra());
  }

  /** Whether a leg is a deposit whose list may tell it by when it was seen. */
  static boolean isDeposit(Leg leg) {
    return leg.role() == Role.MOVE
        && leg.change().signum() > 0
        && leg.contra().equals("external/unknown");
  }

  /** How far a purchase may be from its list; as far as its role says where it does not wait. */
  static Duration reach(Leg leg) {
    return leg.role() == Role.SWAP
        ? WAITS.getOrDefault(leg.family(), Role.SWAP.reach())
        : leg.role().reach();
  }

  /** What interest of one day has in common, wherever it was paid to. */
  static List<Object> day(String asset, BigDecimal amount, Instant at) {
    return List.of(DAY, asset, amount.stripTrailingZeros(), at.truncatedTo(ChronoUnit.DAYS));
  }

  /** What two tellings of a deposit have in common. */
  static List<Object> deposit(String asset, BigDecimal amount) {
    return List.of(CONFIRMED, asset, amount.stripTrailingZeros());
  }

  /** What purchases share that are compared by their sums, for each time that some wait. */
  static List<List<Object>> bought(String wallet, String asset, BigDecimal amount) {
    return Set.copyOf(WAITS.values()).stream()
        .map(wait -> bought(wait, wallet, asset, amount))
        .toList();
  }

  /** The same for one of these times. */
  static List<Object> bought(Duration wait, String wallet, String asset, BigDecimal amount) {
    return List.of(BOUGHT, wait, Pairing.sums(Role.SWAP, wallet, asset, amount));
  }

  /** What may be told otherwise because an entry is there, or is there no more. */
  static Period around(Entry entry) {
    Instant at = entry.occurredAt();
    Instant day = at.truncatedTo(ChronoUnit.DAYS);
    return switch (entry.kind()) {
      case INCOME -> new Period(day, day.plus(LONGEST));
      case DEPOSIT -> new Period(at, at.plus(LONGEST));
      case TRADE, CONVERSION, WITHDRAWAL, INTERNAL_TRANSFER, FEE, UNCLASSIFIED ->
          new Period(at, at);
    };
  }

  /** The legs that no effect tells from afar either. */
  List<Atom> untold(Role role, List<Atom> atoms, List<Told> told) {
    return switch (role) {
      case INCOME -> incomes(atoms, of(told, EntryKind.INCOME));
      case MOVE ->
          some(atoms, Late::isDeposit, deposits -> deposits(deposits, of(told, EntryKind.DEPOSIT)));
      case SWAP -> purchases(atoms, told);
      case TRADE, FEE, TRANSFER, OTHER -> atoms;
    };
  }

  private static List<Told> of(List<Told> told, EntryKind kind) {
    return told.stream().filter(one -> one.fine().kind() == kind).toList();
  }

  /**
   * How far an effect may be from its leg.
   *
   * @param before how much earlier it may be
   * @param after how much later
   */
  record Span(Duration before, Duration after) {
    static Span around(Duration reach) {
      return new Span(reach, reach);
    }
  }

  private interface Step {
    List<Atom> left(List<Atom> atoms);
  }

  private static List<Atom> some(List<Atom> atoms, Predicate<Leg> which, Step step) {
    List<Atom> left = new ArrayList<>(atoms.stream().filter(a -> !which.test(a.leg())).toList());
    left.addAll(step.left(atoms.stream().filter(a -> which.test(a.leg())).toList()));
    return left;
  }

  // No page knows its wallet: interest that stayed in its product is there what was paid to spot.
  private List<Atom> incomes(List<Atom> atoms, List<Told> told) {
    List<Atom> left =
        some(
            atoms,
            leg -> leg.page() != null,
            pages ->
                pairing.untold(
                    pages,
                    told,
                    Span.around(Role.INCOME.reach()),
                    one -> paid(one.effect().wallet(), one.effect().asset(), one.effect().amount()),
                    leg -> paid(leg.wallet(), leg.asset(), leg.change())));
    left = some(left, Late::isDaily, daily -> daily(daily, told, false));
    return some(left, leg -> isDaily(leg) && leg.page() != null, pages -> daily(pages, told, true));
  }

  private static List<Object> paid(String wallet, String asset, BigDecimal amount) {
    return List.of(Pages.near(wallet), asset, amount.stripTrailingZeros());
  }

  private List<Atom> daily(List<Atom> atoms, List<Told> told, boolean near) {
    return pairing.untold(
        atoms,
        told,
        Span.around(LONGEST),
        one ->
            List.of(
                wallet(one.effect().wallet(), near),
                day(one.effect().asset(), one.effect().amount(), one.fine().at())),
        leg -> List.of(wallet(leg.wallet(), near), day(leg.asset(), leg.change(), leg.at())));
  }

  private static String wallet(String wallet, boolean near) {
    return near ? Pages.near(wallet) : Pairing.purse(wallet);
  }

  private List<Atom> deposits(List<Atom> atoms, List<Told> told) {
    return pairing.untold(
        atoms,
        told,
        new Span(LONGEST, Duration.ZERO),
        one -> {
          Fine.Effect effect = one.effect();
          return Pairing.line(effect.role(), effect.wallet(), effect.asset(), effect.amount());
        },
        leg -> Pairing.line(leg.role(), leg.wallet(), leg.asset(), leg.change()));
  }

  private List<Atom> purchases(List<Atom> atoms, List<Told> told) {
    Map<Duration, List<Atom>> waiting = new TreeMap<>();
    atoms.forEach(
        atom -> waiting.computeIfAbsent(reach(atom.leg()), _ -> new ArrayList<>()).add(atom));
    List<Atom> left = new ArrayList<>();
    waiting.forEach((wait, some) ->
        left.addAll(
            wait.equals(Role.SWAP.reach())
                ? some
                : pairing.near(Role.SWAP, some, pairing.left(told), wait)));
    return left;
  }
}

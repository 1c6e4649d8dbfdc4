package io.tallystick.report.reading;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.IncomeKind;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Source;
import io.tallystick.ledger.EntryKind;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.valuation.Candles;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Quote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads the books as events that the cost-basis engine understands. Pure: books, prices and
 * declarations in, events out. What it cannot say it leaves unknown and lists.
 */
public final class Interpreter {
  /** The wallet of units that left for nobody knows where. */
  static final String OUTSIDE = "external";

  private final Legs legs;
  private final Declared declared;
  private final Journeys journeys;
  private final List<Event> events = new ArrayList<>();
  private final Trial trial = new Trial();

  /**
   * An interpreter of one history.
   *
   * @param entries the whole of it, in any order
   */
  public Interpreter(
      Prices prices,
      String currency,
      Collection<BookEntry> entries,
      Collection<Declaration> declarations) {
    this.legs = new Legs(prices, currency);
    this.declared = new Declared(declarations, legs);
    this.journeys = new Journeys(entries);
    declared.openings(events);
    entries.stream()
        .sorted(Comparator.comparing(BookEntry::at).thenComparing(BookEntry::id))
        .forEach(this::entry);
  }

  /** The events, in order of time, with what was assumed and left open. */
  public Input input() {
    events.sort(
        Comparator.comparing((Event event) -> event.source().at())
            .thenComparing(event -> event.source().entry()));
    return new Input(events, legs.assumptions(), legs.unresolved(), declared.used(), trial.sums());
  }

  /** The prices that were missing. */
  public List<Candles.Need> unpriced() {
    return legs.unresolved().stream()
        .filter(open -> open.kind().equals(Legs.UNPRICED))
        .map(open -> new Candles.Need(open.asset(), open.at()))
        .toList();
  }

  /** The quotes that were needed. */
  public List<Quote> quotes() {
    return legs.used();
  }

  private void entry(BookEntry entry) {
    trial.add(entry);
    switch (entry.kind()) {
      case TRADE, CONVERSION -> exchange(entry);
      case DEPOSIT, UNCLASSIFIED, WITHDRAWAL, INCOME, FEE -> movements(entry);
      case INTERNAL_TRANSFER -> between(entry);
    }
  }

  private void exchange(BookEntry entry) {
    Map<String, BigDecimal> given = sums(entry, flow -> flow.outTo("trading"));
    Map<String, BigDecimal> received = sums(entry, flow -> flow.into("trading"));
    List<Leg> fees = fees(entry, given, received);
    if (given.size() == 1 && received.size() == 1) {
      var out = given.entrySet().iterator().next();
      var in = received.entrySet().iterator().next();
      Amount value = value(entry, out, in);
      events.add(
          new Event.Traded(
              source(entry),
              new Leg(out.getKey(), out.getValue(), value),
              new Leg(in.getKey(), in.getValue(), value),
              fees,
              declared.selection(entry)));
    } else if (!given.isEmpty() && !received.isEmpty()) {
      events.add(
          new Event.Exchanged(source(entry), priced(entry, given), priced(entry, received), fees));
    } else {
      // A price of zero leaves one side empty: what came came for nothing, what went brought
      // nothing.
      given.forEach((asset, quantity) -> events.add(left(entry, asset, quantity, fees)));
      received.forEach((asset, quantity) -> events.add(came(entry, asset, quantity, fees)));
    }
  }

  private Event left(BookEntry entry, String asset, BigDecimal quantity, List<Leg> fees) {
    Leg leg = new Leg(asset, quantity, Amount.Known.ZERO);
    return new Event.Disposed(source(entry), DisposalKind.SALE, leg, fees, Selection.NONE);
  }

  private Event came(BookEntry entry, String asset, BigDecimal quantity, List<Leg> fees) {
    Leg leg = new Leg(asset, quantity, Amount.Known.ZERO);
    return new Event.Acquired(
        source(entry), AcquisitionKind.PURCHASE, leg, fees, source(entry).at());
  }

  // One value for both legs: money first, then the leg that the market is quoted in, then the
  // other; nothing is listed as long as one of them tells it.
  private Amount value(
      BookEntry entry, Map.Entry<String, BigDecimal> given, Map.Entry<String, BigDecimal> in) {
    boolean quotedInReceived = "sell".equals(entry.side()) || entry.side() == null;
    var quote = quotedInReceived ? in : given;
    var base = quotedInReceived ? given : in;
    List<Map.Entry<String, BigDecimal>> order = new ArrayList<>(List.of(quote, base));
    order.sort(Comparator.comparing(leg -> !Prices.CURRENCIES.contains(leg.getKey())));
    Amount value = Amount.unknown(Amount.Cause.MISSING_PRICE, entry.id());
    for (var leg : order) {
      if (!value.known()) {
        value = legs.market(entry, leg.getKey(), leg.getValue());
      }
    }
    if (!value.known()) {
      legs.missing(entry, quote.getKey(), quote.getValue());
    }
    return value;
  }

  private List<Leg> priced(BookEntry entry, Map<String, BigDecimal> quantities) {
    List<Leg> priced = new ArrayList<>();
    quantities.forEach((asset, quantity) -> priced.add(legs.leg(entry, asset, quantity)));
    return priced;
  }

  private void movements(BookEntry entry) {
    Map<String, BigDecimal> earned = sums(entry, flow -> flow.into("income/"));
    earned.forEach((asset, quantity) ->
        events.add(
            new Event.Earned(source(entry), incomeKind(entry), legs.leg(entry, asset, quantity))));
    Map<String, BigDecimal> in =
        sums(entry, flow -> flow.into(OUTSIDE) || flow.into("suspense") || flow.into("opening"));
    in.forEach((asset, quantity) -> arrived(entry, asset, quantity));
    Map<String, BigDecimal> out =
        sums(entry, flow -> flow.outTo(OUTSIDE) || flow.outTo("suspense"));
    List<Leg> fees = fees(entry, Map.of(), Map.of());
    if (out.isEmpty()) {
      fees.forEach(fee -> charged(entry, fee));
    } else {
      out.forEach((asset, quantity) -> departed(entry, asset, quantity, fees));
    }
  }

  private void charged(BookEntry entry, Leg fee) {
    if (fee.quantity().signum() > 0) {
      events.add(
          new Event.Disposed(source(entry), DisposalKind.FEE, fee, List.of(), Selection.NONE));
    } else {
      Leg back = new Leg(fee.asset(), fee.quantity().negate(), fee.worth().negated());
      events.add(new Event.Earned(source(entry), IncomeKind.REBATE, back));
    }
  }

  private void arrived(BookEntry entry, String asset, BigDecimal quantity) {
    if (journeys.ends(entry) || declared.arrival(entry, asset, quantity, events)) {
      return;
    }
    boolean unknown = entry.kind() == EntryKind.UNCLASSIFIED;
    if (legs.market(entry, asset, quantity) instanceof Amount.Known known
        && Prices.CURRENCIES.contains(asset)) {
      // Money costs what it is worth.
      Leg money = new Leg(asset, quantity, known);
      events.add(
          new Event.Acquired(source(entry), AcquisitionKind.OPENING, money, List.of(), entry.at()));
      return;
    }
    Amount.Cause cause = Amount.Cause.MISSING_COST;
    Leg leg = new Leg(asset, quantity, Amount.unknown(cause, entry.id()));
    AcquisitionKind kind = unknown ? AcquisitionKind.CORRECTION : AcquisitionKind.UNLINKED_DEPOSIT;
    legs.open(
        unknown ? "unclassified" : "unlinked-deposit", entry, asset, quantity, cause.remedy());
    events.add(new Event.Acquired(source(entry), kind, leg, List.of(), OpenLot.UNDATED));
  }

  private void departed(BookEntry entry, String asset, BigDecimal quantity, List<Leg> fees) {
    BookEntry end = journeys.endOf(entry);
    if (end != null) {
      events.add(moved(entry, end.connection(), asset, quantity, fees));
      return;
    }
    if (declared.departure(entry, asset, quantity, fees, events)) {
      return;
    }
    if (!Prices.CURRENCIES.contains(asset)) {
      boolean unknown = entry.kind() == EntryKind.UNCLASSIFIED;
      legs.open(
          unknown ? "unclassified" : "unlinked-withdrawal",
          entry,
          asset,
          quantity,
          "declare what it was: own transfer, sale, gift, payment or loss");
    }
    events.add(moved(entry, OUTSIDE, asset, quantity, fees));
  }

  private Event moved(
      BookEntry entry, String to, String asset, BigDecimal quantity, List<Leg> fees) {
    return new Event.Transferred(
        source(entry), to, asset, quantity, fees, declared.selection(entry));
  }

  private void between(BookEntry entry) {
    for (Leg fee : fees(entry, Map.of(), Map.of())) {
      charged(entry, fee);
    }
  }

  // A fee in one of the trade's own assets takes its share of the trade's value by itself.
  private List<Leg> fees(
      BookEntry entry, Map<String, BigDecimal> given, Map<String, BigDecimal> received) {
    Map<String, BigDecimal> sums = sums(entry, flow -> flow.outTo("fees/"));
    sums(entry, flow -> flow.into("fees/"))
        .forEach((asset, back) -> sums.merge(asset, back.negate(), BigDecimal::add));
    List<Leg> fees = new ArrayList<>();
    sums.forEach((asset, quantity) -> {
      if (quantity.signum() == 0) {
        return;
      }
      boolean own = given.containsKey(asset) || received.containsKey(asset);
      fees.add(
          own
              ? new Leg(asset, quantity, legs.market(entry, asset, quantity))
              : legs.leg(entry, asset, quantity));
    });
    return fees;
  }

  private static IncomeKind incomeKind(BookEntry entry) {
    for (Flow flow : entry.flows()) {
      if (flow.into("income/")) {
        String word = flow.from().substring("income/".length()).toLowerCase(Locale.ROOT);
        if (word.contains("stak")) {
          return IncomeKind.STAKING;
        }
        if (word.contains("airdrop")) {
          return IncomeKind.AIRDROP;
        }
        if (word.contains("rebate") || word.contains("commission")) {
          return IncomeKind.REFERRAL;
        }
        return word.contains("earn") || word.contains("interest")
            ? IncomeKind.INTEREST
            : IncomeKind.OTHER;
      }
    }
    return IncomeKind.OTHER;
  }

  static Source source(BookEntry entry) {
    return new Source(entry.id(), entry.at(), entry.connection());
  }

  private static Map<String, BigDecimal> sums(BookEntry entry, Predicate<Flow> which) {
    Map<String, BigDecimal> sums = new LinkedHashMap<>();
    for (Flow flow : entry.flows()) {
      if (which.test(flow)) {
        sums.merge(flow.asset(), flow.amount(), BigDecimal::add);
      }
    }
    return sums;
  }
}

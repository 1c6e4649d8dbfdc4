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
import io.tallystick.valuation.Prices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private final Exchanges exchanges;
  private final List<Event> events = new ArrayList<>();
  private final List<Input.Root> sources = new ArrayList<>();
  private final Trial trial;
  private final Worths worths;

  /**
   * An interpreter of a history, or of the rest of one.
   *
   * @param journeys of the whole that is to be read
   * @param before what was read before and no chapter tells
   * @param ends the first instants after tax years, in order
   */
  public Interpreter(
      Prices prices,
      String currency,
      Journeys journeys,
      Collection<Declaration> declarations,
      Input.Rest before,
      Collection<Instant> ends) {
    this.legs = new Legs(prices, currency);
    this.declared = new Declared(declarations, before.declarations(), legs);
    this.exchanges = new Exchanges(legs, declared);
    this.journeys = journeys;
    this.trial = new Trial(before.trial());
    this.worths = new Worths(prices, currency, trial, ends, before.worths());
  }

  /** A whole history at once; its entries may come in any order. */
  public static Input whole(
      Prices prices,
      String currency,
      Collection<BookEntry> entries,
      Collection<Declaration> declarations) {
    Interpreter interpreter =
        new Interpreter(
            prices, currency, new Journeys(entries), declarations, Input.Rest.NOTHING, List.of());
    List<Chapter> read = new ArrayList<>();
    Chapters chapters = new Chapters(interpreter, Instant.MIN, 0, Chapters.SIZE, read::add);
    entries.stream()
        .sorted(Comparator.comparing(BookEntry::at).thenComparing(BookEntry::id))
        .forEach(chapters::read);
    read.add(chapters.end());
    return Input.of(read, interpreter.rest());
  }

  /** What was read so far and no chapter tells. */
  public Input.Rest rest() {
    return new Input.Rest(declared.used(), trial.sums(), List.of(), worths.passed(), null);
  }

  /** The same, when the last entry was of this instant. */
  public Input.Rest rest(Instant last) {
    return new Input.Rest(declared.used(), trial.sums(), List.of(), worths.all(last), null);
  }

  /** What was read since this was last asked. */
  Chapter take() {
    events.sort(
        Comparator.comparing((Event event) -> event.source().at())
            .thenComparing(event -> event.source().entry()));
    Chapter chapter =
        new Chapter(events, legs.assumptions(), legs.unresolved(), sources, legs.used());
    events.clear();
    sources.clear();
    legs.clear();
    return chapter;
  }

  /** Leaves out the opening balances up to an instant, which were read before. */
  void passOpenings(Instant to) {
    declared.passOpenings(to).forEach(trial::open);
    worths.skip(to);
  }

  /** When the next opening balance was there; null when there is none. */
  @Nullable Instant nextOpening() {
    return declared.nextOpening();
  }

  /** Reads the next opening balance, which was there at an instant. */
  void readOpening(Instant at) {
    // A year that it stands behind is over, whether or not an entry follows.
    worths.pass(at);
    trial.open(declared.readOpening(events));
  }

  /** Reads an entry. */
  void read(BookEntry entry) {
    worths.pass(entry.at());
    trial.add(entry);
    sources.add(new Input.Root(entry.id(), entry.revision(), entry.evidence()));
    Movements moved = Movements.of(entry);
    Naming naming = Naming.of(entry);
    List<Leg> fees = fees(entry, moved);
    if (moved.traded()) {
      exchanges.read(entry, moved, naming, fees, events);
      fees = List.of();
    }
    moved.earned().forEach((earning, quantity) -> earned(entry, earning, quantity, naming));
    moved.settled().forEach((asset, quantity) -> settled(entry, asset, quantity, naming));
    moved.lent().forEach((asset, quantity) -> owed(entry, asset, quantity));
    moved.arrived().forEach((asset, quantity) -> arrived(entry, asset, quantity, naming));
    for (Map.Entry<String, BigDecimal> out : moved.departed().entrySet()) {
      departed(entry, out.getKey(), out.getValue(), fees, naming);
      fees = List.of();
    }
    fees.forEach(fee -> charged(fee, naming));
  }

  private void earned(
      BookEntry entry, Movements.Earning earning, BigDecimal quantity, Naming naming) {
    Source source = naming.next();
    if (earning.settles()) {
      won(entry, earning.asset(), quantity, source);
      return;
    }
    if (earning.inferred()) {
      legs.assume(entry.id(), "income that follows from what came back");
    }
    events.add(
        new Event.Earned(source, earning.kind(), legs.leg(entry, earning.asset(), quantity)));
  }

  // What a position won is no income: the coin that paid it came at its value.
  private void won(BookEntry entry, String asset, BigDecimal quantity, Source source) {
    legs.open(
        "position-result",
        entry,
        asset,
        quantity,
        "report the result of the position apart; here only the coin that paid it is acquired");
    Leg leg = legs.leg(entry, asset, quantity);
    AcquisitionKind kind = AcquisitionKind.SETTLEMENT;
    events.add(new Event.Acquired(source, kind, leg, List.of(), entry.at()));
  }

  // The coin that pays for a position is disposed of; the result of the position is another thing.
  private void settled(BookEntry entry, String asset, BigDecimal quantity, Naming naming) {
    legs.open(
        "position-result",
        entry,
        asset,
        quantity,
        "report the position's result, or the reward taken back, apart; here the coin is disposed of");
    events.add(
        new Event.Disposed(
            naming.next(),
            DisposalKind.SETTLEMENT,
            legs.leg(entry, asset, quantity),
            List.of(),
            Selection.NONE));
  }

  // Borrowed units are a debt and no lot, so neither a loan nor its repayment is an event. What was
  // sold of them has no basis here: the lots that are owned do not answer for it.
  private void owed(BookEntry entry, String asset, BigDecimal quantity) {
    legs.open(
        "margin-loan",
        entry,
        asset,
        quantity.abs(),
        quantity.signum() > 0
            ? "a debt and no lot: report what was sold of it as a short position, apart"
            : "paid off a debt: report interest that it paid, and what covers a short, apart");
  }

  private void charged(Leg fee, Naming naming) {
    if (fee.quantity().signum() > 0) {
      events.add(
          new Event.Disposed(naming.next(), DisposalKind.FEE, fee, List.of(), Selection.NONE));
    } else {
      Leg back = new Leg(fee.asset(), fee.quantity().negate(), fee.worth().negated());
      events.add(new Event.Earned(naming.next(), IncomeKind.REBATE, back));
    }
  }

  private void arrived(BookEntry entry, String asset, BigDecimal quantity, Naming naming) {
    if (journeys.ends(entry) || declared.arrival(entry, asset, quantity, naming, events)) {
      return;
    }
    boolean unknown = entry.kind() == EntryKind.UNCLASSIFIED;
    if (legs.market(entry, asset, quantity) instanceof Amount.Known known
        && Prices.CURRENCIES.contains(asset)) {
      // Money costs what it is worth.
      Leg money = new Leg(asset, quantity, known);
      events.add(
          new Event.Acquired(naming.next(), AcquisitionKind.OPENING, money, List.of(), entry.at()));
      return;
    }
    Amount.Cause cause = Amount.Cause.MISSING_COST;
    Leg leg = new Leg(asset, quantity, Amount.unknown(cause, entry.id()));
    AcquisitionKind kind = unknown ? AcquisitionKind.CORRECTION : AcquisitionKind.UNLINKED_DEPOSIT;
    legs.open(
        unknown ? "unclassified" : "unlinked-deposit", entry, asset, quantity, cause.remedy());
    events.add(new Event.Acquired(naming.next(), kind, leg, List.of(), OpenLot.UNDATED));
  }

  private void departed(
      BookEntry entry, String asset, BigDecimal quantity, List<Leg> fees, Naming naming) {
    BookEntry end = journeys.endOf(entry);
    if (end != null) {
      linked(entry, end, asset, quantity, fees, naming);
      return;
    }
    Source source = naming.next();
    Event said = declared.departure(entry, asset, quantity, fees, source);
    if (said != null) {
      events.add(said);
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
    events.add(
        new Event.Transferred(source, OUTSIDE, asset, quantity, fees, declared.selection(entry)));
  }

  // What was sent and did not arrive went to the network.
  private void linked(
      BookEntry entry,
      BookEntry end,
      String asset,
      BigDecimal sent,
      List<Leg> fees,
      Naming naming) {
    BigDecimal came = Movements.of(end).arrived().getOrDefault(asset, sent);
    List<Leg> all = new ArrayList<>(fees);
    if (sent.compareTo(came) > 0) {
      all.add(legs.leg(entry, asset, sent.subtract(came)));
    }
    events.add(
        new Event.Transferred(
            naming.next(), end.connection(), asset, came, all, declared.selection(entry)));
  }

  // A fee in a coin of a trade of one for another takes its share of that trade's value by itself:
  // by the hour's price it would be worth another amount than what the trade says of the same coin.
  private List<Leg> fees(BookEntry entry, Movements moved) {
    List<Leg> fees = new ArrayList<>();
    moved
        .fees()
        .forEach((asset, quantity) ->
            fees.add(
                moved.trades(asset)
                    ? new Leg(asset, quantity, ofTrade(entry, moved, asset, quantity))
                    : legs.leg(entry, asset, quantity)));
    return fees;
  }

  private Amount ofTrade(BookEntry entry, Movements moved, String asset, BigDecimal quantity) {
    return moved.oneForAnother() && !Prices.CURRENCIES.contains(asset)
        ? Amount.unknown(Amount.Cause.MISSING_PRICE, entry.id())
        : legs.market(entry, asset, quantity);
  }
}

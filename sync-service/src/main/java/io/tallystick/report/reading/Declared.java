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
import io.tallystick.report.reading.Declaration.Kind;
import io.tallystick.report.reading.Declaration.Purpose;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies declarations to entries. The newest of a kind for an entry counts; what rests on one is
 * listed as an assumption, and the declaration is named in the report.
 */
final class Declared {
  private final Map<Key, Declaration> byEntry = new HashMap<>();
  private final ArrayDeque<Declaration> openings = new ArrayDeque<>();
  private final TreeSet<String> used = new TreeSet<>();
  private final Legs legs;

  private record Key(Kind kind, String entry) {}

  Declared(Collection<Declaration> declarations, Collection<String> usedBefore, Legs legs) {
    this.legs = legs;
    this.used.addAll(usedBefore);
    List<Declaration> ordered = new ArrayList<>(declarations);
    ordered.sort(Comparator.comparing(Declaration::madeAt).thenComparing(Declaration::id));
    List<Declaration> byTime = new ArrayList<>();
    for (Declaration one : ordered) {
      if (one.kind() == Kind.OPENING) {
        byTime.add(one);
      } else if (one.entry() != null) {
        byEntry.put(new Key(one.kind(), one.entry()), one);
      }
    }
    byTime.sort(Comparator.comparing(one -> Objects.requireNonNull(one.at())));
    openings.addAll(byTime);
  }

  /** The declarations that something rests on, sorted. */
  List<String> used() {
    return List.copyOf(used);
  }

  /** Leaves out what was there up to an instant; the assets of it. */
  List<String> passOpenings(Instant to) {
    List<String> passed = new ArrayList<>();
    for (Instant at = nextOpening(); at != null && !at.isAfter(to); at = nextOpening()) {
      passed.add(Objects.requireNonNull(openings.remove().asset()));
    }
    return passed;
  }

  /** When the next of what the books do not tell was there; null when nothing is left. */
  @Nullable Instant nextOpening() {
    Declaration next = openings.peek();
    return next == null ? null : next.at();
  }

  /** Adds the next of what the books do not tell; the asset of it. */
  String readOpening(List<Event> into) {
    Declaration one = openings.remove();
    String wallet = Objects.requireNonNull(one.connection());
    Instant at = Objects.requireNonNull(one.at());
    String asset = Objects.requireNonNull(one.asset());
    use(one, one.id());
    lots(new Naming(one.id(), at, wallet), one.id(), asset, one, into);
    return asset;
  }

  /** The lots chosen for a disposal, with the time of the choice. */
  Selection selection(BookEntry entry) {
    Declaration chosen = byEntry.get(new Key(Kind.SELECTION, entry.id()));
    if (chosen == null) {
      return Selection.NONE;
    }
    use(chosen, entry.id());
    return new Selection(
        chosen.lots().stream()
            .map(lot -> new Selection.Pick(Objects.requireNonNull(lot.lot()), lot.quantity()))
            .toList(),
        chosen.madeAt());
  }

  /** Adds what a declaration says of units that came in; false when none does. */
  boolean arrival(
      BookEntry entry, String asset, BigDecimal quantity, Naming naming, List<Event> into) {
    Declaration lots = byEntry.get(new Key(Kind.LOTS, entry.id()));
    if (lots != null) {
      if (sum(lots).compareTo(quantity) == 0) {
        use(lots, entry.id());
        Declaration gift = byEntry.get(new Key(Kind.PURPOSE, entry.id()));
        if (gift != null && gift.purpose() == Purpose.GIFT) {
          use(gift, entry.id());
          gifted(entry, asset, lots, naming, into);
        } else {
          lots(naming, entry.id(), asset, lots, into);
        }
        return true;
      }
      legs.open("declared-lots-differ", entry, asset, quantity, "declare lots of this quantity");
    }
    Declaration said = byEntry.get(new Key(Kind.PURPOSE, entry.id()));
    Event event =
        said == null || said.purpose() == null
            ? null
            : switch (said.purpose()) {
              case INCOME ->
                  new Event.Earned(
                      naming.next(),
                      said.income() == null ? IncomeKind.OTHER : said.income(),
                      worth(entry, asset, quantity, said));
              case GIFT ->
                  new Event.Acquired(
                      naming.next(),
                      AcquisitionKind.GIFT,
                      worth(entry, asset, quantity, said),
                      List.of(),
                      entry.at());
              // It comes back from where the person's other withdrawals went.
              case OWN_TRANSFER ->
                  new Event.Transferred(
                      naming.next(Interpreter.OUTSIDE),
                      entry.connection(),
                      asset,
                      quantity,
                      List.of(),
                      selection(entry));
              case DONATION, PAYMENT, SALE, LOSS -> null;
            };
    if (said == null || event == null) {
      return false;
    }
    use(said, entry.id());
    into.add(event);
    return true;
  }

  /** What a declaration says of units that went out; null when none does. */
  @Nullable Event departure(
      BookEntry entry, String asset, BigDecimal quantity, List<Leg> fees, Source source) {
    Declaration said = byEntry.get(new Key(Kind.PURPOSE, entry.id()));
    if (said == null || said.purpose() != Purpose.OWN_TRANSFER) {
      return disposal(entry, asset, quantity, fees, source);
    }
    use(said, entry.id());
    return new Event.Transferred(
        source, Interpreter.OUTSIDE, asset, quantity, fees, selection(entry));
  }

  /** The disposal that units which went out are declared to be; null when they are not. */
  @Nullable Event disposal(
      BookEntry entry, String asset, BigDecimal quantity, List<Leg> fees, Source source) {
    Declaration said = byEntry.get(new Key(Kind.PURPOSE, entry.id()));
    DisposalKind kind = said == null || said.purpose() == null ? null : disposal(said.purpose());
    if (said == null || kind == null) {
      return null;
    }
    use(said, entry.id());
    Leg leg =
        kind == DisposalKind.LOST
            ? new Leg(asset, quantity, Amount.Known.ZERO)
            : worth(entry, asset, quantity, said);
    return new Event.Disposed(source, kind, leg, fees, selection(entry));
  }

  private static @Nullable DisposalKind disposal(Purpose purpose) {
    return switch (purpose) {
      case GIFT -> DisposalKind.GIFT;
      case DONATION -> DisposalKind.DONATION;
      case PAYMENT -> DisposalKind.PAYMENT;
      case SALE -> DisposalKind.SALE;
      case LOSS -> DisposalKind.LOST;
      case OWN_TRANSFER, INCOME -> null;
    };
  }

  private Leg worth(BookEntry entry, String asset, BigDecimal quantity, Declaration said) {
    BigDecimal value = said.value();
    return value == null
        ? legs.leg(entry, asset, quantity)
        : new Leg(
            asset, quantity, legs.stated(value, said.currency(), entry.at(), entry.id(), quantity));
  }

  private void use(Declaration one, String entry) {
    used.add(one.id());
    String money = one.unnamed() ? ", its money taken to be " + legs.currency() : "";
    legs.assume(entry, "declaration " + one.id() + money);
  }

  private static BigDecimal sum(Declaration lots) {
    return lots.lots().stream()
        .map(Declaration.Lot::quantity)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  // The giver's lots; what they were worth when they came decides about losses in some places.
  private void gifted(
      BookEntry entry, String asset, Declaration said, Naming naming, List<Event> into) {
    for (Declaration.Lot lot : said.lots()) {
      Source source = naming.next();
      Instant acquired = lot.acquired();
      into.add(
          new Event.Gifted(
              source,
              cost(said, lot, asset, source, entry.id()),
              acquired == null ? OpenLot.UNDATED : acquired,
              legs.market(entry, asset, lot.quantity())));
    }
  }

  // Each lot is an acquisition of its own.
  private void lots(Naming naming, String entry, String asset, Declaration said, List<Event> into) {
    for (Declaration.Lot lot : said.lots()) {
      Source source = naming.next();
      Instant acquired = lot.acquired();
      into.add(
          new Event.Acquired(
              source,
              AcquisitionKind.OPENING,
              cost(said, lot, asset, source, entry),
              List.of(),
              acquired == null ? OpenLot.UNDATED : acquired));
    }
  }

  // At the rate of the day on which it was paid.
  private Leg cost(
      Declaration said, Declaration.Lot lot, String asset, Source source, String entry) {
    BigDecimal cost = lot.cost();
    Instant paid = lot.acquired() == null ? source.at() : lot.acquired();
    return new Leg(
        asset,
        lot.quantity(),
        cost == null
            ? Amount.unknown(Amount.Cause.MISSING_COST, entry)
            : legs.stated(cost, said.currency(), paid, entry, lot.quantity()));
  }
}

package io.tallystick.report.reading;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Source;
import io.tallystick.ledger.EntryKind;
import io.tallystick.valuation.Prices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads trades and conversions as events. */
final class Exchanges {
  private final Legs legs;
  private final Declared declared;

  Exchanges(Legs legs, Declared declared) {
    this.legs = legs;
    this.declared = declared;
  }

  /** Adds what an entry exchanged. */
  void read(BookEntry entry, Movements moved, Naming naming, List<Leg> fees, List<Event> into) {
    Map<String, BigDecimal> given = moved.given();
    Map<String, BigDecimal> received = moved.received();
    if (moved.oneForAnother()) {
      into.add(traded(entry, moved, naming.next(), fees));
    } else if (!given.isEmpty() && !received.isEmpty()) {
      into.add(
          new Event.Exchanged(naming.next(), priced(entry, given), priced(entry, received), fees));
    } else {
      List<Leg> charged = fees;
      for (Map.Entry<String, BigDecimal> side : given.entrySet()) {
        into.add(gone(entry, moved, side, charged, naming.next()));
        charged = List.of();
      }
      for (Map.Entry<String, BigDecimal> side : received.entrySet()) {
        Leg leg = came(entry, moved, side, naming, into);
        if (leg != null) {
          into.add(
              new Event.Acquired(naming.next(), AcquisitionKind.SWAP, leg, charged, entry.at()));
        }
        charged = List.of();
      }
    }
  }

  private Event traded(BookEntry entry, Movements moved, Source source, List<Leg> fees) {
    var out = moved.given().entrySet().iterator().next();
    var in = moved.received().entrySet().iterator().next();
    Amount value = value(entry, out, in);
    return new Event.Traded(
        source,
        new Leg(out.getKey(), out.getValue(), value),
        new Leg(in.getKey(), in.getValue(), value),
        fees,
        declared.selection(entry));
  }

  // A fill at a price of zero brought nothing. A conversion of which the venue told one side only
  // brought something that nobody has said; for money without rates it was the market's worth.
  private Event gone(
      BookEntry entry,
      Movements moved,
      Map.Entry<String, BigDecimal> side,
      List<Leg> fees,
      Source source) {
    Leg leg = new Leg(side.getKey(), side.getValue(), Amount.Known.ZERO);
    if (entry.kind() != EntryKind.TRADE) {
      Event said = declared.disposal(entry, leg.asset(), leg.quantity(), fees, source);
      if (said != null) {
        return said;
      }
      leg =
          oneSided(
              entry,
              moved,
              new Leg(
                  leg.asset(),
                  leg.quantity(),
                  Amount.unknown(Amount.Cause.MISSING_PRICE, entry.id())),
              "declare a sale with the value of what came for it");
    }
    return new Event.Disposed(source, DisposalKind.SWAP, leg, fees, Selection.NONE);
  }

  // Null when a declaration says what it is.
  private @Nullable Leg came(
      BookEntry entry,
      Movements moved,
      Map.Entry<String, BigDecimal> side,
      Naming naming,
      List<Event> into) {
    Leg leg = new Leg(side.getKey(), side.getValue(), Amount.Known.ZERO);
    if (entry.kind() == EntryKind.TRADE) {
      return leg;
    }
    if (declared.arrival(entry, leg.asset(), leg.quantity(), naming, into)) {
      return null;
    }
    Amount.Cause cause = Amount.Cause.MISSING_COST;
    Amount unknown = Amount.unknown(cause, entry.id());
    return oneSided(entry, moved, new Leg(leg.asset(), leg.quantity(), unknown), cause.remedy());
  }

  private Leg oneSided(BookEntry entry, Movements moved, Leg unknown, String remedy) {
    if (moved.unrated().isEmpty()) {
      legs.open("one-sided-conversion", entry, unknown.asset(), unknown.quantity(), remedy);
      return unknown;
    }
    legs.assume(
        entry.id(),
        "valued at its market price: there are no rates of " + String.join(", ", moved.unrated()));
    return legs.leg(entry, unknown.asset(), unknown.quantity());
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
}

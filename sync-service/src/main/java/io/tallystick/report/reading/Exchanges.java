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
    if (given.size() == 1 && received.size() == 1) {
      into.add(traded(entry, moved, naming.next(), fees));
    } else if (!given.isEmpty() && !received.isEmpty()) {
      into.add(
          new Event.Exchanged(naming.next(), priced(entry, given), priced(entry, received), fees));
    } else {
      List<Leg> charged = fees;
      for (Map.Entry<String, BigDecimal> side : given.entrySet()) {
        into.add(gone(entry, side.getKey(), side.getValue(), charged, naming.next()));
        charged = List.of();
      }
      for (Map.Entry<String, BigDecimal> side : received.entrySet()) {
        came(entry, side.getKey(), side.getValue(), charged, naming, into);
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
  // brought something that nobody has said.
  private Event gone(
      BookEntry entry, String asset, BigDecimal quantity, List<Leg> fees, Source source) {
    Amount worth = Amount.Known.ZERO;
    if (entry.kind() != EntryKind.TRADE) {
      Event said = declared.disposal(entry, asset, quantity, fees, source);
      if (said != null) {
        return said;
      }
      worth = Amount.unknown(Amount.Cause.MISSING_PRICE, entry.id());
      legs.open(
          "one-sided-conversion",
          entry,
          asset,
          quantity,
          "declare a sale with the value of what came for it");
    }
    Leg leg = new Leg(asset, quantity, worth);
    return new Event.Disposed(source, DisposalKind.SWAP, leg, fees, Selection.NONE);
  }

  private void came(
      BookEntry entry,
      String asset,
      BigDecimal quantity,
      List<Leg> fees,
      Naming naming,
      List<Event> into) {
    Amount cost = Amount.Known.ZERO;
    if (entry.kind() != EntryKind.TRADE) {
      if (declared.arrival(entry, asset, quantity, naming, into)) {
        return;
      }
      cost = Amount.unknown(Amount.Cause.MISSING_COST, entry.id());
      legs.open("one-sided-conversion", entry, asset, quantity, Amount.Cause.MISSING_COST.remedy());
    }
    Leg leg = new Leg(asset, quantity, cost);
    into.add(new Event.Acquired(naming.next(), AcquisitionKind.SWAP, leg, fees, entry.at()));
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

package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Known;
import io.tallystick.costbasis.Precision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of one acquisition while the engine works; changed in place, never shown outside.
 * The units and cost it began with are kept because their exact ratio orders lots by unit cost,
 * which the rounded remainder of a partly used lot must not disturb.
 */
final class Lot {

  /** Oldest first; lots of one instant by id. */
  static final Comparator<Lot> BY_AGE =
      (a, b) -> {
        int age = a.acquired.compareTo(b.acquired);
        return age != 0 ? age : a.id.compareTo(b.id);
      };

  /** Dearest first; unknown costs last, then the older. */
  static final Comparator<Lot> DEAREST = byUnitCost(-1);

  /** Cheapest first; unknown costs last, then the older. */
  static final Comparator<Lot> CHEAPEST = byUnitCost(1);

  final String id;
  final Instant acquired;

  /** {@link #id} as the trace of a match; one list for all matches of the lot. */
  final List<String> trace;

  BigDecimal units;
  Amount cost;
  BigDecimal firstUnits;
  final Amount firstCost;

  /** What a gift was worth when given; null for any other acquisition. */
  @Nullable Gift gift;

  private BigDecimal unitCost = BigDecimal.ZERO;

  Lot(String id, Instant acquired, BigDecimal units, Amount cost) {
    this(id, acquired, List.of(id), units, cost, units, cost);
  }

  Lot(
      String id,
      Instant acquired,
      List<String> trace,
      BigDecimal units,
      Amount cost,
      BigDecimal firstUnits,
      Amount firstCost) {
    this.id = id;
    this.acquired = acquired;
    this.trace = trace;
    this.units = units;
    this.cost = cost;
    this.firstUnits = firstUnits;
    this.firstCost = firstCost;
  }

  private static Comparator<Lot> byUnitCost(int direction) {
    return (a, b) -> {
      if (a.cost.known() != b.cost.known()) {
        return a.cost.known() ? -1 : 1;
      }
      int cost = a.unitCost.compareTo(b.unitCost);
      return cost != 0 ? direction * cost : BY_AGE.compare(a, b);
    };
  }

  /**
   * Must be called before the lot enters an order by unit cost, and after its units change scale.
   */
  void rank() {
    if (firstCost instanceof Known(BigDecimal known)) {
      unitCost = Precision.quotient(known, firstUnits);
    }
  }

  boolean empty() {
    return units.signum() == 0;
  }

  /** Takes some or all of the units off; the last take all that is left of the cost. */
  Lot take(BigDecimal part) {
    Amount partCost = takeCost(part);
    Lot piece = new Lot(id, acquired, trace, part, partCost, firstUnits, firstCost);
    piece.gift = gift;
    return piece;
  }

  /** As {@link #take}, when only the cost of the part is wanted. */
  Amount takeCost(BigDecimal part) {
    if (part.compareTo(units) == 0) {
      Amount all = cost;
      units = BigDecimal.ZERO;
      cost = cost.known() ? Amount.Known.ZERO : cost;
      return all;
    }
    Amount taken = cost.share(part, units);
    units = units.subtract(part);
    cost = cost.minus(taken);
    return taken;
  }

  /** The same lot as units of another asset; one for one it keeps its place among unit costs. */
  Lot as(BigDecimal received) {
    if (received.compareTo(units) == 0) {
      return this;
    }
    Lot lot = new Lot(id, acquired, trace, received, cost, received, cost);
    lot.gift = gift;
    return lot;
  }

  /** Whether a part belongs to the same acquisition at the same unit cost. */
  boolean joins(Lot part) {
    return acquired.equals(part.acquired)
        && firstCost.equals(part.firstCost)
        && firstUnits.compareTo(part.firstUnits) == 0;
  }

  /** Another part of the same acquisition comes back to this one. */
  void join(Lot part) {
    units = units.add(part.units);
    cost = cost.plus(part.cost);
  }

  void resize(BigDecimal factor) {
    units = units.multiply(factor);
    firstUnits = firstUnits.multiply(factor);
  }

  /**
   * Units received as a gift with the giver's cost, and what they were worth then (26 USC 1015): a
   * loss is measured from the lower of the two, and between them there is neither gain nor loss.
   *
   * @param value market value of the whole gift when it was given
   * @param cost the giver's cost of the whole gift, not zero
   */
  record Gift(Amount value, BigDecimal cost) {

    /** The basis of a part that cost its giver {@code carried} and brings {@code net}. */
    Amount basis(Amount carried, Amount net) {
      if (!(carried instanceof Known(BigDecimal its))
          || !(net instanceof Known(BigDecimal brings))) {
        return carried;
      }
      if (brings.compareTo(its) >= 0) {
        return carried;
      }
      return switch (value) {
        case Known(BigDecimal whole) -> {
          BigDecimal lower = Precision.share(its, whole, cost).min(its);
          yield Amount.of(brings.max(lower));
        }
        case Amount.Unknown unknown -> unknown;
      };
    }

    void write(StateWriter out) {
      out.amount(value);
      out.decimal(cost);
    }

    static Gift read(StateReader in) {
      return new Gift(in.amount(), in.decimal());
    }
  }
}

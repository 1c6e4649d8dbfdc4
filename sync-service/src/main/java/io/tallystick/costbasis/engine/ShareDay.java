package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.engine.Rows.Part;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One day of one asset under share matching: its acquisitions as one, its disposals as one. */
final class ShareDay {

  /** What no disposal has claimed yet. */
  final Pool left;

  /** Units owned before, which came to where they are seen: they only enter the pool. */
  final Pool brought;

  /** What takes part in matching, whether its gain is recognised or not. */
  private final List<Waiting> disposals = new ArrayList<>();

  /** Units lost or corrected away, which leave the pool after the day's disposals. */
  final List<Waiting> removals = new ArrayList<>();

  BigDecimal acquired = BigDecimal.ZERO;
  BigDecimal disposed = BigDecimal.ZERO;
  private final List<String> lots = new ArrayList<>();
  private Instant firstAcquired = OpenLot.UNDATED;

  ShareDay() {
    this(new Pool(), new Pool());
  }

  private ShareDay(Pool left, Pool brought) {
    this.left = left;
    this.brought = brought;
  }

  static ShareDay read(StateReader in) {
    ShareDay day = new ShareDay(Pool.read(in), Pool.read(in));
    day.acquired = in.decimal();
    day.disposed = in.decimal();
    day.firstAcquired = in.instant();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      day.lots.add(in.text());
    }
    count = in.count();
    for (int i = 0; i < count; i++) {
      day.disposals.add(Waiting.read(in));
    }
    count = in.count();
    for (int i = 0; i < count; i++) {
      day.removals.add(Waiting.read(in));
    }
    return day;
  }

  void write(StateWriter out) {
    left.write(out);
    brought.write(out);
    out.decimal(acquired);
    out.decimal(disposed);
    out.instant(firstAcquired);
    out.count(lots.size());
    lots.forEach(out::text);
    out.count(disposals.size());
    disposals.forEach(step -> step.write(out));
    out.count(removals.size());
    removals.forEach(step -> step.write(out));
  }

  void acquire(Op.Acquire op, BigDecimal units, Instant bought) {
    if (lots.isEmpty()) {
      firstAcquired = bought;
    }
    lots.add(op.source().entry());
    acquired = acquired.add(units);
    left.add(units, op.cost());
  }

  /**
   * Takes part in matching unless the units were lost: a gift is a disposal even where its gain is
   * not recognised.
   */
  void dispose(Op.Dispose op, BigDecimal units) {
    boolean given = op.kind() == DisposalKind.GIFT || op.kind() == DisposalKind.DONATION;
    if (op.recognised() || given) {
      disposals.add(new Waiting(op, units));
      disposed = disposed.add(units);
    } else {
      removals.add(new Waiting(op, units));
    }
  }

  /** Whether the day's own acquisitions cover its disposals, so that no later day matters. */
  boolean explained() {
    return disposed.compareTo(acquired) <= 0;
  }

  /** What earlier days' disposals may claim: the day's own disposals come first. */
  BigDecimal free() {
    return left.units.subtract(acquired.min(disposed));
  }

  /** The day's disposals as one; behind them, as one too, those whose gain is not recognised. */
  List<Group> groups() {
    return Stream.of(true, false)
        .map(recognised ->
            new Group(
                disposals.stream()
                    .filter(step -> step.dispose().recognised() == recognised)
                    .toList()))
        .filter(group -> !group.steps.isEmpty())
        .toList();
  }

  /** Disposals of a day that count as one, with what was claimed for them. */
  static final class Group {
    final List<Part> parts = new ArrayList<>();
    final BigDecimal units;
    private final List<Waiting> steps;
    private BigDecimal rest;

    private Group(List<Waiting> steps) {
      this.steps = steps;
      this.units = steps.stream().map(step -> step.units).reduce(BigDecimal.ZERO, BigDecimal::add);
      this.rest = units;
    }

    /** How many units nothing was claimed for. */
    BigDecimal rest() {
      return rest;
    }

    /** Claims what is needed of a day, and no more than so much. */
    void claim(ShareDay day, BigDecimal most, Match.Rule rule) {
      BigDecimal units = rest.min(most).min(day.left.units);
      if (units.signum() > 0) {
        Amount cost = day.left.take(units);
        parts.add(new Part(rule, List.copyOf(day.lots), day.firstAcquired, units, cost));
        rest = rest.subtract(units);
      }
    }

    /** The disposals as one. */
    Op.Dispose merged() {
      Op.Dispose first = steps.getFirst().dispose();
      if (steps.size() == 1) {
        return first;
      }
      BigDecimal quantity = BigDecimal.ZERO;
      Amount gross = Amount.Known.ZERO;
      Amount sellingCosts = Amount.Known.ZERO;
      DisposalKind kind = first.kind();
      for (Waiting step : steps) {
        Op.Dispose op = step.dispose();
        quantity = quantity.add(op.quantity());
        gross = gross.plus(op.gross());
        sellingCosts = sellingCosts.plus(op.sellingCosts());
        kind = kind == op.kind() ? kind : DisposalKind.MIXED;
      }
      return new Op.Dispose(
          first.source(),
          kind,
          first.asset(),
          quantity,
          gross,
          sellingCosts,
          Selection.NONE,
          first.recognised(),
          Op.DISPOSE);
    }

    /** The disposals one by one; empty for a single one. */
    List<Disposal.Part> singly() {
      if (steps.size() == 1) {
        return List.of();
      }
      return steps.stream()
          .map(Waiting::dispose)
          .map(op ->
              new Disposal.Part(
                  op.source(), op.kind(), op.quantity(), op.gross(), op.sellingCosts()))
          .toList();
    }
  }

  void resize(BigDecimal factor) {
    left.resize(factor);
    brought.resize(factor);
    acquired = acquired.multiply(factor);
    disposed = disposed.multiply(factor);
    disposals.forEach(step -> step.resize(factor));
    removals.forEach(step -> step.resize(factor));
  }

  /** The same day of an asset that was renamed to this one's. */
  ShareDay plus(ShareDay that) {
    if (lots.isEmpty()) {
      firstAcquired = that.firstAcquired;
    }
    lots.addAll(that.lots);
    acquired = acquired.add(that.acquired);
    disposed = disposed.add(that.disposed);
    left.add(that.left.units, that.left.cost);
    brought.add(that.brought.units, that.brought.cost);
    disposals.addAll(that.disposals);
    removals.addAll(that.removals);
    return this;
  }
}

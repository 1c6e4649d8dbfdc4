package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Cause;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Precision;
import io.tallystick.costbasis.Rules;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.Term;
import io.tallystick.costbasis.engine.Lot.Gift;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes disposals and what is said beside them; the same for every method. */
final class Rows {

  private final Settings settings;
  private final Consumer<? super Line> out;
  private boolean provisional;

  Rows(Settings settings, Consumer<? super Line> out) {
    this.settings = settings;
    this.out = out;
  }

  /** Marks everything said from now on as provisional. */
  void becomeProvisional() {
    provisional = true;
  }

  void say(Line line) {
    out.accept(line);
  }

  void issue(Issue.Kind kind, Source source, String asset, BigDecimal quantity, Amount money) {
    out.accept(new Issue(kind, source, asset, quantity, money));
  }

  /**
   * Writes a disposal of {@code units} matched by {@code parts}; what they leave open is missing.
   */
  Disposal disposal(
      Op.Dispose op,
      BigDecimal units,
      List<Part> parts,
      Amount denied,
      List<Disposal.Part> merged) {
    List<Match> matches = new ArrayList<>(parts.size() + 1);
    Remainder rest = new Remainder(op, units);
    for (Part part : parts) {
      matches.add(rest.match(part, term(op, part)));
    }
    if (rest.units.signum() > 0) {
      matches.add(missing(op, rest));
    }
    if (!op.gross().known() || !op.sellingCosts().known()) {
      Amount value = op.gross().minus(op.sellingCosts());
      issue(Issue.Kind.MISSING_PRICE, op.source(), op.asset(), op.quantity(), value);
    }
    Disposal row =
        new Disposal(
            op.source(),
            op.kind(),
            op.asset(),
            op.quantity(),
            op.gross(),
            op.sellingCosts(),
            denied,
            op.recognised(),
            provisional,
            matches.size() == 1 ? List.of(matches.getFirst()) : List.copyOf(matches),
            merged);
    out.accept(row);
    return row;
  }

  /** Writes what a pool holds after a disposal, in the units of the disposal's own date. */
  void pooled(Op.Dispose op, BigDecimal units, Pool pool) {
    BigDecimal quantity =
        units.compareTo(op.quantity()) == 0
            ? pool.units
            : Precision.share(pool.units, op.quantity(), units);
    out.accept(new Line.Pooled(op.source(), op.asset(), quantity, pool.cost));
  }

  private Match missing(Op.Dispose op, Remainder rest) {
    BigDecimal units = rest.units;
    boolean free = settings.rules().shortfall() == Rules.Shortfall.ZERO;
    Amount cost =
        free ? Amount.Known.ZERO : Amount.unknown(Cause.MISSING_ACQUISITION, op.source().entry());
    Match.Rule rule = free ? Match.Rule.ZERO_BASIS : Match.Rule.MISSING;
    Part part = new Part(rule, List.of(), OpenLot.UNDATED, units, cost);
    Match match = rest.match(part, term(op, part));
    Issue.Kind kind =
        settings.rules().shortfall() == Rules.Shortfall.ERROR
            ? Issue.Kind.REFUSED
            : Issue.Kind.SHORTFALL;
    issue(kind, op.source(), op.asset(), match.quantity(), match.gross());
    return match;
  }

  private Term term(Op.Dispose op, Part part) {
    return settings.calendar().term(part.acquired(), op.source().at());
  }

  /** Splits quantity, proceeds and selling costs over the parts; the last takes what is left. */
  private static final class Remainder {
    private final Op.Dispose op;
    private final BigDecimal allUnits;
    private final boolean sameUnits;
    private BigDecimal units;
    private BigDecimal quantity;
    private Amount gross;
    private Amount sellingCosts;

    Remainder(Op.Dispose op, BigDecimal units) {
      this.op = op;
      this.allUnits = units;
      this.sameUnits = units.compareTo(op.quantity()) == 0;
      this.units = units;
      this.quantity = op.quantity();
      this.gross = op.gross();
      this.sellingCosts = op.sellingCosts();
    }

    Match match(Part part, Term term) {
      BigDecimal partUnits = part.units();
      units = units.subtract(partUnits);
      boolean last = units.signum() == 0;
      BigDecimal ownQuantity = last ? quantity : own(partUnits);
      Amount partGross = last ? gross : op.gross().share(partUnits, allUnits);
      Amount partCosts = last ? sellingCosts : op.sellingCosts().share(partUnits, allUnits);
      quantity = quantity.subtract(ownQuantity);
      gross = gross.minus(partGross);
      sellingCosts = sellingCosts.minus(partCosts);
      Gift gift = part.gift();
      Amount cost =
          gift == null ? part.cost() : gift.basis(part.cost(), partGross.minus(partCosts));
      return new Match(
          part.rule(), part.lots(), part.acquired(), ownQuantity, cost, partGross, partCosts, term);
    }

    private BigDecimal own(BigDecimal partUnits) {
      return sameUnits ? partUnits : Precision.share(op.quantity(), partUnits, allUnits);
    }
  }

  /** Units taken for a disposal, in the book's own units, with their cost. */
  record Part(
      Match.Rule rule,
      List<String> lots,
      Instant acquired,
      BigDecimal units,
      Amount cost,
      @Nullable Gift gift) {

    Part(Match.Rule rule, List<String> lots, Instant acquired, BigDecimal units, Amount cost) {
      this(rule, lots, acquired, units, cost, null);
    }
  }
}

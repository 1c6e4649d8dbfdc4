package io.tallystick.costbasis;

import java.math.BigDecimal;
import java.util.List;

/**
 * A disposal with its matches.
 *
 * @param source the disposing event; the first of the day when a day was added up
 * @param kind how the units left
 * @param asset the asset
 * @param quantity units, in the units of their own date; equals the sum over the matches
 * @param gross gross proceeds; equals the sum over the matches
 * @param sellingCosts selling costs; equals the sum over the matches
 * @param denied the part of a loss that a superficial-loss rule disallows, zero or more
 * @param recognised whether a gain counts; a row that is not recognised keeps its basis visible
 * @param provisional whether later events can still change the row by rule (open 30-day windows,
 *     running tax year)
 * @param matches in the order in which they were made
 * @param merged the disposals of one day that were added up; empty for a single disposal
 */
public record Disposal(
    Source source,
    DisposalKind kind,
    String asset,
    BigDecimal quantity,
    Amount gross,
    Amount sellingCosts,
    Amount denied,
    boolean recognised,
    boolean provisional,
    List<Match> matches,
    List<Part> merged)
    implements Line {

  /** One of several disposals of a day. */
  public record Part(
      Source source, DisposalKind kind, BigDecimal quantity, Amount gross, Amount sellingCosts) {}

  /** Gross proceeds less selling costs. */
  public Amount net() {
    return gross.minus(sellingCosts);
  }

  /** Cost of the units that left; unknown when any match is. */
  public Amount basis() {
    Amount sum = matches.getFirst().cost();
    for (int i = 1; i < matches.size(); i++) {
      sum = sum.plus(matches.get(i).cost());
    }
    return sum;
  }

  /** Net proceeds less basis, plus what is denied of a loss; unknown when any match is. */
  public Amount gain() {
    return net().minus(basis()).plus(denied);
  }

  /** The gain of the matches whose gain is known, plus what is denied of a loss. */
  public BigDecimal determinedGain() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Match match : matches) {
      if (match.gain() instanceof Amount.Known(BigDecimal gain)) {
        sum = sum.add(gain);
      }
    }
    return denied instanceof Amount.Known(BigDecimal back) ? sum.add(back) : sum;
  }

  /** The quantity whose gain is undetermined. */
  public BigDecimal undeterminedQuantity() {
    return matches.stream()
        .filter(match -> !match.gain().known())
        .map(Match::quantity)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}

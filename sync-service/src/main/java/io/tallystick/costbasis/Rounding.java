package io.tallystick.costbasis;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Rounding at a report's edge; the engine itself never rounds. Lines foot: round proceeds and
 * costs, then subtract.
 *
 * @param places decimal places of the currency's minor unit, 0 for whole units
 * @param proceeds mode for what comes in
 * @param costs mode for what goes out
 */
public record Rounding(int places, RoundingMode proceeds, RoundingMode costs) {

  /** Half up in both directions. */
  public static Rounding halfUp(int places) {
    return new Rounding(places, RoundingMode.HALF_UP, RoundingMode.HALF_UP);
  }

  /** Whole units in the taxpayer's favour: proceeds down, costs up. */
  public static Rounding inFavour() {
    return new Rounding(0, RoundingMode.FLOOR, RoundingMode.CEILING);
  }

  /** Gross proceeds, income and other money in. */
  public BigDecimal roundProceeds(BigDecimal exact) {
    return Precision.reliable(exact).setScale(places, proceeds);
  }

  /** Basis, selling costs and other money out. */
  public BigDecimal roundCosts(BigDecimal exact) {
    return Precision.reliable(exact).setScale(places, costs);
  }

  /** Proceeds split over several lines so that the lines add up to the rounded whole. */
  public List<BigDecimal> splitProceeds(List<BigDecimal> exact) {
    return split(exact, proceeds);
  }

  /** Costs split over several lines so that the lines add up to the rounded whole. */
  public List<BigDecimal> splitCosts(List<BigDecimal> exact) {
    return split(exact, costs);
  }

  private List<BigDecimal> split(List<BigDecimal> exact, RoundingMode mode) {
    List<BigDecimal> parts = new ArrayList<>(exact.size());
    BigDecimal running = BigDecimal.ZERO;
    BigDecimal told = BigDecimal.ZERO.setScale(places);
    for (BigDecimal part : exact) {
      running = running.add(part);
      BigDecimal upTo = Precision.reliable(running).setScale(places, mode);
      parts.add(upTo.subtract(told));
      told = upTo;
    }
    return List.copyOf(parts);
  }
}

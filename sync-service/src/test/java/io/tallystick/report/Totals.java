package io.tallystick.report;

import io.tallystick.report.layout.Laid;
import java.util.Set;

/** The sums of a report, of what was laid out as tables. */
final class Totals {
  private Totals() {}

  /** The sums of a year as the report's totals tell them. */
  static Tally.Year of(Laid laid, int year) {
    Tally tally = new Tally(laid.settings(), Set.of(), Tally.Totals.NOTHING);
    laid.lines().forEach(tally::add);
    return tally.totals().years().stream()
        .filter(one -> one.year() == year)
        .findFirst()
        .orElseThrow();
  }
}

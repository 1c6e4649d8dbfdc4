package io.tallystick.report.layout;

import io.tallystick.costbasis.Disposal;
import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Gains before they were rounded, beside the sum of the rounded lines: how a form's total, which is
 * the sum of its lines, comes from the report's, which is rounded once.
 */
final class Footing {
  // More is noise to who reads it; quotients have no end.
  private static final int PLACES = 8;

  private BigDecimal exact = BigDecimal.ZERO;
  private int undetermined;

  /** Adds the parts of a disposal whose gain is known. */
  void add(Disposal disposal) {
    exact = exact.add(disposal.determinedGain());
    undetermined +=
        (int) disposal.matches().stream().filter(match -> !match.gain().known()).count();
  }

  /** Says what the lines come to and what rounding them took; and what is in no sum. */
  void tell(Sheet.Rows rows, BigDecimal lines) {
    BigDecimal shown = exact.setScale(PLACES, RoundingMode.HALF_EVEN);
    rows.note("gains less losses, the sum of the rounded lines: " + Decimals.text(lines));
    rows.note(
        "the same before rounding: %s; rounding of the lines: %s"
            .formatted(text(shown), text(lines.subtract(shown))));
    rows.note("parts without a known gain, in no sum: " + undetermined);
  }

  private static String text(BigDecimal amount) {
    return Decimals.text(amount.stripTrailingZeros());
  }
}

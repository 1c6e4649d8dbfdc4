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
    rows.note("gains less losses, the sum of the rounded lines: " + Decimals.text(lines));
    rows.note(before(lines, exact));
    rows.note("parts without a known gain, in no sum: " + undetermined);
  }

  /** Says what rounded lines come to, and what rounding them took of the exact sum. */
  static void tell(Sheet.Rows rows, String what, BigDecimal lines, BigDecimal exact) {
    rows.note(what + text(lines) + "; " + before(lines, exact));
  }

  private static String before(BigDecimal lines, BigDecimal exact) {
    BigDecimal shown = exact.setScale(PLACES, RoundingMode.HALF_EVEN);
    return "the same before rounding: %s; rounding of the lines: %s"
        .formatted(text(shown), text(lines.subtract(shown)));
  }

  private static String text(BigDecimal amount) {
    return Decimals.text(amount.stripTrailingZeros());
  }
}

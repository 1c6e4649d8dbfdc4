package io.tallystick.costbasis;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The one division of the library. Quotients are kept to {@link #SCALE} places, half-even; whoever
 * takes the last part takes the remainder, so that no sum ever loses a digit.
 */
public final class Precision {

  /** Decimal places of a quotient: at least 34 significant digits for a millionth of a unit. */
  public static final int SCALE = 40;

  /**
   * Places to which a result is read before it is rounded for a person: closes the gap of a few
   * units in the fortieth place that earlier quotients leave, so that an exact tie stays a tie.
   */
  public static final int RELIABLE = 30;

  private Precision() {}

  /** amount × part / whole; {@code whole} must not be zero. */
  public static BigDecimal share(BigDecimal amount, BigDecimal part, BigDecimal whole) {
    return amount.multiply(part).divide(whole, SCALE, RoundingMode.HALF_EVEN);
  }

  /** amount / whole; {@code whole} must not be zero. */
  public static BigDecimal quotient(BigDecimal amount, BigDecimal whole) {
    return amount.divide(whole, SCALE, RoundingMode.HALF_EVEN);
  }

  /** The value without the noise beyond its reliable places. */
  public static BigDecimal reliable(BigDecimal value) {
    return value.scale() <= RELIABLE ? value : value.setScale(RELIABLE, RoundingMode.HALF_EVEN);
  }
}

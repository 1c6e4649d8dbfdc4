package io.tallystick.costbasis.engine;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An exact fraction in lowest terms, for the reference that tests are compared with. */
record Fraction(BigInteger over, BigInteger under) implements Comparable<Fraction> {

  static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
  static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

  Fraction {
    BigInteger common = over.gcd(under);
    if (under.signum() < 0) {
      common = common.negate();
    }
    over = over.divide(common);
    under = under.divide(common);
  }

  static Fraction of(BigDecimal value) {
    return value.scale() >= 0
        ? new Fraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
        : new Fraction(value.toBigIntegerExact(), BigInteger.ONE);
  }

  Fraction plus(Fraction that) {
    return new Fraction(
        over.multiply(that.under).add(that.over.multiply(under)), under.multiply(that.under));
  }

  Fraction minus(Fraction that) {
    return plus(new Fraction(that.over.negate(), that.under));
  }

  Fraction times(Fraction that) {
    return new Fraction(over.multiply(that.over), under.multiply(that.under));
  }

  Fraction by(Fraction that) {
    return new Fraction(over.multiply(that.under), under.multiply(that.over));
  }

  Fraction min(Fraction that) {
    return compareTo(that) <= 0 ? this : that;
  }

  int sign() {
    return over.signum();
  }

  @Override
  public int compareTo(Fraction that) {
    return over.multiply(that.under).compareTo(that.over.multiply(under));
  }

  /** Whether a decimal is this fraction up to a tolerance far below any that matters. */
  boolean near(BigDecimal value) {
    Fraction difference = minus(of(value));
    Fraction tolerance = new Fraction(BigInteger.ONE, BigInteger.TEN.pow(26));
    Fraction size = difference.sign() < 0 ? ZERO.minus(difference) : difference;
    return size.compareTo(tolerance) <= 0;
  }

  @Override
  public String toString() {
    return over + "/" + under;
  }
}

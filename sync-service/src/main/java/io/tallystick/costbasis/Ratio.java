package io.tallystick.costbasis;

import java.math.BigInteger;
import java.util.List;

/**
 * An exact ratio of new units to old ones, in lowest terms.
 *
 * @param fresh units after, positive
 * @param old units before, positive
 */
public record Ratio(BigInteger fresh, BigInteger old) {

  /** Brings the ratio to lowest terms; throws on a ratio that is not positive. */
  public Ratio {
    if (fresh.signum() <= 0 || old.signum() <= 0) {
      throw new IllegalArgumentException("a ratio has two positive terms");
    }
    BigInteger common = fresh.gcd(old);
    fresh = fresh.divide(common);
    old = old.divide(common);
  }

  /** Reads "new/old" (such as 1/1000) or one whole number. */
  public static Ratio of(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new Ratio(new BigInteger(text), BigInteger.ONE)
        : new Ratio(
            new BigInteger(text.substring(0, slash)), new BigInteger(text.substring(slash + 1)));
  }

  /** Whether a decimal can express the ratio: the old units divide by nothing but two and five. */
  public boolean decimal() {
    BigInteger rest = old;
    for (BigInteger prime : List.of(BigInteger.TWO, BigInteger.valueOf(5))) {
      while (rest.mod(prime).signum() == 0) {
        rest = rest.divide(prime);
      }
    }
    return rest.equals(BigInteger.ONE);
  }
}

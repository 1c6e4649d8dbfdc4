package io.tallystick.costbasis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallystick.costbasis.Amount.Cause;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class AmountTest {

  private static final Amount TEN = Amount.of("10");
  private static final Amount NO_PRICE = Amount.unknown(Cause.MISSING_PRICE, "e1");
  private static final Amount NO_COST = Amount.unknown(Cause.MISSING_COST, "e2");

  @Test
  void unknownNeverTurnsIntoANumber() {
    assertEquals(NO_PRICE, TEN.plus(NO_PRICE));
    assertEquals(NO_PRICE, NO_PRICE.minus(TEN));
    assertEquals(NO_PRICE, NO_PRICE.negated());
    assertEquals(NO_PRICE, NO_PRICE.share(BigDecimal.ZERO, BigDecimal.TEN));
    assertFalse(NO_PRICE.minus(NO_PRICE).known());
  }

  @Test
  void severalUnknownsAreCountedBehindTheFirst() {
    assertEquals(new Amount.Unknown(Cause.MISSING_PRICE, "e1", 1), NO_PRICE.plus(NO_COST));
    assertEquals(NO_PRICE, NO_PRICE.plus(NO_PRICE));
  }

  @Test
  void everyCauseSaysWhatWouldResolveIt() {
    for (Cause cause : Cause.values()) {
      assertFalse(cause.remedy().isBlank());
    }
  }

  @Test
  void ratiosAreExactAndPositive() {
    assertEquals(Ratio.of("1/500"), Ratio.of("2/1000"));
    assertEquals(Ratio.of("3/1"), Ratio.of("3"));
    assertThrows(IllegalArgumentException.class, () -> Ratio.of("0/3"));
    assertThrows(IllegalArgumentException.class, () -> Ratio.of("1/-3"));
  }
}

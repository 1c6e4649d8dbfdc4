package io.tallystick.costbasis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoundingTest {

  private static BigDecimal of(String text) {
    return new BigDecimal(text);
  }

  @Test
  @DisplayName("E9 parts of a rounded whole add up")
  void partsOfARoundedWholeAddUp() {
    Rounding cents = Rounding.halfUp(2);
    BigDecimal third = Precision.share(of("100.00"), of("1"), of("3"));
    List<BigDecimal> net = List.of(third, third, of("100.00").subtract(third).subtract(third));
    assertEquals(List.of(of("33.33"), of("33.34"), of("33.33")), cents.splitProceeds(net));
    List<BigDecimal> basis = List.of(of("10.005"), of("10.005"), of("10.005"));
    assertEquals(List.of(of("10.01"), of("10.00"), of("10.01")), cents.splitCosts(basis));
  }

  @Test
  void tieThatEarlierQuotientsBlurredIsStillATie() {
    BigDecimal blurred = of("10.005").subtract(new BigDecimal("3e-40"));
    assertEquals(of("10.01"), Rounding.halfUp(2).roundCosts(blurred));
    assertEquals(of("10.00"), Rounding.halfUp(2).roundCosts(of("10.00499999999999999999999999")));
  }

  @Test
  void wholeUnitsInTheTaxpayersFavour() {
    Rounding favour = Rounding.inFavour();
    assertEquals(of("99"), favour.roundProceeds(of("99.99")));
    assertEquals(of("51"), favour.roundCosts(of("50.01")));
    assertEquals(of("-3"), favour.roundProceeds(of("-2.5")));
  }

  @Test
  void splitPartsAddUpToTheRoundedWholeForRandomAmounts() {
    long seed = 5_150;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      List<BigDecimal> parts =
          random
              .ints(1 + random.nextInt(9), -1_000_000, 1_000_000)
              .mapToObj(n -> BigDecimal.valueOf(n, 5))
              .toList();
      BigDecimal whole = parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal told =
          Rounding.halfUp(2).splitProceeds(parts).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      assertEquals(Rounding.halfUp(2).roundProceeds(whole), told, "seed " + seed + " case " + i);
    }
  }
}

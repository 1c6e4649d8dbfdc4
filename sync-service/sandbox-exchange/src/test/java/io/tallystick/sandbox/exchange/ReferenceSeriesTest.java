package io.tallystick.sandbox.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ReferenceSeriesTest {
  private static final LocalDate MONDAY = LocalDate.of(2025, 2, 3);

  @Test
  void theSeriesSaysThatItIsMadeUpAndHasWorkingDaysOnly() {
    String document = ReferenceSeries.document(MONDAY, 8);
    assertTrue(document.contains("Synthetic"), document);
    assertTrue(document.contains("time=\"2025-02-03\""), document);
    assertTrue(document.contains("time=\"2025-01-31\""), document);
    assertFalse(document.contains("time=\"2025-02-02\""), document);
    assertEquals(document, ReferenceSeries.document(MONDAY, 8));
  }

  @Test
  void aDayHasTheSameRatesWheneverItIsAskedFor() {
    String day = "time=\"2025-01-31\"";
    String now = ReferenceSeries.document(MONDAY, 8);
    String later = ReferenceSeries.document(MONDAY.plusDays(20), 100_000);
    assertEquals(line(now, day), line(later, day));
  }

  private static String line(String document, String day) {
    return document.lines().filter(one -> one.contains(day)).findFirst().orElseThrow();
  }
}

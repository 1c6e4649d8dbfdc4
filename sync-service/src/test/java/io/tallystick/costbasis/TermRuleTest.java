package io.tallystick.costbasis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermRuleTest {

  @ParameterizedTest(name = "{0}: US {1}, Germany and Australia {2}")
  @CsvSource({
    "2023-01-31, 2024-02-01, 2024-02-01",
    "2023-02-28, 2024-03-01, 2024-02-29",
    "2023-03-01, 2024-03-02, 2024-03-02",
    "2024-02-28, 2025-03-01, 2025-03-01",
    "2024-02-29, 2025-03-01, 2025-03-01",
    "2023-12-31, 2025-01-01, 2025-01-01"
  })
  @DisplayName("Section 8: the first long-term day")
  void firstLongTermDay(LocalDate acquired, LocalDate us, LocalDate german) {
    assertEquals(Term.SHORT, TermRule.US_YEAR.term(acquired, us.minusDays(1)));
    assertEquals(Term.LONG, TermRule.US_YEAR.term(acquired, us));
    assertEquals(Term.SHORT, TermRule.GERMAN_YEAR.term(acquired, german.minusDays(1)));
    assertEquals(Term.LONG, TermRule.GERMAN_YEAR.term(acquired, german));
    assertEquals(Term.SHORT, TermRule.AUSTRALIAN_YEAR.term(acquired, german.minusDays(1)));
    assertEquals(Term.LONG, TermRule.AUSTRALIAN_YEAR.term(acquired, german));
  }

  @Test
  void oneMinuteCanLieBetweenTwoTaxYearsAndTwoTerms() {
    TaxCalendar newYork =
        new TaxCalendar(ZoneId.of("America/New_York"), MonthDay.of(1, 1), TermRule.US_YEAR);
    Instant before = Instant.parse("2025-01-01T04:59:30Z");
    Instant after = Instant.parse("2025-01-01T05:00:30Z");
    assertEquals(2024, newYork.taxYear(before));
    assertEquals(2025, newYork.taxYear(after));
    Instant acquired = Instant.parse("2023-12-31T17:00:00Z");
    assertEquals(Term.SHORT, newYork.term(acquired, before));
    assertEquals(Term.LONG, newYork.term(acquired, after));
    assertEquals(Term.UNDETERMINED, newYork.term(OpenLot.UNDATED, after));
  }

  @Test
  void britishTaxYearsBeginOnTheSixthOfApril() {
    TaxCalendar london =
        new TaxCalendar(ZoneId.of("Europe/London"), MonthDay.of(4, 6), TermRule.NONE);
    assertEquals(2023, london.taxYear(LocalDate.of(2024, 4, 5)));
    assertEquals(2024, london.taxYear(LocalDate.of(2024, 4, 6)));
    // 5 April 23:30 UTC is already the sixth in London's summer time.
    assertEquals(2024, london.taxYear(Instant.parse("2024-04-05T23:30:00Z")));
  }
}

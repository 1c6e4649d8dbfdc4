package io.tallystick.costbasis;

import java.time.LocalDate;

/**
 * Holding periods by local calendar dates, never by hours or by 365 days. One year after 29
 * February is 28 February.
 */
public enum TermRule {
  /** No holding period. */
  NONE,
  /**
   * More than one year, counted from the day after acquisition (United States). The second
   * condition matters for 28 February of a year before a leap year.
   */
  US_YEAR,
  /** Later than the day of the same number one year on (Germany: §§ 187, 188 BGB). */
  GERMAN_YEAR,
  /** A full twelve months between the two days (Australia: TD 2002/10). */
  AUSTRALIAN_YEAR;

  /** The term of units acquired and disposed of on two local days. */
  public Term term(LocalDate acquired, LocalDate disposed) {
    boolean pastYear = disposed.isAfter(acquired.plusYears(1));
    return switch (this) {
      case NONE -> Term.NONE;
      case US_YEAR ->
          pastYear && !disposed.isBefore(acquired.plusDays(1).plusYears(1))
              ? Term.LONG
              : Term.SHORT;
      case GERMAN_YEAR, AUSTRALIAN_YEAR -> pastYear ? Term.LONG : Term.SHORT;
    };
  }
}

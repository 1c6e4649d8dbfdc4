package io.tallystick.costbasis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;

/**
 * The taxpayer's days and years.
 *
 * @param zone the taxpayer's time zone, which decides days, years and holding periods
 * @param yearStart first day of the tax year
 * @param term rule of the holding period
 */
public record TaxCalendar(ZoneId zone, MonthDay yearStart, TermRule term) {

  /** The local day of an instant; {@link LocalDate#MIN} for an unknown date. */
  public LocalDate day(Instant at) {
    return at.equals(OpenLot.UNDATED) ? LocalDate.MIN : LocalDate.ofInstant(at, zone);
  }

  /** The calendar year in which the tax year of a local day begins. */
  public int taxYear(LocalDate day) {
    return MonthDay.from(day).isBefore(yearStart) ? day.getYear() - 1 : day.getYear();
  }

  /** The calendar year in which the tax year of an instant begins. */
  public int taxYear(Instant at) {
    return taxYear(day(at));
  }

  /** The term of units between two instants. */
  public Term term(Instant acquired, Instant disposed) {
    if (term == TermRule.NONE) {
      return Term.NONE;
    }
    return acquired.equals(OpenLot.UNDATED)
        ? Term.UNDETERMINED
        : term.term(day(acquired), day(disposed));
  }
}

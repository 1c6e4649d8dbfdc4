package io.tallystick.retention;

import io.tallystick.vault.RetentionClass;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * How long what is kept under the rules of some jurisdictions: data, not code. Periods are what an
 * installation begins with and no legal advice.
 *
 * @param jurisdictions codes as consents name them; empty for the one that holds elsewhere
 * @param checkedOn when a person last held it against its sources
 */
record Profile(
    String code,
    int version,
    LocalDate checkedOn,
    List<String> jurisdictions,
    List<String> sources,
    Map<RetentionClass, Keep> keep) {

  /**
   * How long a class is kept.
   *
   * @param period from the end of the last consent
   * @param yearEnd whether it runs from the end of the calendar year (UTC) of that end
   * @param duty whether a law may oblige to keep it, so that a request for erasure can leave it
   */
  record Keep(Period period, boolean yearEnd, boolean duty) {
    /** When its time is over. */
    Instant until(Instant end) {
      LocalDate day = end.atZone(ZoneOffset.UTC).toLocalDate();
      if (yearEnd) {
        return LocalDate.of(day.getYear() + 1, 1, 1)
            .plus(period)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
      }
      return end.atZone(ZoneOffset.UTC).plus(period).toInstant();
    }
  }

  Profile {
    jurisdictions = List.copyOf(jurisdictions);
    sources = List.copyOf(sources);
    keep = Map.copyOf(keep);
  }

  /** The name with its version, as the log writes it. */
  String name() {
    return code + "/" + version;
  }

  /** How long a class is kept; every profile says it of every class. */
  Keep keep(RetentionClass retention) {
    Keep found = keep.get(retention);
    if (found == null) {
      throw new IllegalStateException("profile " + code + " says nothing of " + retention.code());
    }
    return found;
  }
}

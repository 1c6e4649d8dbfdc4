package io.tallystick.reconcile;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be said of a domain over a period. */
sealed interface Verdict {
  /** Everything is there: read to its end, and calculated equals reported to the last digit. */
  record Complete() implements Verdict {}

  /**
   * Something is known not to be there.
   *
   * @param market null when it is not about one market
   * @param part null when it is not about one part of a source
   */
  record Gap(
      UUID id,
      String reason,
      String remedy,
      String stream,
      @Nullable String market,
      @Nullable String part)
      implements Verdict {}

  /** Nobody can tell, and why. */
  record Unknown(Cause cause) implements Verdict {}

  /** Why nobody can tell, and what would help. */
  enum Cause {
    NOT_IN_CONSENT("Ask the holder for a consent that covers this kind of record."),
    CONSENT_ENDED("Ask the holder for a new consent, and put the connection under it."),
    NOT_READ_BY_THIS_VERSION(
        "This version has no source for it at this venue; keep the venue's own export of it."),
    NOT_READ_TO_THE_END("Wait for a sync run to finish, or start one."),
    NO_REPORTED_BALANCE(
        "The venue's balances are needed to compare with: let the consent cover balances, and"
            + " sync."),
    BALANCES_DIFFER(
        "Look at the wallets that differ: records are missing, or of a kind that is not read. The"
            + " venue's CSV exports of the period show which."),
    UNEXPLAINED_ENTRIES(
        "Look at the entries with postings to suspense or opening: nobody has explained them yet.");

    private final String remedy;

    Cause(String remedy) {
      this.remedy = remedy;
    }

    /** The name in the API: lower case, hyphens. */
    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What would help. */
    String remedy() {
      return remedy;
    }
  }

  /** The name in the API. */
  default String code() {
    return switch (this) {
      case Complete _ -> "complete";
      case Gap _ -> "gap";
      case Unknown _ -> "unknown";
    };
  }
}

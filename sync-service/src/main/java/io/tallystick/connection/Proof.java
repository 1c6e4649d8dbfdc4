package io.tallystick.connection;

import io.tallystick.venue.KeyVerdict;

/** What asking the venue about a key came to. Every caller handles all of them. */
sealed interface Proof {
  /**
   * It may be stored.
   *
   * @param verdict read-only, or unverifiable where that is allowed
   * @param uid the venue's own id of the account
   */
  record Proven(KeyVerdict verdict, String uid) implements Proof {
    @Override
    public String toString() {
      return "proven " + RightsText.code(verdict);
    }
  }

  /** It may not. */
  record Refused(Refusal refusal) implements Proof {}

  /** What the venue said about rights alone. */
  sealed interface Rights {
    /** It answered. */
    record Told(KeyVerdict verdict) implements Rights {}

    /** It said no for a reason that has nothing to do with the key. */
    record Elsewhere(ConnectionState state, Refusal refusal) implements Rights {}
  }
}

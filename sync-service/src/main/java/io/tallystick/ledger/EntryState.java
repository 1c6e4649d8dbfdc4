package io.tallystick.ledger;

import java.util.Locale;

/** How far an event has come. Only settled entries have postings. */
public enum EntryState {
  /** Announced by the venue, not yet booked there. */
  PENDING,
  /** Booked; its postings move balances. */
  SETTLED,
  /** Refused, cancelled or failed; it moved nothing. */
  FAILED,
  /** Taken back: the event is no longer part of the ledger. */
  VOID;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The name in the API and in the ledger hash. */
  public String code() {
    return code;
  }

  /** The state of this name. */
  public static EntryState of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}

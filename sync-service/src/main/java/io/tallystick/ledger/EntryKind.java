package io.tallystick.ledger;

import java.util.Locale;

/** What kind of economic event an entry is: what accounts need, not what venues call it. */
public enum EntryKind {
  TRADE,
  DEPOSIT,
  WITHDRAWAL,
  INTERNAL_TRANSFER,
  CONVERSION,
  INCOME,
  FEE,
  UNCLASSIFIED;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The name in the API and in the ledger hash. */
  public String code() {
    return code;
  }

  /** The kind of this name. */
  public static EntryKind of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}

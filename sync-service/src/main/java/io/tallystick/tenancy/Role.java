package io.tallystick.tenancy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client may do at all; what it may see is decided by consents. */
public enum Role {
  /** Manages holders, consents and connections of the tenant; reads no ledger data. */
  OWNER,
  /** Reads the data that a consent names it for. */
  TRACKER,
  /** Reads data and reports that a consent names it for. */
  ACCOUNTANT,
  /** Reads consents and the access log, and withdraws; reads no ledger data and no keys. */
  COMPLIANCE,
  /** Sees runs, health and state; reads no ledger data. */
  OPERATOR;

  /** The names as annotations need them. */
  public static final class Names {
    /** {@link Role#OWNER}. */
    public static final String OWNER = "owner";

    /** {@link Role#TRACKER}. */
    public static final String TRACKER = "tracker";

    /** {@link Role#ACCOUNTANT}. */
    public static final String ACCOUNTANT = "accountant";

    /** {@link Role#COMPLIANCE}. */
    public static final String COMPLIANCE = "compliance";

    /** {@link Role#OPERATOR}. */
    public static final String OPERATOR = "operator";

    private Names() {}
  }

  /** The name in tokens, settings and the API: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this name; null when there is none. */
  public static @Nullable Role of(String code) {
    for (Role role : values()) {
      if (role.code().equals(code)) {
        return role;
      }
    }
    return null;
  }
}

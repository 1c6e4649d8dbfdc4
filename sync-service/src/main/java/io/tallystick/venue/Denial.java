package io.tallystick.venue;

import java.util.Locale;

/** Why a venue says no, as far as it tells causes apart. */
public enum Denial {
  /** Key unknown, address not allowed or right missing: one answer for three causes. */
  KEY_OR_ADDRESS_OR_RIGHT,
  /** The key does not have the venue's form. */
  KEY_MALFORMED,
  /** The signature does not fit the key: wrong secret. */
  SIGNATURE,
  /** The venue is not offered where this service stands. */
  REGION,
  /** A firewall in front of the venue refused the request. */
  FIREWALL,
  /** The venue does not know the market, any more or at all. */
  UNKNOWN_MARKET,
  /** The product is not open for this account, or was retired. */
  NOT_OFFERED,
  /** The venue calls the request wrong: a defect of ours. */
  BAD_REQUEST;

  /** Whether another key of the same account could be let in. */
  public boolean ofTheKey() {
    return switch (this) {
      case KEY_OR_ADDRESS_OR_RIGHT, KEY_MALFORMED, SIGNATURE -> true;
      case REGION, FIREWALL, UNKNOWN_MARKET, NOT_OFFERED, BAD_REQUEST -> false;
    };
  }

  /** The name in the API and the log. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

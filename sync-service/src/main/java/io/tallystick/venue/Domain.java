package io.tallystick.venue;

import java.util.Locale;
import java.util.Optional;

/** A kind of record, as consents name it. */
public enum Domain {
  BALANCES,
  TRADES,
  ORDERS,
  DEPOSITS,
  WITHDRAWALS,
  CONVERTS,
  DUST,
  DIVIDENDS,
  EARN,
  AUTO_INVEST,
  FIAT,
  P2P,
  TRANSFERS,
  PAY,
  REBATES,
  MARGIN,
  FUTURES;

  /** The name in consents and in the API: lower case, hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The domain of this name; empty when there is none. */
  public static Optional<Domain> of(String code) {
    for (Domain domain : values()) {
      if (domain.code().equals(code)) {
        return Optional.of(domain);
      }
    }
    return Optional.empty();
  }
}

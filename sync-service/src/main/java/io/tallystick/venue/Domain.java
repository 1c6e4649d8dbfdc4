package io.tallystick.venue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

  private static final Map<String, Domain> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(Domain::code, domain -> domain));

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in consents and in the API: lower case, hyphens. */
  public String code() {
    return code;
  }

  /** The domain of this name; empty when there is none. */
  public static Optional<Domain> of(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}

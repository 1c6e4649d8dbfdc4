package io.tallystick.venue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A venue, as data and pure functions. Adding one is adding a folder and a line of registration.
 */
public interface Venue {
  /** Lower-case name, for example {@code binance}. */
  String id();

  /** The built-in environments; an operator's setting may add {@code sandbox}. */
  List<Environment> environments();

  /** Everything that may ever be sent to it. */
  List<Endpoint> endpoints();

  /** The streams, in the order in which a first run reads them. */
  List<Stream> streams();

  /** Lists that belong to a kind of record which streams read, and that none of them reads. */
  default List<Coverage.Unread> unread() {
    return List.of();
  }

  /**
   * The signing form of an allow-listed call.
   *
   * @param timestamp the venue's time at which the call is stamped
   */
  SigningForm form(Call call, Instant timestamp);

  /** The encoded query of a call that is not signed. */
  String query(Call call);

  /** What an answer to a call means. */
  Verdict judge(Call call, Answer answer);

  /** Tells whether a text can be a key of this venue; null when fine, else what is wrong. */
  @Nullable String malformed(KeyKind kind, String apiKey);

  /** Reads the venue's clock. */
  Call timeCall();

  /** The venue's time in the answer to {@link #timeCall}. */
  Instant time(Answer answer);

  /** How far ahead of the venue a timestamp may be before it is refused. */
  Duration clockTolerance();

  /** Reads which rights a key has. */
  Call rightsCall();

  /** The verdict on the answer to {@link #rightsCall}. */
  KeyVerdict rights(Answer answer);

  /** Reads who the account is. */
  Call accountCall();

  /** The venue's own id of the account, from the answer to {@link #accountCall}. */
  String accountUid(Answer answer);

  /** Reads what is listed and which limits hold. */
  Call catalogueCall();

  /** The listed markets in the answer to {@link #catalogueCall}. */
  List<Market> markets(Answer answer);

  /** How it tells what happens as it happens; null when it does not, or we do not listen. */
  default @org.jspecify.annotations.Nullable Live live() {
    return null;
  }

  /** Markets that an environment once listed, as far as that was checked and written down. */
  List<RemovedMarket> removed(String environment);

  /** Its history exports. */
  Exports exports();

  /** Limits the venue announced there: pool name to weight a window. */
  Map<String, Integer> limits(Answer answer);

  /**
   * Reads candles of an hour of a market, the oldest first, beginning with the one of an instant;
   * null when none are read of this venue.
   */
  default @Nullable Call candlesCall(String symbol, Instant from) {
    return null;
  }

  /** The candles in the answer to {@link #candlesCall}. */
  default List<Candle> candles(Answer answer) {
    return List.of();
  }

  /** Whether people have accounts there; one that only publishes takes no connection. */
  default boolean holdsAccounts() {
    return true;
  }

  /**
   * A day's reference rate.
   *
   * @param day the day it was set on
   * @param currency the other currency's code
   * @param perEuro units of it for one euro, positive
   */
  record Rate(LocalDate day, String currency, BigDecimal perEuro) {}

  /**
   * Asks for reference rates; null when none are published there.
   *
   * @param all of every day since they began; otherwise of the last days only
   */
  default @Nullable Call ratesCall(boolean all) {
    return null;
  }

  /**
   * The reference rates in an answer.
   *
   * @throws IllegalArgumentException when it is not in its documented form
   */
  default List<Rate> rates(Answer answer) {
    return List.of();
  }
}

package io.tallystick.sandbox.exchange;

import io.tallystick.sandbox.protocol.Meter;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What an exchange is made of.
 *
 * @param clock what its own clock follows
 * @param seed which market
 * @param listed how many symbols {@code exchangeInfo} shows by default
 * @param removed how many symbols were removed
 * @param end when the histories of accounts end; fixed, so that they are the same on every day
 * @param limits its budgets
 */
public record ExchangeSettings(
    InstantSource clock, long seed, int listed, int removed, Instant end, Meter.Limits limits) {

  /** The system's clock, 1,600 listed and 120 removed symbols, histories until November 2026. */
  public static ExchangeSettings defaults() {
    return new ExchangeSettings(
        InstantSource.system(),
        1,
        1_600,
        120,
        Instant.parse("2026-11-01T00:00:00Z"),
        Meter.Limits.documented());
  }

  /** The same on another clock. */
  public ExchangeSettings withClock(InstantSource other) {
    return new ExchangeSettings(other, seed, listed, removed, end, limits);
  }

  /** The same with another market. */
  public ExchangeSettings withSeed(long other) {
    return new ExchangeSettings(clock, other, listed, removed, end, limits);
  }

  /** The same with so many symbols. */
  public ExchangeSettings withSymbols(int otherListed, int otherRemoved) {
    return new ExchangeSettings(clock, seed, otherListed, otherRemoved, end, limits);
  }

  /** The same with histories that end at another instant. */
  public ExchangeSettings withEnd(Instant other) {
    return new ExchangeSettings(clock, seed, listed, removed, other, limits);
  }

  /** The same with other budgets. */
  public ExchangeSettings withLimits(Meter.Limits other) {
    return new ExchangeSettings(clock, seed, listed, removed, end, other);
  }
}

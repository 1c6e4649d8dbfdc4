package io.tallystick.venue;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a market traded at during a time.
 *
 * @param from the first instant
 * @param until the instant before which it ends
 * @param close the last price in it, quote units for one base unit
 */
public record Candle(Instant from, Instant until, BigDecimal close) {}

package io.tallystick.venue;

/**
 * A tradable pair as the venue lists it.
 *
 * @param symbol the venue's name of the pair, never split by guessing
 * @param status the venue's word for its state
 */
public record Market(String symbol, String base, String quote, String status) {}

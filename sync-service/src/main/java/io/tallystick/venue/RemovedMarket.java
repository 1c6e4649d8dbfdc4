package io.tallystick.venue;

import java.time.LocalDate;

/**
 * A market that the venue once listed and does not list any more.
 *
 * @param removedOn the first day (UTC) on which it could not be traded
 * @param source where that was checked
 */
public record RemovedMarket(Market market, LocalDate removedOn, String source) {}

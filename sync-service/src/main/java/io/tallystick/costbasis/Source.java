package io.tallystick.costbasis;

import java.time.Instant;

/**
 * Where an event stands: the opaque reference of its entry, when it happened and in which wallet.
 *
 * @param entry stable and unique for each event of one computation; also the lot id of what the
 *     event acquires, and the last tie-break of every order
 * @param at execution (fill) time, UTC
 * @param wallet the wallet or account whose units are touched; a venue's sub-accounts are one
 */
public record Source(String entry, Instant at, String wallet) {}

package io.tallystick.sync;

import io.tallystick.connection.Link;

/**
 * The right to commit pages of one connection, as long as nobody took it over.
 *
 * @param token grows with each take-over; compared under lock in every page transaction
 */
record Lease(Link link, long token) {}

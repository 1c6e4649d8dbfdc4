package io.tallystick.connection;

/**
 * Fired inside the transaction that makes a connection: what belongs to it for good, such as its
 * schedule, is stored with it or not at all.
 */
public record ConnectionMade(Link link) {}

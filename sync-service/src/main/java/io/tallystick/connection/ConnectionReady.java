package io.tallystick.connection;

/**
 * Fired after the transaction that made a connection readable again has committed: a run may start
 * at once.
 */
public record ConnectionReady(Link link) {}

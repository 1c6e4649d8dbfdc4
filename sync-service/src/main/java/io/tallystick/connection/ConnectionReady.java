package io.tallystick.connection;

/**
 * Fired after the transaction that made a connection, or made it readable again, has committed: a
 * first run may start.
 */
public record ConnectionReady(Link link) {}

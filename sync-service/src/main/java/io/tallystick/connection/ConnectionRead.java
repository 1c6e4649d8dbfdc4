package io.tallystick.connection;

/**
 * Fired outside any transaction when a run has read all that it had to of a connection, and nothing
 * is left for another run but what comes anew.
 */
public record ConnectionRead(Link link) {}

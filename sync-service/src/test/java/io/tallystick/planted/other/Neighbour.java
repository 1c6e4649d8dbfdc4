package io.tallystick.planted.other;

/** Somebody to depend on. */
public record Neighbour(String name) {}

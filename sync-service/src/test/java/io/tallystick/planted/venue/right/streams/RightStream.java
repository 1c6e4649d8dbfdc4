package io.tallystick.planted.venue.right.streams;

/** A stream. */
public record RightStream(String name) {}

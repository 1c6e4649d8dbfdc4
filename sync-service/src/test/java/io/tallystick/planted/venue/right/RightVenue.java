package io.tallystick.planted.venue.right;

/** A venue. */
public record RightVenue(String name) {}

package io.tallystick.planted.venue.left;

import io.tallystick.planted.venue.right.RightVenue;

/** One adapter knows another. */
record Strays(RightVenue neighbour) {}

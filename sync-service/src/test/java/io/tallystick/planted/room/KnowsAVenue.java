package io.tallystick.planted.room;

import io.tallystick.planted.venue.right.RightVenue;

/** Knows one venue by name. */
record KnowsAVenue(RightVenue venue) {}

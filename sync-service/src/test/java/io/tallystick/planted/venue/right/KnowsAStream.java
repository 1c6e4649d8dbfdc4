package io.tallystick.planted.venue.right;

import io.tallystick.planted.venue.right.streams.RightStream;

/** Leans on one stream. */
record KnowsAStream(RightStream one) {}

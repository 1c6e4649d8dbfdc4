package io.tallystick.planted.circle.back;

import io.tallystick.planted.circle.there.GoesRound;

/** Half of a circle. */
public record ComesBack(GoesRound round) {}

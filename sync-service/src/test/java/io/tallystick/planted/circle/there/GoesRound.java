package io.tallystick.planted.circle.there;

import io.tallystick.planted.circle.back.ComesBack;

/** Half of a circle. */
public record GoesRound(ComesBack back) {}

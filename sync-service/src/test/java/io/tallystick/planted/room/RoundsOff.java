package io.tallystick.planted.room;

/** Money as a binary fraction. */
record RoundsOff(double[] amounts) {}

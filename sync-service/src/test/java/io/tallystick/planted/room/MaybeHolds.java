package io.tallystick.planted.room;

import java.util.Optional;

/** Absence as a field. */
record MaybeHolds(Optional<String> name) {}

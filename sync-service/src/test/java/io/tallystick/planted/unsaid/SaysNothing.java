package io.tallystick.planted.unsaid;

/** In a package without the annotation. */
record SaysNothing(String name) {}

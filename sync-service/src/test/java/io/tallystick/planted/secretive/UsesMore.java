package io.tallystick.planted.secretive;

import io.tallystick.planted.other.Neighbour;

/** Leans on a package that its own does not name. */
record UsesMore(Neighbour neighbour) {}

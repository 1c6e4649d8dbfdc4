package io.tallystick.planted.room;

import java.security.Signature;

/** Holds a key of its own. */
record SignsItself(Signature signature) {}

package io.tallystick.planted.room;

import io.tallystick.sandbox.Sandbox;

/** Leans on the stand-in. */
record KnowsTheSandbox(Sandbox sandbox) {}

package io.tallystick.sync;

import io.tallystick.venue.Call;
import io.tallystick.venue.Stream;

/** What is read by one call: stream, partition, and the call itself. */
record Source(Stream stream, String partition, Call call) {}

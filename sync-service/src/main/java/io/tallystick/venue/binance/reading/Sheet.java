package io.tallystick.venue.binance.reading;

import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Endpoint;

/**
 * A stream in short.
 *
 * @param rank its place in a first run: lower is earlier, equals go by name
 * @param name stable, unique within the venue
 * @param endpoint the one thing that it asks
 */
public record Sheet(int rank, String name, Domain domain, Endpoint endpoint, Coverage coverage) {}

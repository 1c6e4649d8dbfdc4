package io.tallystick.venue.binance.reading;

import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Stream;
import java.util.List;

/**
 * A source of Binance. It is found by the registration in its own file and named nowhere else, so
 * adding one, or deleting one, touches that file alone.
 */
public interface BinanceStream extends Stream {
  /** What it is. */
  Sheet sheet();

  @Override
  default String name() {
    return sheet().name();
  }

  @Override
  default Domain domain() {
    return sheet().domain();
  }

  @Override
  default List<Endpoint> endpoints() {
    return List.of(sheet().endpoint());
  }

  @Override
  default Coverage coverage() {
    return sheet().coverage();
  }

  @Override
  default Partition partition() {
    return Partition.NONE;
  }

  @Override
  default int mappingVersion() {
    return 1;
  }
}

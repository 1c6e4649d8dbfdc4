package io.tallystick.venue.binance.live;

import io.tallystick.venue.Domain;
import io.tallystick.venue.LiveStream;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.wire.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Balances as they move (Spot docs, User Data Stream). {@code outboundAccountPosition} gives new
 * balances of some assets, absolute, without the frozen part; {@code balanceUpdate} and {@code
 * externalLockUpdate} give differences without an id, so they only say that there is more to read.
 */
final class LiveBalances implements LiveStream {
  static final String NAME = "spot-balances-live";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Domain domain() {
    return Domain.BALANCES;
  }

  @Override
  public int mappingVersion() {
    return 1;
  }

  @Override
  public Reading map(String partition, byte[] record, Stream.Markets markets) {
    Row row = Row.of(record);
    if (!row.name("e").equals("outboundAccountPosition")) {
      return new Reading.Nothing("a difference without an id; the lists tell what it was");
    }
    Instant at = row.instant("u");
    List<Reading.Part> parts = new ArrayList<>();
    for (Row balance : row.rows("B")) {
      Reading.Part part =
          new Reading.Part(balance.name("a"), balance.amount("f"), balance.amount("l"));
      if (balance.wrong() == null) {
        parts.add(part);
      }
    }
    String wrong = row.wrong();
    return wrong == null ? new Reading.PartsSeen("spot", parts, at) : new Reading.Unread(wrong);
  }
}

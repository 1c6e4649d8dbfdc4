package io.tallystick.report.reading;

import io.tallystick.costbasis.Source;
import java.time.Instant;

/**
 * Names the events of one entry: the first has the entry's own name, the others have a number
 * behind it, so that each is one of its kind and all lead back.
 */
final class Naming {
  private final String entry;
  private final Instant at;
  private final String wallet;
  private int given;

  Naming(String entry, Instant at, String wallet) {
    this.entry = entry;
    this.at = at;
    this.wallet = wallet;
  }

  static Naming of(BookEntry entry) {
    return new Naming(entry.id(), entry.at(), entry.connection());
  }

  /** The next event in the entry's own wallet. */
  Source next() {
    return next(wallet);
  }

  /** The next event, in another wallet. */
  Source next(String where) {
    given++;
    return new Source(given == 1 ? entry : entry + "#" + given, at, where);
  }
}

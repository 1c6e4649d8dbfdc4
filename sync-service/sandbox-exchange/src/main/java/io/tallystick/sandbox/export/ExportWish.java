package io.tallystick.sandbox.export;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * What to download.
 *
 * @param from the first moment, included
 * @param to the first moment after
 * @param zone the zone of the person's pages; files of former years know UTC alone
 * @param parts into how many files it is split; 1 for one
 */
public record ExportWish(
    FileKind kind, Generation generation, Instant from, Instant to, ZoneOffset zone, int parts) {
  /** Refuses what no page offers. */
  public ExportWish {
    if (parts < 1 || parts > 1_000 || !from.isBefore(to)) {
      throw new IllegalArgumentException("an export has a period and 1 to 1000 parts");
    }
  }

  /** Everything there is, in one file of today's form, in UTC. */
  public static ExportWish all(FileKind kind) {
    return new ExportWish(
        kind,
        Generation.CURRENT,
        Instant.EPOCH,
        Instant.parse("2100-01-01T00:00:00Z"),
        ZoneOffset.UTC,
        1);
  }

  /** The same of another period. */
  public ExportWish within(Instant first, Instant end) {
    return new ExportWish(kind, generation, first, end, zone, parts);
  }

  /** The same as pages of another zone show it. */
  public ExportWish in(ZoneOffset other) {
    return new ExportWish(kind, generation, from, to, other, parts);
  }

  /** The same in another form. */
  public ExportWish as(Generation other) {
    return new ExportWish(kind, other, from, to, zone, parts);
  }

  /** The same, split into so many files. */
  public ExportWish split(int files) {
    return new ExportWish(kind, generation, from, to, zone, files);
  }
}

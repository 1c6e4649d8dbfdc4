package io.tallystick.venue;

/** Records of one kind that come as they happen. */
public interface LiveStream {
  /** Stable name, unique among all streams of the venue, for example {@code spot-trades-live}. */
  String name();

  /** The kind of record, as consents name it. */
  Domain domain();

  /** Raised when {@link #map} changes meaning. */
  int mappingVersion();

  /** What the record means; pure, and total: it never throws. */
  Reading map(String partition, byte[] record, Stream.Markets markets);
}

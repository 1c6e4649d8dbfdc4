package io.tallystick.venue.binance.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/**
 * Instants as Binance writes them. Epoch numbers come in milliseconds by the documents, in
 * microseconds when asked for, and in seconds on some endpoints: the magnitude tells, because the
 * venue's lifetime spans far less than a factor of a thousand. What falls outside is refused rather
 * than read as 1970 or as the year 55,000.
 */
public final class VenueTime {
  /** Nothing on this venue is older (it opened in July 2017; its own lower bound is this). */
  public static final Instant EARLIEST = Instant.parse("2017-01-01T00:00:00Z");

  /** Nothing read now can be later. */
  public static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private static final long FIRST = EARLIEST.getEpochSecond();
  private static final long END = LATEST.getEpochSecond();
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private VenueTime() {}

  /** The instant of an epoch number in s, ms, µs or ns; null when none of them makes sense. */
  public static @Nullable Instant epoch(long number) {
    long unit = 1;
    for (int step = 0; step < 4; step++) {
      long second = Math.floorDiv(number, unit);
      if (second >= FIRST && second < END) {
        long nanos = Math.floorMod(number, unit) * (1_000_000_000L / unit);
        return Instant.ofEpochSecond(second, nanos);
      }
      unit *= 1_000;
    }
    return null;
  }

  /**
   * The instant of {@code yyyy-MM-dd HH:mm:ss}, which is UTC (Wallet docs, Withdraw History); null
   * when it is no such time, a leap second included.
   */
  public static @Nullable Instant text(String text) {
    try {
      Instant instant = LocalDateTime.parse(text, TEXT).toInstant(ZoneOffset.UTC);
      return instant.isBefore(EARLIEST) || !instant.isBefore(LATEST) ? null : instant;
    } catch (DateTimeException e) {
      return null;
    }
  }
}

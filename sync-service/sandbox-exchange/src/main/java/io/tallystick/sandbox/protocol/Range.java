package io.tallystick.sandbox.protocol;

import io.tallystick.sandbox.account.Event;
import java.util.List;

/**
 * The span of time that a list is asked for, in milliseconds; both bounds count. The documents
 * leave the bounds and the order of most {@code /sapi} lists open: here both count and the newest
 * row comes first, as it mostly does in practice.
 *
 * @param start first millisecond
 * @param end last millisecond
 */
public record Range(long start, long end) {
  private static final long DAY = 86_400_000;

  /**
   * What these arguments mean where so many days are usual: none sent, the last of them; a start
   * only, those after it; an end only, those before it (Binance Simple Earn docs, "History").
   */
  public static Range of(Arguments arguments, String startName, String endName, int days) {
    if (arguments.has(startName)) {
      long start = arguments.numberOr(startName, 0);
      long usual = Math.min(start + days * DAY, arguments.now());
      return new Range(start, arguments.numberOr(endName, Math.max(start, usual)));
    }
    long end = arguments.numberOr(endName, arguments.now());
    return new Range(end - days * DAY, end);
  }

  /** The same with the usual names {@code startTime} and {@code endTime}. */
  public static Range of(Arguments arguments, int days) {
    return of(arguments, "startTime", "endTime", days);
  }

  /** Whether it spans more than so many days, or nothing at all. */
  public boolean beyond(int days) {
    return end - start > days * DAY || end < start;
  }

  /** The part of it that the venue still remembers: so many days before now. */
  public Range within(int days, Arguments arguments) {
    return new Range(Math.max(start, arguments.now() - days * DAY), end);
  }

  /** Whether the moment lies in it. */
  public boolean covers(long instant) {
    return instant >= start && instant <= end;
  }

  /** What happened in it, newest first; simultaneous rows keep one order for ever. */
  public <E extends Event> List<E> newest(List<E> events) {
    return events.reversed().stream().filter(e -> covers(e.time())).toList();
  }

  /** The page of this number, from 1; empty beyond the last. */
  public static <T> List<T> page(List<T> rows, long page, long size) {
    return rows.stream().skip((page - 1) * size).limit(size).toList();
  }

  /** The page that {@code current} and {@code size} ask for: 10 rows unless said otherwise. */
  public static <T> List<T> current(List<T> rows, Arguments arguments) {
    return page(rows, arguments.numberOr("current", 1), arguments.numberOr("size", 10));
  }
}

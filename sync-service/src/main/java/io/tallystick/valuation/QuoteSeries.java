package io.tallystick.valuation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quotes of one pair from one source, in order of time. Remembers where it was asked last, for
 * the next question is mostly about the same time or a little later. Not for several threads.
 */
final class QuoteSeries {
  private final List<Quote> quotes = new ArrayList<>();
  private int last;

  /** A series of quotes in order of their beginning; of two with one the first counts. */
  QuoteSeries(List<Quote> ordered) {
    for (Quote quote : ordered) {
      if (quotes.isEmpty() || !quotes.getLast().from().equals(quote.from())) {
        quotes.add(quote);
      }
    }
  }

  /** The newest quote that begins by then, if it still stands or ended less than so long ago. */
  @Nullable Quote at(Instant at, Duration more) {
    if (!holds(last, at)) {
      last = holds(last + 1, at) ? last + 1 : floor(at);
    }
    if (last < 0) {
      last = 0;
      return null;
    }
    Quote quote = quotes.get(last);
    Instant end = more.isZero() ? quote.until() : quote.until().plus(more);
    return at.isBefore(end) ? quote : null;
  }

  private boolean holds(int index, Instant at) {
    return index < quotes.size()
        && !at.isBefore(quotes.get(index).from())
        && (index + 1 == quotes.size() || at.isBefore(quotes.get(index + 1).from()));
  }

  private int floor(Instant at) {
    int low = 0;
    int high = quotes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (quotes.get(middle).from().isAfter(at)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }
}

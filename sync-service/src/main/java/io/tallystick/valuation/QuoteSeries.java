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
  // By beginning; of those that begin at once the first in order comes last, where it is found.
  private final List<Quote> quotes = new ArrayList<>();
  // For each the next one before it that stands longer: those between them ended with it.
  private final int[] longer;
  private int last;

  /** A series of quotes in order; of two for the same time the first counts. */
  QuoteSeries(List<Quote> ordered) {
    for (int begin = 0; begin < ordered.size(); ) {
      int end = begin + 1;
      while (end < ordered.size() && ordered.get(end).from().equals(ordered.get(begin).from())) {
        end++;
      }
      for (int one = end - 1; one >= begin; one--) {
        if (one == begin || !ordered.get(one).until().equals(ordered.get(one - 1).until())) {
          quotes.add(ordered.get(one));
        }
      }
      begin = end;
    }
    longer = new int[quotes.size()];
    for (int one = 0; one < longer.length; one++) {
      int before = one - 1;
      while (before >= 0 && !quotes.get(before).until().isAfter(quotes.get(one).until())) {
        before = longer[before];
      }
      longer[one] = before;
    }
  }

  /**
   * The newest quote that begins by then and still stands. Where more time is given, the newest one
   * that begins by then, if it ended less than so long ago, and never an older one.
   */
  @Nullable Quote at(Instant at, Duration more) {
    if (!holds(last, at)) {
      last = holds(last + 1, at) ? last + 1 : floor(at);
    }
    if (last < 0) {
      last = 0;
      return null;
    }
    if (!more.isZero()) {
      Quote quote = quotes.get(last);
      return at.isBefore(quote.until().plus(more)) ? quote : null;
    }
    int standing = last;
    while (standing >= 0 && !at.isBefore(quotes.get(standing).until())) {
      standing = longer[standing];
    }
    return standing < 0 ? null : quotes.get(standing);
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

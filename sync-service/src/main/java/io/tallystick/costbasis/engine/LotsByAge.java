package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.TaxCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lots sorted by age in one array: both ends are cheap, and the rare lot that arrives out of order
 * (a transfer, a gift with its old date) is moved into its place. Lots emptied in the middle stay
 * until the array is tidied.
 */
final class LotsByAge implements LotOrder {

  private static final int FOUR_WEEKS = 28;

  /** Which end is used. */
  enum Pick {
    OLDEST,
    NEWEST,
    FOUR_WEEKS
  }

  private final TaxCalendar calendar;
  private final Pick pick;
  private @Nullable Lot[] lots = new Lot[16];
  private int head;
  private int tail;
  private Match.Rule rule = Match.Rule.FIFO;

  LotsByAge(TaxCalendar calendar, Pick pick) {
    this.calendar = calendar;
    this.pick = pick;
  }

  private Lot at(int index) {
    Lot lot = lots[index];
    if (lot == null) {
      throw new IllegalStateException("no lot at " + index);
    }
    return lot;
  }

  @Override
  public void add(Lot lot) {
    if (tail == lots.length) {
      tidy();
    }
    if (head == tail || Lot.BY_AGE.compare(at(tail - 1), lot) <= 0) {
      lots[tail++] = lot;
      return;
    }
    int low = head;
    int high = tail;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Lot.BY_AGE.compare(at(middle), lot) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    System.arraycopy(lots, low, lots, low + 1, tail - low);
    lots[low] = lot;
    tail++;
  }

  private void tidy() {
    List<Lot> live = open();
    @Nullable Lot[] room = new Lot[Math.max(16, live.size() * 2)];
    for (int i = 0; i < live.size(); i++) {
      room[i] = live.get(i);
    }
    lots = room;
    head = 0;
    tail = live.size();
  }

  @Override
  public @Nullable Lot next(Instant at) {
    return switch (pick) {
      case OLDEST -> oldest();
      case NEWEST -> newest();
      case FOUR_WEEKS -> fourWeeks(at);
    };
  }

  private @Nullable Lot oldest() {
    rule = Match.Rule.FIFO;
    while (head < tail && at(head).empty()) {
      lots[head++] = null;
    }
    return head < tail ? at(head) : null;
  }

  private @Nullable Lot newest() {
    rule = Match.Rule.LIFO;
    while (head < tail && at(tail - 1).empty()) {
      lots[--tail] = null;
    }
    return head < tail ? at(tail - 1) : null;
  }

  /** The newest lot when it is recent enough; when it is not, no other is. */
  private @Nullable Lot fourWeeks(Instant at) {
    Lot newest = newest();
    if (newest == null
        || newest.acquired.equals(OpenLot.UNDATED)
        || calendar.day(newest.acquired).isBefore(calendar.day(at).minusDays(FOUR_WEEKS))) {
      return oldest();
    }
    rule = Match.Rule.FOUR_WEEKS;
    return newest;
  }

  @Override
  public Match.Rule rule() {
    return rule;
  }

  @Override
  public List<Lot> open() {
    List<Lot> open = new ArrayList<>(tail - head);
    for (int i = head; i < tail; i++) {
      if (!at(i).empty()) {
        open.add(at(i));
      }
    }
    return open;
  }

  @Override
  public void resize(BigDecimal factor) {
    open().forEach(lot -> lot.resize(factor));
  }
}

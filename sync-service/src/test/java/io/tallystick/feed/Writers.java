package io.tallystick.feed;

import io.tallystick.feed.FeedStage.Event;
import io.tallystick.ledger.Booking;
import io.tallystick.ledger.EntryState;
import io.tallystick.records.BookedAccount;
import io.tallystick.web.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Eight writers of one tenant. Half of them now and then hold a finished transaction open until
 * others, which began later, have committed: no waiting by the clock, and lateness is certain.
 */
final class Writers {
  private static final int WRITERS = 8;
  private static final int LATE_BY = 6;

  private final FeedStage stage;
  private final BookedAccount account;
  private final int goal;
  private final long seed;
  private final AtomicLong instants =
      new AtomicLong(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private final Map<String, Long> committedAt = new ConcurrentHashMap<>();
  private final Object turn = new Object();
  private int commits;
  private int promptAtWork = WRITERS / 2;
  private int atWork = WRITERS;

  Writers(FeedStage stage, BookedAccount account, int goal, long seed) {
    this.stage = stage;
    this.account = account;
    this.goal = goal;
    this.seed = seed;
  }

  List<Callable<Void>> all() {
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int number = i;
      // The words of the books are shared: they must be known before anybody holds a lock on them.
      stage.book(account, Event.fresh("W" + number).in(EntryState.SETTLED));
      written.incrementAndGet();
      all.add(() -> {
        write(number);
        return null;
      });
    }
    return all;
  }

  private void write(int number) throws InterruptedException {
    Random random = new Random(seed + number);
    boolean prompt = number >= WRITERS / 2;
    List<Event> open = new ArrayList<>();
    try {
      while (written.get() < goal) {
        page(number, random, open, !prompt && random.nextInt(3) == 0);
      }
    } finally {
      synchronized (turn) {
        promptAtWork -= prompt ? 1 : 0;
        atWork--;
        turn.notifyAll();
      }
    }
  }

  private void page(int number, Random random, List<Event> open, boolean holdOpen) {
    List<Booking> page = new ArrayList<>();
    List<Event> fresh = new ArrayList<>();
    int size = 1 + (random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(10));
    for (int i = 0; i < size; i++) {
      if (!open.isEmpty() && random.nextInt(4) == 0) {
        Event event = open.remove(random.nextInt(open.size()));
        page.add(event.becomes(random.nextBoolean() ? EntryState.SETTLED : EntryState.VOID));
      } else {
        Event event = Event.fresh("W" + number);
        fresh.add(event);
        page.add(event.in(EntryState.PENDING));
      }
    }
    Instant recordedAt = Instant.ofEpochMilli(instants.incrementAndGet());
    int count =
        account.in(tx -> {
          int booked = stage.book(tx, account, recordedAt, page);
          if (holdOpen) {
            holdOpen();
          }
          return booked;
        });
    committedAt.put(Times.text(recordedAt), System.nanoTime());
    written.addAndGet(count);
    open.addAll(fresh);
    synchronized (turn) {
      commits++;
      turn.notifyAll();
    }
  }

  private void holdOpen() {
    synchronized (turn) {
      int until = commits + LATE_BY;
      while (commits < until && promptAtWork > 0) {
        try {
          turn.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
      late.incrementAndGet();
    }
  }

  /** Waits until somebody commits or a little while has passed; for readers at the end. */
  void rest() throws InterruptedException {
    synchronized (turn) {
      turn.wait(5);
    }
  }

  /** How many changes there are in all, once nobody writes any more; else −1. */
  int total() {
    synchronized (turn) {
      return atWork == 0 ? written.get() : -1;
    }
  }

  int written() {
    return written.get();
  }

  int late() {
    return late.get();
  }

  int transactions() {
    return commits + WRITERS;
  }

  /** When each transaction had committed, in nanoseconds, by what its changes say of their time. */
  Map<String, Long> committedAt() {
    return committedAt;
  }
}

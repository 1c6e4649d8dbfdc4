package io.tallystick.sandbox.exchange;

/**
 * What may go wrong with events on their way. Refused or broken handshakes and requests are wished
 * for in the {@code FaultBook}, where a request's method is {@code WS} and its path the name of the
 * call.
 */
public final class EventFaults {
  private boolean silent;
  private int twice;
  private int late;
  private long lateMillis;
  private int lost;
  private int closeAfter = -1;

  EventFaults() {}

  /** What becomes of one event. */
  record Fate(int copies, long lateMillis, boolean closes) {}

  /** Whether neither event nor ping is sent any more, while connections stay open. */
  public synchronized void silent(boolean now) {
    silent = now;
  }

  /** Sends the next {@code times} events twice. */
  public synchronized void twice(int times) {
    twice = times;
  }

  /** Sends the next {@code times} events so much later. */
  public synchronized void late(int times, long millis) {
    late = times;
    lateMillis = millis;
  }

  /** Loses the next {@code times} events. */
  public synchronized void lose(int times) {
    lost = times;
  }

  /** Drops the connection right after the {@code events}-th event from now. */
  public synchronized void closeAfter(int events) {
    closeAfter = events;
  }

  /** Behaves well again. */
  public synchronized void clear() {
    silent = false;
    twice = 0;
    late = 0;
    lost = 0;
    closeAfter = -1;
  }

  synchronized boolean silent() {
    return silent;
  }

  synchronized Fate next() {
    if (silent) {
      return new Fate(0, 0, false);
    }
    if (lost > 0) {
      lost--;
      return new Fate(0, 0, false);
    }
    int copies = twice > 0 ? 2 : 1;
    twice = Math.max(0, twice - 1);
    long delay = late > 0 ? lateMillis : 0;
    late = Math.max(0, late - 1);
    boolean closes = closeAfter == 1;
    closeAfter = Math.max(-1, closeAfter - 1);
    return new Fate(copies, delay, closes);
  }
}

package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Listing;
import java.util.SplittableRandom;

/** A symbol that an account trades while its history is played: when, and at which price now. */
final class Slot {
  private final SymbolBook book;
  private final int opens;
  private final int closes;
  private final boolean soldOff;
  private long ticks;
  private boolean started;
  private boolean finished;

  /** Times in thousandths of the history. */
  Slot(SymbolBook book, int opens, int closes, boolean soldOff) {
    this.book = book;
    this.opens = opens;
    this.closes = closes;
    this.soldOff = soldOff;
    this.ticks = book.listing().ticks();
  }

  SymbolBook book() {
    return book;
  }

  Listing listing() {
    return book.listing();
  }

  /** Whether the last of its base will be sold before the end. */
  boolean soldOff() {
    return soldOff;
  }

  boolean waits(int progress) {
    return !started && progress >= opens;
  }

  boolean trades(int progress) {
    return started && !finished && progress < closes;
  }

  /** Whether its base is to be sold to the last unit now. */
  boolean exits(int progress) {
    return soldOff && started && !finished && progress >= closes;
  }

  void start() {
    started = true;
  }

  void finish() {
    finished = true;
  }

  boolean finished() {
    return finished;
  }

  /** The next price in steps: a short walk that stays around the usual price. */
  long walk(SplittableRandom random) {
    long usual = listing().ticks();
    long moved = ticks + ticks * (random.nextInt(121) - 60) / 10_000 + random.nextInt(3) - 1;
    ticks = Math.clamp(moved, Math.max(1, usual / 3), usual * 3);
    return ticks;
  }
}

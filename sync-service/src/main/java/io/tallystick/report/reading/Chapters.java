package io.tallystick.report.reading;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * Reads books, entry by entry in order of time and id, as chapters. Where a chapter ends depends on
 * the entries before that place alone, so books that grew have the chapters they had, and more.
 */
public final class Chapters {
  /** So many entries are enough for a chapter; what is of one instant stays together. */
  public static final int SIZE = 128;

  private final Interpreter interpreter;
  private final int size;
  private final Consumer<Chapter> closed;
  private Instant last;
  private int inOpen;

  /**
   * Chapters from a place on.
   *
   * @param last the instant up to which the books were read already; {@code Instant.MIN} for none
   * @param inOpen how many entries of them are in a chapter that was not closed
   * @param size so many entries at least are in a chapter that is closed
   * @param closed takes each chapter when it is closed; of the first one only what is new
   */
  public Chapters(
      Interpreter interpreter, Instant last, int inOpen, int size, Consumer<Chapter> closed) {
    this.interpreter = interpreter;
    this.size = size;
    this.last = last;
    this.inOpen = inOpen;
    this.closed = closed;
    interpreter.passOpenings(last);
  }

  /**
   * Reads the next entry; throws IllegalArgumentException when it is earlier than the one before.
   */
  public void read(BookEntry entry) {
    openings(entry.at());
    step(entry.at());
    interpreter.read(entry);
  }

  private void openings(Instant to) {
    for (Instant at = interpreter.nextOpening();
        at != null && !at.isAfter(to);
        at = interpreter.nextOpening()) {
      step(at);
      interpreter.readOpening(at);
    }
  }

  private void step(Instant at) {
    if (at.isBefore(last)) {
      throw new IllegalArgumentException("the books go back from " + last + " to " + at);
    }
    if (inOpen >= size && at.isAfter(last)) {
      closed.accept(interpreter.take());
      inOpen = 0;
    }
    last = at;
    inOpen++;
  }

  /**
   * Reads what comes behind the last entry; the chapter that is still open, or what is new of it.
   */
  public Chapter end() {
    openings(Instant.MAX);
    return interpreter.take();
  }

  /** The instant of the last entry. */
  public Instant last() {
    return last;
  }

  /** How many entries are in the chapter that is open. */
  public int inOpen() {
    return inOpen;
  }
}

package io.tallystick.imports;

import io.tallystick.connection.Link;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One uploaded file and how far it has been taken in.
 *
 * @param name the name its owner gave it
 * @param answers what a person answered to questions about it
 * @param export a keyed digest of what all parts of one export have in common; null before it is
 *     known
 * @param position rows taken in, or taken back, so far
 * @param detail why it is in its state; null when nothing is to be said
 */
public record Batch(
    UUID id,
    Link link,
    String name,
    Map<String, String> answers,
    State state,
    @Nullable String kind,
    @Nullable String export,
    int part,
    long position,
    Counts counts,
    @Nullable String detail) {

  /** How far a batch has come. */
  public enum State {
    /** Something only a person knows must be answered first. */
    ASKING,
    /** Read through and counted; nothing of it is in the books. */
    CHECKED,
    COMMITTING,
    COMMITTED,
    UNDOING,
    UNDONE,
    /** Nothing of it can be read. */
    REFUSED;

    /** The name in the API. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Rows by what became of them.
   *
   * @param read rows that were understood
   * @param added rows that tell an event nobody told before
   * @param matched rows that tell what is known already
   * @param disputed rows that finer records contradict
   * @param unknown rows whose word is not in the dictionary; their effect on balances is kept
   * @param broken rows that could not be read, or are not the account's
   */
  public record Counts(
      long read, long added, long matched, long disputed, long unknown, long broken) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    Counts plus(Counts more) {
      return new Counts(
          read + more.read,
          added + more.added,
          matched + more.matched,
          disputed + more.disputed,
          unknown + more.unknown,
          broken + more.broken);
    }
  }

  public Batch {
    answers = Map.copyOf(answers);
  }

  /** The same batch, further on. */
  Batch to(State newState, long newPosition, Counts newCounts, @Nullable String newDetail) {
    return new Batch(
        id, link, name, answers, newState, kind, export, part, newPosition, newCounts, newDetail);
  }

  boolean isUnderWay() {
    return state == State.COMMITTING || state == State.UNDOING;
  }
}

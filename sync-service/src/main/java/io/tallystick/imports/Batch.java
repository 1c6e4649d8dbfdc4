package io.tallystick.imports;

import io.tallystick.connection.Link;
import io.tallystick.connection.Onlookers;
import io.tallystick.venue.Domain;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One uploaded file and how far it has been taken in.
 *
 * @param name the name its owner gave it
 * @param answers what a person answered to questions about it
 * @param domain the kind of record its rows mostly are; null before it is known
 * @param position rows worked through so far
 * @param rows how many rows were taken in and are now taken back; zero before that
 * @param detail why it is in its state; null when nothing is to be said
 */
public record Batch(
    UUID id,
    Link link,
    String name,
    Map<String, String> answers,
    State state,
    @Nullable String kind,
    @Nullable Domain domain,
    long position,
    long rows,
    Counts counts,
    @Nullable String detail) {

  /** Whether the consent it is looked at under covers what the file tells, as far as is known. */
  boolean isSeenBy(Onlookers.Sight sight) {
    return domain == null || sight.domains().contains(domain);
  }

  /** How far a batch has come. */
  public enum State {
    /** Something only a person knows must be answered first. */
    ASKING,
    /** Being read through. */
    CHECKING,
    /** Read through and counted; nothing of it is in the books. */
    CHECKED,
    COMMITTING,
    COMMITTED,
    /** Committed in part, and no longer allowed to go on. */
    STOPPED,
    UNDOING,
    UNDONE,
    /** Nothing of it can be read. */
    REFUSED;

    /** The name in the API. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What can be done with it now, as a sentence. */
    String next() {
      return switch (this) {
        case ASKING -> "Answer the questions; nothing is read before that.";
        case CHECKING ->
            "It is being read through: look again in a moment. Should it stand still for hours, delete"
                + " it and bring it again.";
        case CHECKED ->
            "Nothing of it is in the books yet: look at the counts and rows, then commit it or delete"
                + " it.";
        case COMMITTING ->
            "It is being taken in: look again in a moment. Should it stand still for hours, commit it"
                + " again: it goes on where it stands.";
        case COMMITTED -> "It is in the books; delete it to take it back.";
        case STOPPED ->
            "What was taken in so far is in the books: commit it again when the consent covers it, or"
                + " delete it to take that back.";
        case UNDOING ->
            "It is being taken back: look again in a moment. Should it stand still for hours, delete"
                + " it again: it goes on where it stands.";
        case UNDONE -> "Nothing of it is in the books; it may be brought again.";
        case REFUSED -> "Nothing of it is in the books: bring another file.";
      };
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
        id, link, name, answers, newState, kind, domain, newPosition, rows, newCounts, newDetail);
  }

  /** The same batch, so many more rows on. */
  Batch further(long more) {
    return to(state, position + more, counts, detail);
  }

  /** The same batch, with what became of the rows just worked through. */
  Batch counted(Counts more) {
    return to(state, position, counts.plus(more), detail);
  }

  /** The same batch, worked through. */
  Batch ended() {
    return switch (state) {
      case CHECKING -> to(State.CHECKED, 0, counts, null);
      case COMMITTING -> to(State.COMMITTED, position, counts, null);
      case UNDOING -> to(State.UNDONE, position, counts, null);
      case ASKING, CHECKED, COMMITTED, STOPPED, UNDONE, REFUSED ->
          throw new IllegalStateException("there is no work to end");
    };
  }

  /** The same batch, with its rows about to be taken back. */
  Batch back() {
    return new Batch(
        id, link, name, answers, State.UNDOING, kind, domain, 0, position, counts, null);
  }

  boolean isUnderWay() {
    return state == State.CHECKING || state == State.COMMITTING || state == State.UNDOING;
  }
}

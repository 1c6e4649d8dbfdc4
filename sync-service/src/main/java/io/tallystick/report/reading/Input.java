package io.tallystick.report.reading;

import io.tallystick.costbasis.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * All that a computation is made from beside its settings: valued events, and what was assumed or
 * left open when the books were read as events.
 */
public record Input(
    List<Event> events,
    List<Assumption> assumptions,
    List<Unresolved> unresolved,
    List<String> declarations,
    List<Sum> trial) {

  public Input {
    events = List.copyOf(events);
    assumptions = List.copyOf(assumptions);
    unresolved = List.copyOf(unresolved);
    declarations = List.copyOf(declarations);
    trial = List.copyOf(trial);
  }

  /**
   * The entry, or the declaration, behind the name of an event or a lot: what stands before a
   * number that tells several of one entry apart.
   */
  public static String origin(String name) {
    int number = name.indexOf('#');
    return number < 0 ? name : name.substring(0, number);
  }

  /**
   * Something that rests on a person's word or a rule and not on evidence.
   *
   * @param entry whose figures rest on it
   */
  public record Assumption(String entry, String what) {}

  /**
   * Something that nobody has said.
   *
   * @param kind a stable code
   * @param remedy what to do about it, as a clause without a full stop
   */
  public record Unresolved(
      String kind, String entry, Instant at, String asset, BigDecimal quantity, String remedy) {}

  /** What came into an account of the books and left it. */
  public record Sum(String account, String asset, BigDecimal in, BigDecimal out) {}
}

package io.tallystick.venue;

import java.util.List;

/** What could be proved about a key's rights. Every caller handles all four. */
public sealed interface KeyVerdict {
  /** It reads and nothing else: {@code rights} are those that are on. */
  record ReadOnly(List<String> rights, boolean addressRestricted) implements KeyVerdict {}

  /** It can do more: every right that must go, with how to switch it off. */
  record TooPowerful(List<Excess> rights) implements KeyVerdict {}

  /** The venue does not accept it; the reason is one a holder can act on. */
  record Rejected(Denial denial) implements KeyVerdict {}

  /** Its rights cannot be read here; never silently taken for read-only. */
  record Unverifiable(String why) implements KeyVerdict {}

  /**
   * A right that is too much.
   *
   * @param right the venue's own name of it
   * @param known false when the venue's documents, as we know them, do not mention it
   * @param remedy what the holder does to switch it off
   */
  record Excess(String right, boolean known, String remedy) {}
}

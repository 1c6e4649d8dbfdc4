package io.tallystick.consent;

/** Whether a client's read is allowed. */
public sealed interface ReadDecision {
  /** Yes, for what the permit names. */
  record Granted(ReadPermit permit) implements ReadDecision {}

  /** No, and why. */
  record Refused(Refusal reason) implements ReadDecision {}
}

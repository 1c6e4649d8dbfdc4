package io.tallystick.consent;

/** Whether a pull is allowed. */
public sealed interface PullDecision {
  /** Yes. */
  record Granted(PullPermit permit) implements PullDecision {}

  /** No, and why. */
  record Refused(Refusal reason) implements PullDecision {}
}

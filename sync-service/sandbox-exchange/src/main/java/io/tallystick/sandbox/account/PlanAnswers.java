package io.tallystick.sandbox.account;

/**
 * How the auto-invest endpoints answer: they left the venue's own clients in 2025, and whether they
 * still work is not established.
 */
public enum PlanAnswers {
  /** As if they had never been: 404. */
  NOT_FOUND,
  /** Code −1016, the service is no longer available. */
  RETIRED,
  /** As they were documented until 2025. */
  SERVED
}

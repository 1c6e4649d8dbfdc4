package io.tallystick.costbasis;

/** How long the units of one match were held, in the words of the profile's rule. */
public enum Term {
  /** The profile has no holding period. */
  NONE,
  /** Not yet held long enough. */
  SHORT,
  /** Long-term, or exempt. */
  LONG,
  /** The acquisition date is not known. */
  UNDETERMINED
}

package io.tallystick.sandbox.wire;

/** How a reply travels: whole, or in one of the ways in which a line goes wrong. */
public sealed interface Wire {

  /** As it should. */
  record Whole() implements Wire {}

  /** The length is announced, then the line drops after so many bytes of the body. */
  record CutAfter(int bytes) implements Wire {}

  /** The announced length differs from the real one; the line closes after the body. */
  record Announced(int length) implements Wire {}

  /** The whole reply, so many milliseconds late. */
  record Late(long millis) implements Wire {}

  /** One byte of the body every so many milliseconds. */
  record Drip(long millis) implements Wire {}

  /** The body, then blanks until so many bytes were sent. */
  record Flood(long bytes) implements Wire {}

  /** The line drops without any answer. */
  record Dropped() implements Wire {}
}

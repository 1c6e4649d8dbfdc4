package io.tallystick.sandbox.protocol;

/**
 * A parameter that an endpoint takes.
 *
 * @param name as sent
 * @param kind how the value is read
 * @param needed whether the call is refused without it
 * @param max the largest number taken; 0 for no limit
 */
public record Parameter(String name, Kind kind, boolean needed, long max) {

  /** How a value is read. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** A symbol's name: capital letters of any script, digits, {@code - _ .}. */
    SYMBOL,
    /** A whole number from 0. */
    NUMBER,
    /** A whole number from 1. */
    COUNT,
    /** Milliseconds or microseconds since 1970, told apart by magnitude. */
    TIME,
    /** true or false. */
    FLAG
  }

  /** The mandatory parameter {@code symbol}. */
  public static Parameter symbol() {
    return new Parameter("symbol", Kind.SYMBOL, true, 0);
  }

  /** Any text. */
  public static Parameter text(String name) {
    return new Parameter(name, Kind.TEXT, false, 0);
  }

  /** A number from 0, such as an id or an offset. */
  public static Parameter number(String name) {
    return new Parameter(name, Kind.NUMBER, false, 0);
  }

  /** A page size up to this many rows. */
  public static Parameter limit(long max) {
    return new Parameter("limit", Kind.COUNT, false, max);
  }

  /** A count of this name, from 1 up to {@code max}. */
  public static Parameter count(String name, long max) {
    return new Parameter(name, Kind.COUNT, false, max);
  }

  /** An instant. */
  public static Parameter time(String name) {
    return new Parameter(name, Kind.TIME, false, 0);
  }

  /** true or false. */
  public static Parameter flag(String name) {
    return new Parameter(name, Kind.FLAG, false, 0);
  }

  /** The same, but the call may leave it out. */
  public Parameter optional() {
    return new Parameter(name, kind, false, max);
  }

  /** The same, but the call is refused without it. */
  public Parameter mandatory() {
    return new Parameter(name, kind, true, max);
  }
}

package io.tallystick.sandbox.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an endpoint is called with, already read and checked against its parameters.
 *
 * @param texts texts, symbols and flags by name
 * @param numbers numbers and instants by name; instants are in milliseconds
 * @param micros whether the caller asked for times in microseconds
 * @param now the exchange's time in milliseconds
 */
public record Arguments(
    Map<String, String> texts, Map<String, Long> numbers, boolean micros, long now) {

  /** Whether the parameter was sent. */
  public boolean has(String name) {
    return texts.containsKey(name) || numbers.containsKey(name);
  }

  /** The text, if sent. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /** The text of a parameter that was declared mandatory. */
  public String required(String name) {
    return text(name).orElseThrow(() -> new IllegalStateException("not declared: " + name));
  }

  /** The number, if sent. */
  public OptionalLong number(String name) {
    Long value = numbers.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** The number, or another if it was not sent. */
  public long numberOr(String name, long other) {
    return numbers.getOrDefault(name, other);
  }

  /** Whether the flag was sent as true. */
  public boolean flag(String name) {
    return "true".equalsIgnoreCase(texts.getOrDefault(name, ""));
  }

  /** An instant in the unit that the caller asked for. */
  public long shown(long millis) {
    return micros ? Math.multiplyExact(millis, 1000L) : millis;
  }
}

package io.tallystick.sandbox.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what was sent against what an endpoint takes. {@code /api} refuses a parameter that it does
 * not know, {@code /sapi} ignores it (Binance Spot REST docs, "Error codes", 11xx).
 */
public final class ArgumentReader {
  private static final Set<String> SIGNED = Set.of("timestamp", "recvWindow", "signature");
  // Instants of today have 13 digits in milliseconds and 16 in microseconds.
  private static final long FIRST_MICROS = 100_000_000_000_000L;

  private ArgumentReader() {}

  /** What was read, or why not. */
  public sealed interface Reading {
    /** Every parameter is fine. */
    record Fine(Arguments arguments) implements Reading {}

    /** One of them is not. */
    record Wrong(Refusal refusal) implements Reading {}
  }

  /** Checks and reads; {@code now} is the exchange's time in milliseconds. */
  public static Reading read(Sent sent, Endpoint endpoint, boolean micros, long now) {
    boolean strict = endpoint.path().startsWith("/api/");
    Optional<Refusal> form = form(sent, endpoint, strict);
    if (form.isPresent()) {
      return new Reading.Wrong(form.get());
    }
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    for (Parameter parameter : endpoint.parameters()) {
      Optional<String> value = sent.value(parameter.name());
      if (value.isEmpty() || value.get().isEmpty()) {
        if (parameter.needed()) {
          return new Reading.Wrong(Refusal.missing(parameter.name()));
        }
        if (value.isPresent() && strict) {
          return new Reading.Wrong(
              Refusal.of(-1105, "Parameter '" + parameter.name() + "' was empty."));
        }
        continue;
      }
      Optional<Refusal> wrong = store(parameter, value.get(), texts, numbers);
      if (wrong.isPresent()) {
        return new Reading.Wrong(wrong.get());
      }
    }
    return new Reading.Fine(
        new Arguments(Map.copyOf(texts), Map.copyOf(numbers), micros && strict, now));
  }

  private static Optional<Refusal> form(Sent sent, Endpoint endpoint, boolean strict) {
    if (!sent.readable()) {
      return Optional.of(Refusal.of(-1100, "Illegal characters found in a parameter."));
    }
    if (sent.duplicate()) {
      return Optional.of(Refusal.of(-1101, "Duplicate values for a parameter detected."));
    }
    if (!strict) {
      return Optional.empty();
    }
    List<String> known = endpoint.parameters().stream().map(Parameter::name).toList();
    long total = sent.values().size();
    long unknown =
        sent.values().keySet().stream()
            .filter(n -> !known.contains(n) && !(endpoint.signed() && SIGNED.contains(n)))
            .count();
    if (unknown == 0) {
      return Optional.empty();
    }
    return Optional.of(
        known.isEmpty() && !endpoint.signed()
            ? Refusal.of(-1101, "Too many parameters; expected '0' and received '" + total + "'.")
            : Refusal.of(
                -1104,
                "Not all sent parameters were read; read '"
                    + (total - unknown)
                    + "' parameter(s) but was sent '"
                    + total
                    + "'."));
  }

  private static Optional<Refusal> store(
      Parameter parameter, String value, Map<String, String> texts, Map<String, Long> numbers) {
    String name = parameter.name();
    return switch (parameter.kind()) {
      case TEXT -> kept(texts.put(name, value));
      case SYMBOL ->
          symbol(value) ? kept(texts.put(name, value)) : Optional.of(Refusal.illegal(name));
      case FLAG ->
          value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")
              ? kept(texts.put(name, value))
              : Optional.of(Refusal.invalid(name));
      case NUMBER, COUNT, TIME -> number(parameter, value, numbers);
    };
  }

  private static Optional<Refusal> number(
      Parameter parameter, String value, Map<String, Long> numbers) {
    String name = parameter.name();
    if (!value.matches("[0-9]{1,18}")) {
      return Optional.of(Refusal.illegal(name));
    }
    long number = Long.parseLong(value);
    if (parameter.kind() == Parameter.Kind.COUNT && number == 0) {
      return Optional.of(Refusal.invalid(name));
    }
    if (parameter.max() > 0 && number > parameter.max()) {
      return Optional.of(Refusal.above(name, parameter.max()));
    }
    boolean micros = parameter.kind() == Parameter.Kind.TIME && number >= FIRST_MICROS;
    numbers.put(name, micros ? number / 1000 : number);
    return Optional.empty();
  }

  private static Optional<Refusal> kept(Object ignored) {
    return Optional.empty();
  }

  /** Names may be in any script since December 2025, but never in small letters. */
  private static boolean symbol(String value) {
    return value.length() <= 20
        && value
            .codePoints()
            .allMatch(c ->
                (Character.isLetterOrDigit(c) && !Character.isLowerCase(c))
                    || "-_.".indexOf(c) >= 0);
  }
}

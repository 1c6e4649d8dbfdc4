package io.tallystick.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.market.Units;
import java.util.OptionalLong;

/**
 * The JSON body of a control call. A field that is missing or of the wrong type is said with its
 * name, by {@link Unfit}, which ends the call with status 400.
 */
record Form(JsonNode body) {

  /** A body that does not fit the call. */
  static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message);
    }
  }

  boolean has(String name) {
    return body.hasNonNull(name);
  }

  String text(String name) {
    JsonNode value = body.path(name);
    if (!value.isTextual()) {
      throw new Unfit("'" + name + "' must be a text");
    }
    return value.asText();
  }

  String textOr(String name, String other) {
    return has(name) ? text(name) : other;
  }

  long number(String name) {
    JsonNode value = body.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new Unfit("'" + name + "' must be a whole number");
    }
    return value.asLong();
  }

  long numberOr(String name, long other) {
    return has(name) ? number(name) : other;
  }

  int intOr(String name, int other) {
    long value = numberOr(name, other);
    if (value != (int) value) {
      throw new Unfit("'" + name + "' is too large");
    }
    return (int) value;
  }

  boolean flag(String name) {
    JsonNode value = body.path(name);
    if (!value.isBoolean()) {
      throw new Unfit("'" + name + "' must be true or false");
    }
    return value.asBoolean();
  }

  /** An amount, sent as a decimal text, in units of 10⁻⁸. */
  long units(String name) {
    OptionalLong units = Units.parse(text(name));
    return units.orElseThrow(
        () -> new Unfit("'" + name + "' must be a decimal text with at most eight places"));
  }

  long unitsOr(String name, long other) {
    return has(name) ? units(name) : other;
  }
}

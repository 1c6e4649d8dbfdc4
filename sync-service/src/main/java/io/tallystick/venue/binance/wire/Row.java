package io.tallystick.venue.binance.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.kernel.Decimals;
import io.tallystick.venue.Raw;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One record, read field by field. Tolerant of what venues really send (numbers as text, text as
 * numbers, unknown fields), strict about what it means. The first field that cannot be read is
 * remembered in {@link #wrong}; reading then goes on with neutral values, so that a mapping reads
 * straight down and looks once, at its end. Not for sharing between threads.
 */
public final class Row implements Raw.Read {
  private static final Pattern EXPONENT =
      Pattern.compile("-?(0|[1-9][0-9]{0,37})(\\.[0-9]{1,30})?[eE][+-]?[0-9]{1,2}");
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_TEXT = 2_000;

  private final Fields fields;
  private @Nullable String wrong;

  private Row(Fields fields, @Nullable String wrong) {
    this.fields = fields;
    this.wrong = wrong;
  }

  /** The record of these bytes; anything but a strict JSON object is wrong from the start. */
  public static Row of(byte[] record) {
    JsonNode tree = StrictJson.tree(record);
    return tree != null && tree.isObject()
        ? new Row(Fields.of(tree), null)
        : new Row(Fields.NONE, "the record is not a JSON object");
  }

  /** The record, from its bytes only where it was not read before; nothing is wrong with it yet. */
  public static Row of(Raw raw) {
    return raw.read() instanceof Row row ? new Row(row.fields, null) : of(raw.bytes());
  }

  /** The record of these members. */
  static Row of(Fields members) {
    return new Row(members, null);
  }

  /** Why the record cannot be used, naming the first field at fault but never its value. */
  public @Nullable String wrong() {
    return wrong;
  }

  /** Whether the field is there with a value; null, empty text and absence are the same. */
  public boolean has(String name) {
    JsonNode value = fields.get(name);
    return value != null && !value.isNull() && !(value.isTextual() && value.textValue().isEmpty());
  }

  /** A code such as an asset, a symbol, a status or an id: visible characters, no blanks. */
  public String name(String name) {
    String text = scalar(name);
    if (text == null) {
      return "";
    }
    boolean fine = !text.isEmpty() && text.length() <= LONGEST_NAME && visible(text);
    return fine ? text : fail(name, "is no usable code", "");
  }

  /** Like {@link #name}, or null when the field is not there. */
  public @Nullable String nameIfThere(String name) {
    return has(name) ? name(name) : null;
  }

  /** A fact in canonical text, whether it is an amount, an id or a code, as text or as number. */
  public String fact(String name) {
    JsonNode value = fields.get(name);
    if (value != null && value.isNumber()) {
      return Decimals.text(decimal(name));
    }
    String text = name(name);
    BigDecimal amount = Decimals.parse(text);
    return amount == null ? text : Decimals.text(amount);
  }

  /** Free text for the sealed details; null when the field is not there. */
  public @Nullable String textIfThere(String name) {
    if (!has(name)) {
      return null;
    }
    String text = scalar(name);
    if (text == null) {
      return null;
    }
    if (text.length() <= LONGEST_TEXT && text.indexOf('\0') < 0 && paired(text)) {
      return text;
    }
    note(name, "is no usable text");
    return null;
  }

  /** A decimal, from a JSON number or text. */
  public BigDecimal decimal(String name) {
    JsonNode value = fields.get(name);
    BigDecimal read = null;
    if (value != null && value.isTextual()) {
      read = Decimals.parse(value.textValue());
      if (read == null && EXPONENT.matcher(value.textValue()).matches()) {
        read = bounded(new BigDecimal(value.textValue()));
      }
    } else if (value != null && value.isNumber()) {
      read = bounded(value.decimalValue());
    }
    return read == null ? fail(name, missing(value, "is no decimal"), BigDecimal.ZERO) : read;
  }

  /** A decimal that cannot be negative. */
  public BigDecimal amount(String name) {
    BigDecimal value = decimal(name);
    return value.signum() < 0 ? fail(name, "is negative", BigDecimal.ZERO) : value;
  }

  /** Like {@link #amount}; zero when the field is not there. */
  public BigDecimal amountOrZero(String name) {
    return has(name) ? amount(name) : BigDecimal.ZERO;
  }

  /** Like {@link #amount}, or null when the field is not there. */
  public @Nullable BigDecimal amountIfThere(String name) {
    return has(name) ? amount(name) : null;
  }

  /** The object under this name; wrong from the start when it is none. */
  public Row object(String name) {
    JsonNode value = fields.get(name);
    return value != null && value.isObject()
        ? new Row(Fields.of(value), null)
        : new Row(Fields.NONE, name + " is no object");
  }

  /** A 64-bit integer, from a JSON number or text. */
  public long integer(String name) {
    JsonNode value = fields.get(name);
    Long read = whole(value);
    return read == null ? fail(name, missing(value, "is no 64-bit integer"), 0L) : read;
  }

  /** Like {@link #integer}; the fallback when the field is not there. */
  public long integerOr(String name, long fallback) {
    return has(name) ? integer(name) : fallback;
  }

  /** A truth value, from a JSON boolean or text. */
  public boolean flag(String name) {
    JsonNode value = fields.get(name);
    if (value != null && value.isBoolean()) {
      return value.booleanValue();
    }
    String text = value != null && value.isTextual() ? value.textValue() : "";
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> fail(name, missing(value, "is no truth value"), false);
    };
  }

  /** Like {@link #flag}, or null when the field is not there. */
  public @Nullable Boolean flagIfThere(String name) {
    return has(name) ? Boolean.valueOf(flag(name)) : null;
  }

  /** An instant, from an epoch number (see {@link VenueTime}) or UTC text. */
  public Instant instant(String name) {
    JsonNode value = fields.get(name);
    Long epoch = whole(value);
    Instant read = epoch == null ? null : VenueTime.epoch(epoch);
    if (epoch == null && value != null && value.isTextual()) {
      read = VenueTime.text(value.textValue());
    }
    return read == null ? fail(name, missing(value, "is no instant"), VenueTime.EARLIEST) : read;
  }

  /** Like {@link #instant}, or null when the field is not there or is 0, the venue's "none". */
  public @Nullable Instant instantIfThere(String name) {
    return !has(name) || "0".equals(scalarOf(fields.get(name))) ? null : instant(name);
  }

  /** The objects in an array; an absent array is wrong, elements that are no objects are kept. */
  public List<Row> rows(String name) {
    JsonNode value = fields.get(name);
    if (value == null || !value.isArray()) {
      return fail(name, missing(value, "is no array"), List.of());
    }
    return elements(value);
  }

  /** The records of an array as a whole; null when the bytes are not a strict JSON array. */
  public static @Nullable List<Row> array(byte[] bytes) {
    JsonNode tree = StrictJson.tree(bytes);
    return tree != null && tree.isArray() ? elements(tree) : null;
  }

  private static List<Row> elements(JsonNode array) {
    List<Row> rows = new ArrayList<>(array.size());
    for (JsonNode element : array) {
      rows.add(
          element.isObject()
              ? new Row(Fields.of(element), null)
              : new Row(Fields.NONE, "an element is not an object"));
    }
    return List.copyOf(rows);
  }

  private @Nullable String scalar(String name) {
    JsonNode value = fields.get(name);
    String text = scalarOf(value);
    if (text == null) {
      note(name, missing(value, "is neither text nor number"));
    }
    return text;
  }

  private static @Nullable String scalarOf(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    return value.isTextual() || value.isIntegralNumber() ? value.asText() : null;
  }

  private static @Nullable Long whole(@Nullable JsonNode value) {
    if (value != null && value.isIntegralNumber()) {
      return value.canConvertToLong() ? Long.valueOf(value.longValue()) : null;
    }
    if (value == null || !value.isTextual() || !INTEGER.matcher(value.textValue()).matches()) {
      return null;
    }
    BigInteger number = new BigInteger(value.textValue());
    return number.bitLength() < Long.SIZE ? Long.valueOf(number.longValue()) : null;
  }

  private static String missing(@Nullable JsonNode value, String otherwise) {
    return value == null || value.isNull() ? "is missing" : otherwise;
  }

  private static @Nullable BigDecimal bounded(BigDecimal value) {
    // Checked before it is written out: 1e99999999 in plain notation takes a minute and 100 MB.
    boolean small = value.precision() <= 80 && Math.abs((long) value.scale()) <= 80;
    return small ? Decimals.parse(value.stripTrailingZeros().toPlainString()) : null;
  }

  private static boolean visible(String text) {
    int at = 0;
    // Nearly all codes are plain ASCII; the rest is looked up.
    while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) < 0x7f) {
      at++;
    }
    return at == text.length() || allVisible(text);
  }

  private static boolean allVisible(String text) {
    return text.codePoints()
        .noneMatch(point ->
            switch (Character.getType(point)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.SURROGATE,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR,
                  Character.SPACE_SEPARATOR ->
                  true;
              default -> false;
            });
  }

  private static boolean paired(String text) {
    return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
  }

  private <T> T fail(String name, String what, T neutral) {
    note(name, what);
    return neutral;
  }

  private void note(String name, String what) {
    if (wrong == null) {
      wrong = name + " " + what;
    }
  }
}

package io.tallystick.venue.binance.exports;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transaction id as exports write it, told apart by form, so that one transaction has one text in
 * every source.
 *
 * @param value the comparable text: hashes of 64 hex digits in lower case without {@code 0x}, the
 *     number of an internal transfer, others as written
 * @param output the output's index where the export appends one to such a hash; -1 without
 */
public record TxId(Form form, String value, int output) {
  /** What the text is. */
  public enum Form {
    /** Not sent yet, or off the chain. */
    NONE,
    /** A hash of 64 hexadecimal digits, which is the same in either case. */
    HEX,
    /** Anything else; kept whole and in its case. */
    OTHER,
    /** A number the venue gives movements between its own users; on no chain. */
    INTERNAL
  }

  private static final Pattern INTERNAL =
      Pattern.compile("(?i)(?:internal|off-chain) transfer ([0-9]+)");
  private static final Pattern HEX =
      Pattern.compile("(?:0[xX])?([0-9a-fA-F]{64})(?::([0-9]{1,9}))?");

  /** Reads a cell; any text is some form. */
  public static TxId of(String cell) {
    String text = cell.strip();
    if (text.isEmpty() || text.chars().allMatch(c -> c == '-')) {
      return new TxId(Form.NONE, "", -1);
    }
    Matcher internal = INTERNAL.matcher(text);
    if (internal.matches()) {
      return new TxId(Form.INTERNAL, internal.group(1), -1);
    }
    Matcher hex = HEX.matcher(text);
    if (!hex.matches()) {
      return new TxId(Form.OTHER, text, -1);
    }
    String output = hex.group(2);
    return new TxId(
        Form.HEX,
        hex.group(1).toLowerCase(Locale.ROOT),
        output == null ? -1 : Integer.parseInt(output));
  }
}

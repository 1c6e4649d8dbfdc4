package io.tallystick.venue.binance.exports.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The encodings read here. Only a byte order mark or a person's word leads away from UTF-8. */
public enum Encoding {
  /** The default, with or without a mark. */
  UTF_8("utf-8", StandardCharsets.UTF_8),
  /** Western European Windows; read only when a person says so. */
  WINDOWS_1252("windows-1252", Charset.forName("windows-1252")),
  /** Two bytes a unit, low byte first. */
  UTF_16LE("utf-16le", StandardCharsets.UTF_16LE),
  /** Two bytes a unit, high byte first. */
  UTF_16BE("utf-16be", StandardCharsets.UTF_16BE);

  private final String label;
  private final Charset charset;

  Encoding(String label, Charset charset) {
    this.label = label;
    this.charset = charset;
  }

  /** Its name for people and for answers. */
  public String label() {
    return label;
  }

  /** The encoding of this label; null when it is not one of ours. */
  public static @Nullable Encoding labelled(String label) {
    for (Encoding one : values()) {
      if (one.label.equalsIgnoreCase(label.strip())) {
        return one;
      }
    }
    return null;
  }

  /** Whether it uses two bytes a unit. */
  boolean wide() {
    return this == UTF_16LE || this == UTF_16BE;
  }

  /** A decoder that reports what it cannot read and replaces nothing. */
  CharsetDecoder strict() {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** What a byte order mark at the start says; null without one. */
  static @Nullable Encoding marked(byte[] head, int length) {
    if (length >= 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf) {
      return UTF_8;
    }
    if (length >= 2 && head[0] == (byte) 0xff && head[1] == (byte) 0xfe) {
      return UTF_16LE;
    }
    return length >= 2 && head[0] == (byte) 0xfe && head[1] == (byte) 0xff ? UTF_16BE : null;
  }

  /**
   * What the first bytes look like. {@link Guess#sure} is false when they are not UTF-8, or hold
   * the zero bytes of UTF-16 without its mark: then a person must say.
   */
  public static Guess guess(byte[] head, int length) {
    Encoding marked = marked(head, length);
    if (marked != null) {
      return new Guess(marked, true);
    }
    int even = 0;
    int odd = 0;
    for (int i = 0; i < length; i++) {
      if (head[i] == 0) {
        even += 1 - (i & 1);
        odd += i & 1;
      }
    }
    if ((even + odd) * 4 > length) {
      return new Guess(even > odd ? UTF_16BE : UTF_16LE, false);
    }
    return new Guess(isUtf8(head, length) ? UTF_8 : WINDOWS_1252, isUtf8(head, length));
  }

  // The head may end inside a character, which has up to four bytes.
  private static boolean isUtf8(byte[] head, int length) {
    CharBuffer room = CharBuffer.allocate(length);
    ByteBuffer bytes = ByteBuffer.wrap(head, 0, length);
    return !UTF_8.strict().decode(bytes, room, false).isError() && bytes.remaining() < 4;
  }

  /** A guess, and whether it may be relied on without asking. */
  public record Guess(Encoding encoding, boolean sure) {}
}

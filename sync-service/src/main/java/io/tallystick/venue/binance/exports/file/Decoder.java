package io.tallystick.venue.binance.exports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes into lines of text, strictly. A line that cannot be read is a fault that names its byte;
 * the lines after it are read on, and nothing is ever replaced. Every kind of line end counts as
 * one: LF, CRLF and a lone CR, mixed or not. Holds one line at a time.
 */
final class Decoder implements AutoCloseable {
  /** What the next line came to. */
  enum Step {
    LINE,
    FAULT,
    END
  }

  private static final int CHUNK = 128 << 10;
  private static final int MARK = 3;

  private final InputStream in;
  private final boolean wide;
  private final CharsetDecoder strict;
  private final int longest;

  private byte[] buffer = new byte[CHUNK];
  private int filled;
  private int start;
  private int end;
  private int after;
  private long base;
  private boolean afterReturn;
  private boolean exhausted;
  private boolean discarded;
  private long discardedFrom;

  private char[] text = new char[1024];
  private int length;
  private boolean quoted;
  private boolean open;
  private long line;
  private long faultAt;
  private Damage damage = Damage.MALFORMED;

  Decoder(InputStream in, Encoding encoding, Limits limits) {
    this.wide = encoding.wide();
    this.in = wide ? new Utf16(in, encoding == Encoding.UTF_16LE) : in;
    this.strict = (wide ? Encoding.UTF_8 : encoding).strict();
    this.longest = limits.line();
  }

  /** Goes to the next line. */
  Step next() throws IOException {
    try {
      return advance() ? decode() : Step.END;
    } catch (Utf16.Malformed e) {
      // Half a pair: where the next unit begins is not known, so nothing after it is.
      exhausted = true;
      line++;
      after = filled;
      start = filled;
      end = filled;
      return fault(Damage.MALFORMED, e.at());
    }
  }

  /** The number of the current line, from 1. */
  long line() {
    return line;
  }

  /** The current line's characters, of which {@link #length} count; valid until the next line. */
  char[] text() {
    return text;
  }

  int length() {
    return length;
  }

  /** Whether the line holds a quotation mark. */
  boolean quoted() {
    return quoted;
  }

  /** Whether the line is the last one and has no line end. */
  boolean open() {
    return open;
  }

  /** The byte of the fault, from 0 at the start of the file; -1 where it cannot be told. */
  long faultAt() {
    return faultAt;
  }

  /** What is wrong with the line. */
  Damage damage() {
    return damage;
  }

  /** A copy of the line's bytes as they stand in the file (UTF-16 as UTF-8). */
  byte[] raw() {
    return Arrays.copyOfRange(buffer, start, end);
  }

  // Finds the bytes of the next line: buffer[start, end), the one after begins at 'after'.
  private boolean advance() throws IOException {
    start = after;
    discarded = false;
    skipMark();
    if (afterReturn && (start < filled || refill()) && buffer[start] == '\n') {
      start++;
    }
    afterReturn = false;
    int at = start;
    while (true) {
      while (at < filled && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      if (at < filled) {
        return found(at);
      }
      if (at - start > longest) {
        return discard();
      }
      int scanned = at - start;
      if (!refill()) {
        return foundOpen();
      }
      at = start + scanned;
    }
  }

  private void skipMark() throws IOException {
    if (line > 0) {
      return;
    }
    boolean more = true;
    while (more && filled < MARK) {
      more = refill();
    }
    boolean marked =
        filled >= MARK
            && buffer[0] == (byte) 0xef
            && buffer[1] == (byte) 0xbb
            && buffer[2] == (byte) 0xbf;
    start = marked ? MARK : 0;
  }

  private boolean found(int lineEnd) {
    end = lineEnd;
    after = lineEnd + 1;
    afterReturn = buffer[lineEnd] == '\r';
    open = false;
    line++;
    return true;
  }

  private boolean foundOpen() {
    if (filled == start) {
      return false;
    }
    end = filled;
    after = filled;
    open = true;
    line++;
    return true;
  }

  // Passes over a line beyond the limit without keeping it.
  private boolean discard() throws IOException {
    discarded = true;
    discardedFrom = base + start;
    while (true) {
      start = filled;
      if (!refill()) {
        open = true;
        end = start;
        after = start;
        line++;
        return true;
      }
      for (int at = start; at < filled; at++) {
        if (buffer[at] == '\n' || buffer[at] == '\r') {
          start = at;
          return found(at);
        }
      }
    }
  }

  // Moves what is not yet used to the front and reads more; start becomes 0.
  private boolean refill() throws IOException {
    if (exhausted) {
      return false;
    }
    System.arraycopy(buffer, start, buffer, 0, filled - start);
    base += start;
    filled -= start;
    start = 0;
    after = 0;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      exhausted = true;
      return false;
    }
    filled += read;
    return true;
  }

  private Step decode() {
    int size = end - start;
    if (discarded || size > longest) {
      return fault(Damage.TOO_LONG, discarded ? discardedFrom : base + start);
    }
    if (text.length < size) {
      text = new char[Math.max(size, 2 * text.length)];
    }
    byte[] bytes = buffer;
    char[] chars = text;
    boolean quote = false;
    for (int i = 0, from = start; i < size; i++) {
      int c = bytes[from + i];
      if (c <= 0) {
        return decodeOther();
      }
      quote |= c == '"';
      chars[i] = (char) c;
    }
    quoted = quote;
    length = size;
    return Step.LINE;
  }

  // A line with anything beyond ASCII.
  private Step decodeOther() {
    for (int i = start; i < end; i++) {
      if (buffer[i] == 0) {
        return fault(Damage.ZERO_BYTE, base + i);
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap(buffer, start, end - start);
    CharBuffer chars = CharBuffer.wrap(text);
    CoderResult result = strict.reset().decode(bytes, chars, true);
    if (result.isError()) {
      return fault(Damage.MALFORMED, base + bytes.position());
    }
    length = chars.position();
    quoted = false;
    for (int i = 0; i < length; i++) {
      quoted |= text[i] == '"';
      if (text[i] == '\ufeff') {
        String before = new String(text, 0, i);
        return fault(
            Damage.STRAY_MARK, base + start + before.getBytes(StandardCharsets.UTF_8).length);
      }
    }
    return Step.LINE;
  }

  private Step fault(Damage what, long at) {
    damage = what;
    // Behind the conversion the places are those of the converted text.
    faultAt = wide && what != Damage.MALFORMED ? -1 : at;
    length = 0;
    quoted = false;
    return Step.FAULT;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

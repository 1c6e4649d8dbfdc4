package io.tallystick.venue.binance.exports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** UTF-16 as UTF-8, strictly: half a pair or half a unit ends the stream with its byte. */
final class Utf16 extends InputStream {
  /** The text cannot be read on from this byte (from 0). */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1;
    private final long at;

    Malformed(long at) {
      super("not UTF-16");
      this.at = at;
    }

    long at() {
      return at;
    }
  }

  private static final int UNITS = 8 << 10;

  private final InputStream in;
  private final boolean littleEndian;
  private byte[] ready = new byte[0];
  private int next;
  private long consumed;
  private boolean broken;
  private int held = -1;

  Utf16(InputStream in, boolean littleEndian) {
    this.in = in;
    this.littleEndian = littleEndian;
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, ready.length - next);
    System.arraycopy(ready, next, buffer, offset, n);
    next += n;
    return n;
  }

  // What was good before the fault is handed out first, so that its lines are not lost.
  private boolean fill() throws IOException {
    while (next == ready.length) {
      if (broken) {
        throw new Malformed(consumed);
      }
      byte[] bytes = in.readNBytes(2 * UNITS);
      if (bytes.length == 0) {
        broken = held >= 0;
        if (broken) {
          continue;
        }
        return false;
      }
      next = 0;
      ready = convert(bytes);
    }
    return true;
  }

  private byte[] convert(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length / 2 + 1);
    for (int i = 0; i < bytes.length && !broken; i += 2) {
      if (i + 1 == bytes.length) {
        broken = true;
        break;
      }
      int first = bytes[i] & 0xff;
      int second = bytes[i + 1] & 0xff;
      char unit = (char) (littleEndian ? second << 8 | first : first << 8 | second);
      boolean low = Character.isLowSurrogate(unit);
      if (low != held >= 0) {
        broken = true;
      } else if (Character.isHighSurrogate(unit)) {
        held = unit;
      } else {
        if (low) {
          text.append((char) held);
        }
        held = -1;
        text.append(unit);
        consumed = consumed + (low ? 4 : 2);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

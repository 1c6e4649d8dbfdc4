package io.tallystick.venue.binance.exports.file;

import io.tallystick.venue.binance.exports.file.Container.Reason;
import io.tallystick.venue.binance.exports.file.Container.Refusal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what really comes out of an archive and stops at the limits. */
final class Meter {
  private final long packed;
  private final Limits limits;
  private long unpacked;
  private int members;

  /** A meter for one upload of so many packed bytes. */
  Meter(long packed, Limits limits) {
    this.packed = packed;
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  /** Counts one more member. */
  void member() throws Refusal {
    members++;
    if (members > limits.members()) {
      throw new Refusal(
          Reason.TOO_MANY_MEMBERS, "An archive may hold " + limits.members() + " files.");
    }
  }

  private void count(long bytes) throws Refusal {
    unpacked += bytes;
    if (unpacked > limits.bytes()) {
      throw new Refusal(Reason.TOO_LARGE, "Unpacked it is more than " + limits.bytes() + " bytes.");
    }
    if (unpacked > Limits.RATIO_FROM && unpacked / Math.max(1, packed) > limits.ratio()) {
      throw new Refusal(Reason.PACKED_TOO_TIGHTLY, "It unpacks to far more than an export would.");
    }
  }

  /** The same bytes, counted. Damage found by the archive reader becomes a refusal. */
  InputStream counted(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
          count(read);
        }
        return read;
      }

      @Override
      public long skip(long bytes) throws IOException {
        // What is skipped must be unpacked too, so it counts.
        byte[] sink = new byte[8 << 10];
        long left = bytes;
        int n = 0;
        while (left > 0 && n >= 0) {
          n = read(sink, 0, (int) Math.min(sink.length, left));
          left -= Math.max(n, 0);
        }
        return bytes - left;
      }
    };
  }
}

package io.tallystick.venue.binance.exports.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bytes become lines, or faults that name their line and byte; nothing is replaced. */
final class DecoderTest {
  /** Gives its bytes in small and uneven portions, as a network would. */
  private static final class Trickle extends InputStream {
    private final byte[] bytes;
    private final Random random;
    private int next;

    Trickle(byte[] bytes, long seed) {
      this.bytes = bytes;
      this.random = new Random(seed);
    }

    @Override
    public int read() {
      return next < bytes.length ? bytes[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (next == bytes.length) {
        return -1;
      }
      int n = Math.min(Math.min(length, 1 + random.nextInt(7)), bytes.length - next);
      System.arraycopy(bytes, next, buffer, offset, n);
      next += n;
      return n;
    }
  }

  private static List<String> lines(InputStream in, Encoding encoding) throws IOException {
    Limits limits = new Limits(1 << 30, 200, 20, 100, 16, 1000, 1000);
    List<String> seen = new ArrayList<>();
    try (Decoder decoder = new Decoder(in, encoding, limits)) {
      for (Decoder.Step step = decoder.next(); step != Decoder.Step.END; step = decoder.next()) {
        seen.add(
            decoder.line()
                + (step == Decoder.Step.LINE
                    ? ":" + new String(decoder.text(), 0, decoder.length())
                    : "!" + decoder.damage() + "@" + decoder.faultAt()));
      }
    }
    return seen;
  }

  private static List<String> lines(byte[] bytes, Encoding encoding) throws IOException {
    List<String> whole = lines(new ByteArrayInputStream(bytes), encoding);
    for (long seed = 1; seed <= 5; seed++) {
      assertEquals(whole, lines(new Trickle(bytes, seed), encoding), "portions of seed " + seed);
    }
    return whole;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Test
  @DisplayName("F75 every kind of line end counts once, mixed or not, last one missing or not")
  void lineEndsOfAllKinds() throws IOException {
    List<String> expected = List.of("1:a", "2:b", "3:c", "4:", "5:d");
    assertEquals(expected, lines(utf8("a\nb\r\nc\r\rd"), Encoding.UTF_8));
    assertEquals(expected, lines(utf8("a\rb\nc\r\n\nd\n"), Encoding.UTF_8));
    assertEquals(List.of(), lines(new byte[0], Encoding.UTF_8));
    assertEquals(List.of("1:"), lines(utf8("\n"), Encoding.UTF_8));
  }

  @Test
  @DisplayName("F75 a mark at the start is no text, and one inside is a fault")
  void byteOrderMarks() throws IOException {
    assertEquals(List.of("1:a", "2:b"), lines(utf8("\ufeffa\nb"), Encoding.UTF_8));
    assertEquals(
        List.of("1:a", "2!STRAY_MARK@5", "3:c"),
        lines(utf8("\ufeffa\n\ufeffb\nc"), Encoding.UTF_8));
    assertEquals(List.of("1!STRAY_MARK@2", "2:c"), lines(utf8("\u00e9\ufeffb\nc"), Encoding.UTF_8));
  }

  @Test
  @DisplayName("F75 malformed UTF-8 costs its own line and names its byte")
  void malformedText() throws IOException {
    byte[] bytes = joined(utf8("ok\nx\u00e9y"), new byte[] {(byte) 0xe9, ','}, utf8("z\nend"));
    assertEquals(List.of("1:ok", "2!MALFORMED@7", "3:end"), lines(bytes, Encoding.UTF_8));
    byte[] cut = joined(utf8("a\nb"), new byte[] {(byte) 0xe2, (byte) 0x82});
    assertEquals(List.of("1:a", "2!MALFORMED@3"), lines(cut, Encoding.UTF_8));
  }

  @Test
  @DisplayName("F75 a zero byte is a fault")
  void zeroBytes() throws IOException {
    assertEquals(
        List.of("1:a", "2!ZERO_BYTE@3", "3:c"), lines(utf8("a\nb\u0000\nc"), Encoding.UTF_8));
  }

  @Test
  @DisplayName("F75 Windows-1252 is read when a person says so, and its holes are faults")
  void windows1252() throws IOException {
    byte[] bytes = "caf\u00e9 \u20ac\n".getBytes(Charset.forName("windows-1252"));
    assertEquals(List.of("1:caf\u00e9 \u20ac"), lines(bytes, Encoding.WINDOWS_1252));
    byte[] hole = {'a', '\n', (byte) 0x81, '\n', 'b'};
    assertEquals(List.of("1:a", "2!MALFORMED@2", "3:b"), lines(hole, Encoding.WINDOWS_1252));
    Encoding.Guess guess = Encoding.guess(bytes, bytes.length);
    assertEquals(new Encoding.Guess(Encoding.WINDOWS_1252, false), guess);
  }

  @Test
  @DisplayName("F75 UTF-16 with its mark is read, half a pair ends it, without a mark it is asked")
  void utf16() throws IOException {
    String text = "\ufeffa\u00e9\ud83d\ude00\r\nb\n";
    for (Encoding encoding : List.of(Encoding.UTF_16LE, Encoding.UTF_16BE)) {
      Charset charset =
          encoding == Encoding.UTF_16LE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
      byte[] bytes = text.getBytes(charset);
      assertEquals(new Encoding.Guess(encoding, true), Encoding.guess(bytes, bytes.length));
      assertEquals(List.of("1:a\u00e9\ud83d\ude00", "2:b"), lines(bytes, encoding));
      byte[] bare = "Date(UTC),Pair\n".getBytes(charset);
      assertEquals(new Encoding.Guess(encoding, false), Encoding.guess(bare, bare.length));
    }
    byte[] half = {(byte) 0xff, (byte) 0xfe, 'a', 0, '\n', 0, 0, (byte) 0xd8, 'b', 0};
    assertEquals(List.of("1:a", "2!MALFORMED@6"), lines(half, Encoding.UTF_16LE));
    byte[] odd = {(byte) 0xff, (byte) 0xfe, 'a', 0, '\n', 0, 'b'};
    assertEquals(List.of("1:a", "2!MALFORMED@6"), lines(odd, Encoding.UTF_16LE));
  }

  @Test
  @DisplayName("F73 a line beyond the limit is passed over without being kept")
  void longLines() throws IOException {
    String giant = "x".repeat(1_000_000);
    assertEquals(
        List.of("1:a", "2!TOO_LONG@2", "3:b"),
        lines(utf8("a\n" + "x".repeat(101) + "\nb"), Encoding.UTF_8));
    List<String> seen =
        lines(new ByteArrayInputStream(utf8("a\n" + giant + "\r\nb\n" + giant)), Encoding.UTF_8);
    assertEquals(List.of("1:a", "3:b"), List.of(seen.get(0), seen.get(2)));
    assertTrue(seen.get(1).startsWith("2!TOO_LONG"));
    assertTrue(seen.get(3).startsWith("4!TOO_LONG"));
  }

  @Test
  void anHonestGuessNeedsNoAnswer() {
    byte[] plain = utf8("Date(UTC),Pair\n");
    assertTrue(Encoding.guess(plain, plain.length).sure());
    byte[] cutInside = utf8("abc\n\u20ac");
    assertTrue(Encoding.guess(cutInside, cutInside.length - 1).sure());
    byte[] latin = {'a', (byte) 0xe9, 'b', '\n'};
    assertFalse(Encoding.guess(latin, latin.length).sure());
  }
}

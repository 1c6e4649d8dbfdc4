package io.tallystick.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Bytes that must not be seen: prints a placeholder, is never equal to anything but itself, and is
 * wiped when closed. Only the vault and the outbound client open one.
 */
public final class Secret implements AutoCloseable {
  private final byte[] bytes;

  /** Takes the array over; the caller must not keep it. */
  public Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A secret of the text's UTF-8 bytes. */
  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Lends the bytes for the length of one call; they must not be kept. */
  public <T> T use(Function<byte[], T> user) {
    return user.apply(bytes);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}

package io.tallystick.retention;

import io.tallystick.vault.RetentionClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The erasures that were asked for, one a line, in a file that no backup of database or key store
 * brings back to an earlier state. Whoever restores either keeps this file as it is; the next start
 * does again what it lists.
 *
 * <p>A line is {@code tenant holder class instant act}, numbers in decimal; the act is {@code
 * erase}, or {@code renew} when the holder came back and has keys of the class again. It names
 * nobody.
 */
final class ErasureList {
  private final Path file;

  ErasureList(Path file) {
    this.file = file;
  }

  /**
   * One act.
   *
   * @param renewed whether the class begins anew; else it is erased
   */
  record Line(long tenant, long holder, RetentionClass retention, Instant at, boolean renewed) {
    private String text() {
      String act = renewed ? "renew" : "erase";
      return tenant + " " + holder + " " + retention.code() + " " + at + " " + act + "\n";
    }

    private static Line parse(String text) {
      String[] parts = text.split(" ", -1);
      if (parts.length != 5 || !List.of("erase", "renew").contains(parts[4])) {
        throw new IllegalStateException("the list of erasures has a line of another form");
      }
      return new Line(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          RetentionClass.valueOf(parts[2].toUpperCase(Locale.ROOT)),
          Instant.parse(parts[3]),
          parts[4].equals("renew"));
    }

    private List<Object> subject() {
      return List.of(tenant, holder, retention);
    }
  }

  /** Writes acts down, durably; throws when that is not possible. */
  synchronized void add(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()));
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (FileChannel out =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        // Other processes of this machine wait; the lock goes with the channel.
        out.lock();
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
        out.position(whole(out));
        out.truncate(out.position());
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the list of erasures cannot be written", e);
    }
  }

  /**
   * What stands erased: the last act of each class of each holder, unless that began it anew. A
   * last line that a crash cut off was never answered.
   */
  List<Line> standing() {
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      Map<List<Object>, Line> last = new LinkedHashMap<>();
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .map(Line::parse)
          .forEach(line -> last.put(line.subject(), line));
      return last.values().stream().filter(line -> !line.renewed()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the list of erasures cannot be read", e);
    }
  }

  // Where the last whole line ends.
  private static long whole(FileChannel out) throws IOException {
    long end = out.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (end > 0) {
      out.read(one.clear(), end - 1);
      if (one.get(0) == '\n') {
        return end;
      }
      end--;
    }
    return 0;
  }
}

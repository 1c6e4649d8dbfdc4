package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.binance.exports.Question.Topic;
import io.tallystick.venue.binance.exports.file.Container;
import io.tallystick.venue.binance.exports.file.Limits;
import io.tallystick.venue.binance.exports.file.Member;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A file given to the readers, and all that came of it. */
record Given(
    List<Recognition> recognitions,
    List<Row.Good> good,
    List<RowFault> bad,
    List<Row.End> ends,
    List<byte[]> raw) {

  /** A line of the fixtures' index. */
  record Fixture(
      String file, String name, String kind, String variant, int good, int bad, String asked) {
    @Override
    public String toString() {
      return file + " (" + name + ")";
    }
  }

  static List<Fixture> fixtures() {
    return new String(bytes("index.txt"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\\|", -1))
        .map(c ->
            new Fixture(
                c[0], c[1], c[2], c[3], Integer.parseInt(c[4]), Integer.parseInt(c[5]), c[6]))
        .toList();
  }

  static byte[] bytes(String fixture) {
    try (InputStream in = Given.class.getResourceAsStream("fixtures/" + fixture)) {
      return Objects.requireNonNull(in, fixture).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fixture under the name its owner gave it. */
  static Given fixture(String file) {
    return fixture(file, Map.of());
  }

  static Given fixture(String file, Map<Topic, String> answers) {
    String name =
        fixtures().stream()
            .filter(one -> one.file().equals(file))
            .map(Fixture::name)
            .findFirst()
            .orElseThrow();
    return bytes(name, bytes(file), answers);
  }

  static Given text(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Given text(String name, String text, Map<Topic, String> answers) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8), answers);
  }

  static Given bytes(String name, byte[] content, Map<Topic, String> answers) {
    try {
      Path folder = Files.createTempDirectory("exports");
      Path file = folder.resolve("upload");
      try {
        Files.write(file, content);
        return path(name, file, answers);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Given path(String name, Path file, Map<Topic, String> answers) throws IOException {
    Given all =
        new Given(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    Container.Opening opening = Container.open(file, name, Limits.STANDARD);
    if (!(opening instanceof Container.Opened opened)) {
      throw new AssertionError("refused: " + opening);
    }
    try (Container container = opened.container()) {
      ExportFiles files = new ExportFiles(Limits.STANDARD);
      for (Member member : container.members()) {
        Recognition recognition = files.recognise(container, member, answers);
        all.recognitions.add(recognition);
        if (recognition instanceof Recognition.Known known && known.questions().isEmpty()) {
          all.readAll(files, known, member);
        }
      }
    }
    return all;
  }

  private void readAll(ExportFiles files, Recognition.Known known, Member member)
      throws IOException {
    try (Rows rows = files.rows(known, member)) {
      while (true) {
        switch (rows.next()) {
          case Row.Good row -> {
            good.add(row);
            raw.add(rows.raw());
          }
          case Row.Bad(RowFault fault) -> bad.add(fault);
          case Row.End last -> {
            ends.add(last);
            assertTrue(rows.next() instanceof Row.End, "the end stays the end");
            return;
          }
        }
      }
    }
  }

  Recognition.Known known() {
    return assertInstanceOf(Recognition.Known.class, recognitions.getFirst());
  }

  List<Topic> asked() {
    return known().questions().stream().map(Question::topic).toList();
  }

  List<ExportRecord> records() {
    return good.stream().map(Row.Good::record).toList();
  }

  <T extends ExportRecord> List<T> records(Class<T> type) {
    return records().stream().map(record -> assertInstanceOf(type, record)).toList();
  }

  <T extends ExportRecord> T only(Class<T> type) {
    List<T> all = records(type);
    assertTrue(all.size() == 1, "one record expected, not " + all.size());
    return all.getFirst();
  }
}

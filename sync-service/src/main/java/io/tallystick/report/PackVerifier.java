package io.tallystick.report;

import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Settings;
import io.tallystick.report.layout.Table;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks an evidence pack alone: no network, no database, no key. Every file is what the list of
 * digests says, every byte of the archive belongs where it is, and the input computes to the result
 * that the report states.
 */
public final class PackVerifier {
  private static final int HEADER = 0x04034b50;
  private static final int HEADER_BYTES = 30;

  private PackVerifier() {}

  /**
   * Takes the path of a pack, and of a file with the public keys that one trusts, a line each; ends
   * with 0 when it is whole, with 1 when it is not. Without the file the pack's own keys count, and
   * are printed for who knows the right ones.
   */
  public static void main(String... args) throws IOException {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: PackVerifier <pack.zip> [<trusted keys>]");
      System.exit(2);
    }
    byte[] pack = Files.readAllBytes(Path.of(args[0]));
    Set<String> trusted =
        args.length == 1 ? null : Set.copyOf(Files.readAllLines(Path.of(args[1])));
    List<String> faults = verify(pack, trusted);
    if (trusted == null) {
      PackProofs.keys(read(pack, new ArrayList<>()))
          .forEach(key -> System.out.println("signed with " + key));
    }
    if (!laidOutHere(read(pack, new ArrayList<>()))) {
      System.out.println("NOTE the tables were laid out by another version: digests are compared");
    }
    if (PackProofs.lacksReceipts(read(pack, new ArrayList<>()))) {
      System.out.println("NOTE no consent has a receipt here: it was erased, or left out");
    }
    faults.forEach(fault -> System.out.println("FAULT " + fault));
    System.out.println(faults.isEmpty() ? "OK" : "NOT OK");
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  /** What is wrong, each beginning with the name of a file; empty when nothing is. */
  static List<String> verify(byte[] archive) {
    return verify(archive, null);
  }

  /** The same; signatures count only of keys that are trusted. */
  static List<String> verify(byte[] archive, @Nullable Set<String> trusted) {
    List<String> faults = new ArrayList<>();
    Map<String, byte[]> files = read(archive, faults);
    byte[] manifest = files.get(Pack.MANIFEST);
    if (manifest == null) {
      faults.add(Pack.MANIFEST + ": is missing");
      return faults;
    }
    Map<String, byte[]> rest = new LinkedHashMap<>(files);
    rest.remove(Pack.MANIFEST);
    byte[] expected = Objects.requireNonNull(Pack.withManifest(rest).get(Pack.MANIFEST));
    if (!Arrays.equals(expected, manifest)) {
      named(manifest, expected, faults);
    }
    if (faults.isEmpty() && !Arrays.equals(Pack.archive(files), archive)) {
      faults.add(place(archive, Pack.archive(files), files) + ": the archive was altered here");
    }
    if (faults.isEmpty()) {
      computed(files, faults);
      PackProofs.check(files, trusted, faults);
    }
    return faults;
  }

  // Walks from file to file; a pack has no compression and no gaps.
  static Map<String, byte[]> read(byte[] archive, List<String> faults) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    ByteBuffer in = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    String last = "the beginning";
    while (in.remaining() > HEADER_BYTES && in.getInt(in.position()) == HEADER) {
      int at = in.position();
      int size = in.getInt(at + 22);
      int name = Short.toUnsignedInt(in.getShort(at + 26));
      int extra = Short.toUnsignedInt(in.getShort(at + 28));
      long end = (long) at + HEADER_BYTES + name + extra + size;
      if (size < 0 || end > archive.length) {
        faults.add(last + ": what follows cannot be read");
        return files;
      }
      last = new String(archive, at + HEADER_BYTES, name, StandardCharsets.UTF_8);
      int begin = at + HEADER_BYTES + name + extra;
      files.put(last, Arrays.copyOfRange(archive, begin, begin + size));
      in.position((int) end);
    }
    return files;
  }

  // The list and the files differ: whoever is not as the list says is named; if the list names
  // what is not there, the list itself is.
  private static void named(byte[] manifest, byte[] expected, List<String> faults) {
    List<String> said = new String(manifest, StandardCharsets.UTF_8).lines().toList();
    List<String> found = new String(expected, StandardCharsets.UTF_8).lines().toList();
    int before = faults.size();
    for (String line : found) {
      if (!said.contains(line)) {
        faults.add(
            line.substring(line.indexOf("  ") + 2) + ": is not what " + Pack.MANIFEST + " says");
      }
    }
    faults.add(
        faults.size() == before
            ? Pack.MANIFEST + ": names files that are not there"
            : Pack.MANIFEST + ": or this list was altered");
  }

  private static String place(byte[] archive, byte[] expected, Map<String, byte[]> files) {
    int at = Arrays.mismatch(archive, expected);
    int begin = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      int length =
          HEADER_BYTES
              + file.getKey().getBytes(StandardCharsets.UTF_8).length
              + file.getValue().length;
      if (at < begin + length) {
        return file.getKey();
      }
      begin += length;
    }
    return "the archive's directory";
  }

  private static List<String> digests(List<Chapter> chapters) {
    return chapters.stream()
        .map(one -> Canon.digest(Computation.CHAPTERS.write(List.of(one))))
        .toList();
  }

  private static void computed(Map<String, byte[]> files, List<String> faults) {
    try {
      ReportHead head = Canon.read(text(files, Pack.HEAD), ReportHead.class);
      List<Chapter> chapters =
          text(files, Pack.INPUT).lines().map(one -> Canon.read(one, Chapter.class)).toList();
      Input.Rest rest = Canon.read(text(files, Pack.REST), Input.Rest.class);
      if (!Computation.input(digests(chapters), rest).equals(head.input())) {
        faults.add(Pack.INPUT + ": is not, with " + Pack.REST + ", the input of this report");
      }
      List<String> sets = chapters.stream().map(Computation::prices).toList();
      if (!Computation.prices(sets, rest).equals(head.prices())
          || !Pack.prices(chapters, rest).text().equals(text(files, Pack.PRICES))) {
        faults.add(Pack.PRICES + ": are not the prices of this report");
      }
      Computation.Result again =
          Computation.run(Settings.of(head.settings()), chapters, rest.complete());
      List<Line> lines = new ArrayList<>();
      again.parts().forEach(part -> lines.addAll(Computation.LINES.read(part)));
      if (!Pack.text(lines).equals(text(files, Pack.LINES))) {
        faults.add(Pack.LINES + ": the input computes to other lines");
      }
      if (!again.digest().equals(text(files, Pack.RESULT).strip())) {
        faults.add(Pack.RESULT + ": the input computes to another result");
      }
      if (!Canon.text(again.totals()).equals(Canon.text(head.totals()))) {
        faults.add(Pack.HEAD + ": the input computes to other sums");
      }
      if (laidOutHere(head)) {
        Map<String, String> ids = Pack.ids(text(files, Pack.IDS));
        Tables.Source source = new Tables.Source(chapters, rest, lines, ids);
        tables(files, Pack.tables(head, source), faults);
      }
    } catch (UncheckedIOException | IllegalArgumentException e) {
      faults.add(Pack.HEAD + ": cannot be read");
    }
  }

  // Another layout of the same facts is no fault; their digests were compared all the same.
  private static boolean laidOutHere(ReportHead head) {
    Integer layout = head.layout();
    return layout != null && layout == Table.LAYOUT;
  }

  /** Whether the tables of a pack can be laid out again, and were. */
  static boolean laidOutHere(Map<String, byte[]> files) {
    try {
      return laidOutHere(Canon.read(text(files, Pack.HEAD), ReportHead.class));
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  // Forms are what people look at: each is laid out again.
  private static void tables(
      Map<String, byte[]> files, Map<String, String> again, List<String> faults) {
    again.forEach((name, text) -> {
      if (files.containsKey(name) && !text.equals(text(files, name))) {
        faults.add(name + ": the input comes to another table");
      }
    });
  }

  static String text(Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}

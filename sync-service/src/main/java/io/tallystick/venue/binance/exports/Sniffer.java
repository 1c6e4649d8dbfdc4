package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.file.Cells;
import io.tallystick.venue.binance.exports.file.CsvTable;
import io.tallystick.venue.binance.exports.file.Dialect;
import io.tallystick.venue.binance.exports.file.Encoding;
import io.tallystick.venue.binance.exports.file.Limits;
import io.tallystick.venue.binance.exports.file.Member;
import io.tallystick.venue.binance.exports.file.Table;
import io.tallystick.venue.binance.exports.file.XlsxTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Finds the header of a table and keeps its first rows, from which the rest is judged. */
final class Sniffer {
  private static final int HEAD_BYTES = 64 << 10;
  private static final int HEADER_WITHIN = 40;
  private static final int SAMPLE_ROWS = 500;
  private static final int HEADER_SHOWN = 40;

  /** What the beginning of a file shows. */
  sealed interface Look {}

  /**
   * A header was found.
   *
   * @param preamble zones named above the header
   * @param guessed whether the header's words are of no known language
   */
  record Found(
      Columns columns,
      @Nullable Dialect dialect,
      long headerLine,
      List<ZoneOffset> preamble,
      List<Cells> sample,
      boolean guessed)
      implements Look {}

  /** Another venue's header was found. */
  record Foreign(String venue) implements Look {}

  /**
   * Rows, but no known header; the first of them that could be one.
   *
   * @param alone whether nothing but one note in a first cell stands below it
   */
  record Strange(List<String> header, boolean alone) implements Look {}

  /** No row at all. */
  record Nothing() implements Look {}

  /** Something that claims to be a spreadsheet and cannot be opened as one. */
  record Broken() implements Look {}

  private Sniffer() {}

  static Encoding.Guess encoding(Member member) throws IOException {
    byte[] head = head(member);
    return Encoding.guess(head, head.length);
  }

  private static byte[] head(Member member) throws IOException {
    try (InputStream in = member.open()) {
      return in.readNBytes(HEAD_BYTES);
    }
  }

  /** Looks into a spreadsheet. */
  static Look sheet(Member member, Limits limits) throws IOException {
    try (Table table = XlsxTable.open(member, limits)) {
      return table == null ? new Broken() : look(table, null);
    }
  }

  /** Looks into a text in an encoding, in whichever dialect shows a header. */
  static Look text(Member member, Encoding encoding, Limits limits) throws IOException {
    Look first = new Nothing();
    for (Dialect dialect : Dialect.candidates(encoding, firstLines(member, encoding))) {
      Look look;
      try (Table table = CsvTable.open(member, dialect, limits)) {
        look = look(table, dialect);
      }
      if (look instanceof Found || look instanceof Foreign) {
        return look;
      }
      first = first instanceof Nothing ? look : first;
    }
    return first;
  }

  // Only to count delimiters in, so what cannot be decoded may be anything.
  private static List<String> firstLines(Member member, Encoding encoding) throws IOException {
    Charset charset =
        switch (encoding) {
          case UTF_8, WINDOWS_1252 -> StandardCharsets.ISO_8859_1;
          case UTF_16LE -> StandardCharsets.UTF_16LE;
          case UTF_16BE -> StandardCharsets.UTF_16BE;
        };
    return new String(head(member), charset).lines().limit(HEADER_WITHIN).toList();
  }

  private static Look look(Table table, @Nullable Dialect dialect) throws IOException {
    List<ZoneOffset> preamble = new ArrayList<>();
    List<String> widest = List.of();
    List<String> first = List.of();
    long firstLine = 0;
    List<Cells> after = new ArrayList<>();
    for (Table.Step step = table.next();
        step != Table.Step.END && after.size() < HEADER_WITHIN;
        step = table.next()) {
      if (step == Table.Step.BROKEN) {
        continue;
      }
      List<String> cells = texts(table.cells());
      Columns columns = Kinds.match(cells);
      if (columns != null) {
        return new Found(columns, dialect, table.line(), preamble, sample(table), false);
      }
      String other = OtherVenues.of(cells);
      if (other != null) {
        return new Foreign(other);
      }
      addZones(cells, preamble);
      widest = cells.size() > widest.size() ? cells : widest;
      if (first.isEmpty()) {
        first = cells;
        firstLine = table.line();
      } else {
        after.add(copy(table.cells()));
      }
    }
    Columns guessed = Guess.columns(first, after);
    if (guessed != null) {
      return new Found(guessed, dialect, firstLine, List.of(), after, true);
    }
    boolean alone =
        widest.equals(first)
            && (after.isEmpty() || (after.size() == 1 && isNote(after.getFirst())));
    return first.isEmpty() ? new Nothing() : new Strange(shown(widest), alone);
  }

  private static boolean isNote(Cells row) {
    return row.blankFrom(1) && row.text(0).indexOf(' ') > 0;
  }

  private static void addZones(List<String> cells, List<ZoneOffset> zones) {
    for (String cell : cells) {
      Matcher mark = Zones.MARK.matcher(cell);
      ZoneOffset zone = mark.find() ? Zones.parse(mark.group(1)) : null;
      if (zone != null && !zones.contains(zone)) {
        zones.add(zone);
      }
    }
  }

  private static List<Cells> sample(Table table) throws IOException {
    List<Cells> sample = new ArrayList<>();
    for (Table.Step step = table.next();
        step != Table.Step.END && sample.size() < SAMPLE_ROWS;
        step = table.next()) {
      if (step == Table.Step.ROW) {
        sample.add(copy(table.cells()));
      }
    }
    return sample;
  }

  private static Cells copy(Cells cells) {
    Cells copy = new Cells();
    texts(cells).forEach(copy::add);
    return copy;
  }

  private static List<String> texts(Cells cells) {
    List<String> texts = new ArrayList<>(cells.count());
    for (int i = 0; i < cells.count(); i++) {
      texts.add(cells.text(i));
    }
    return texts;
  }

  private static List<String> shown(List<String> header) {
    return header.stream()
        .limit(HEADER_SHOWN)
        .map(cell -> cell.length() > HEADER_SHOWN ? cell.substring(0, HEADER_SHOWN) : cell)
        .toList();
  }
}

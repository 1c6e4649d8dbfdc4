package io.tallystick.venue.binance.exports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One header a kind of export has had.
 *
 * @param variant its name in our lists: the kind's letter, the generation, the dialect
 * @param zone where the zone of its times is written
 * @param names the header's cells, normalised, a repeated name numbered
 * @param roles what each of them is for
 */
record Shape(String variant, ExportKind kind, ZoneIn zone, List<String> names, List<Role> roles) {

  private static final String FOOTNOTES = "¹²³⁰⁴⁵⁶⁷⁸⁹";

  /** Where the zone of a file's times is written. */
  enum ZoneIn {
    /** In the header's date cell, and UTC when that cell has none. */
    HEADER,
    /** In the file's name, or in a line above the header. */
    NAME,
    /** In each cell; in the name when a cell has none. */
    CELL,
    /** Nowhere, and the times are not used as instants. */
    NOWHERE
  }

  Shape {
    names = List.copyOf(names);
    roles = List.copyOf(roles);
    if (names.size() != roles.size()) {
      throw new IllegalArgumentException("each column of " + variant + " needs a role");
    }
  }

  /** Whether the venue writes its years with two digits, in some files of this shape at least. */
  boolean writesShortYears() {
    boolean recent = zone == ZoneIn.NAME || zone == ZoneIn.CELL;
    return recent && kind != ExportKind.FUTURES_TRADES;
  }

  /** Whether a time column's name is an English one. */
  static boolean isEnglish(String cell) {
    String name = normal(cell);
    return name.contains("time") || name.contains("date") || name.contains("opened");
  }

  /** A shape from its header line, as the file has it, and as many roles. */
  static Shape of(String variant, ExportKind kind, ZoneIn zone, String header, Role... roles) {
    return new Shape(variant, kind, zone, normal(List.of(header.split(","))), List.of(roles));
  }

  /** Header cells as they are compared: see {@link #normal(String)}; repeated ones are numbered. */
  static List<String> normal(List<String> cells) {
    List<String> names = new ArrayList<>(cells.size());
    for (String cell : cells) {
      String name = normal(cell);
      int times = 1;
      String numbered = name;
      while (!name.isEmpty() && names.contains(numbered)) {
        times++;
        numbered = name + "#" + times;
      }
      names.add(numbered);
    }
    return names;
  }

  /** Lower case, trimmed, without footnote marks, and without the zone of {@code Date(UTC+1)}. */
  static String normal(String cell) {
    StringBuilder kept = new StringBuilder(cell.length());
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      boolean footnote = FOOTNOTES.indexOf(c) >= 0;
      if (!footnote && c != '\ufeff') {
        kept.append(c);
      }
    }
    String name = kept.toString().strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    return name.replaceFirst("^(.*date) ?\\(utc[^)]*\\)$", "$1(utc)");
  }
}

package io.tallystick.venue.binance.exports.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a text file writes its cells.
 *
 * @param delimiter what stands between two cells
 * @param wholeLine whether each line is one quoted cell that holds the real line, as Excel leaves
 *     it behind after opening a quoted file and saving it again
 */
public record Dialect(Encoding encoding, char delimiter, boolean wholeLine) {
  private static final char[] DELIMITERS = {',', ';', '\t'};

  /**
   * The dialects these first lines may be written in, the likeliest first. Which one it is shows
   * when a header is found.
   */
  public static List<Dialect> candidates(Encoding encoding, List<String> lines) {
    List<Dialect> all = new ArrayList<>();
    boolean wrapped = lines.stream().anyMatch(Dialect::wrapped);
    for (char delimiter : DELIMITERS) {
      all.add(new Dialect(encoding, delimiter, false));
      if (wrapped) {
        all.add(new Dialect(encoding, delimiter, true));
      }
    }
    all.sort(Comparator.comparingInt((Dialect d) -> -d.seen(lines)));
    return all;
  }

  private static boolean wrapped(String line) {
    return line.length() > 2 && line.startsWith("\"") && line.endsWith("\"");
  }

  private int seen(List<String> lines) {
    int seen = 0;
    for (String line : lines) {
      boolean inside = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == '"') {
          inside = !inside;
        } else if (c == delimiter && (wholeLine || !inside)) {
          seen++;
        }
      }
    }
    // A quoted comma is no proof of a wrapped line when unquoted ones are there as well.
    return wholeLine ? Math.min(seen, 1) : seen;
  }
}

package io.tallystick.venue.binance;

import io.tallystick.venue.Market;
import io.tallystick.venue.RemovedMarket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/**
 * The symbols of an environment that are gone, from the file beside this class: {@code
 * removed-symbols-<environment>.csv}, lines of symbol, base, quote, day and source.
 */
final class RemovedSymbols {
  private static final int COLUMNS = 5;

  private RemovedSymbols() {}

  /** Those of an environment; empty where there is no file. */
  static List<RemovedMarket> of(String environment) {
    String name = "removed-symbols-" + environment + ".csv";
    try (InputStream file = RemovedSymbols.class.getResourceAsStream(name)) {
      return file == null
          ? List.of()
          : read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the file's lines; a broken one is a defect of the build and fails loudly. */
  static List<RemovedMarket> read(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .skip(1)
        .map(RemovedSymbols::line)
        .toList();
  }

  private static RemovedMarket line(String line) {
    String[] cells = line.split(",", COLUMNS);
    if (cells.length != COLUMNS || cells[COLUMNS - 1].isBlank()) {
      throw new IllegalStateException("a removed symbol needs five cells: " + line);
    }
    return new RemovedMarket(
        new Market(cells[0], cells[1], cells[2], "REMOVED"), LocalDate.parse(cells[3]), cells[4]);
  }
}

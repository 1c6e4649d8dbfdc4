package io.tallystick.report;

import io.tallystick.costbasis.Issue;
import io.tallystick.report.reading.Input;
import io.tallystick.report.reading.Journeys;
import io.tallystick.valuation.Candles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was known after every entry up to an instant: enough to go on from there as if everything
 * before had just been read. A copy of what can be computed again, never the only one.
 *
 * @param last the instant of the last entry
 * @param inputs the digests of the volumes that were bound
 * @param lines the digests of their lines
 * @param prices the names of their price sets
 * @param parts the chapters behind them that were closed
 * @param open the chapter that was not; null when none was open
 * @param rest what no chapter tells
 * @param figures how much was read
 * @param assumed entries whose figures rest on a person's word or a rule
 * @param refused what forbids a report
 * @param states the engine's state of each asset, by its digest
 */
record Progress(
    Instant last,
    List<String> inputs,
    List<String> lines,
    List<String> prices,
    List<Part> parts,
    @Nullable Part open,
    Input.Rest rest,
    Journeys.Underway underway,
    Figures figures,
    Tally.Totals totals,
    List<String> assumed,
    List<Issue> refused,
    Map<String, String> states) {

  /** Nothing was read. */
  static final Progress NOTHING =
      new Progress(
          Instant.MIN,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          null,
          Input.Rest.NOTHING,
          Journeys.Underway.NOBODY,
          new Figures(0, null, null, List.of()),
          Tally.Totals.NOTHING,
          List.of(),
          List.of(),
          Map.of());

  Progress {
    inputs = List.copyOf(inputs);
    lines = List.copyOf(lines);
    prices = List.copyOf(prices);
    parts = List.copyOf(parts);
    assumed = List.copyOf(assumed);
    refused = List.copyOf(refused);
    states = Map.copyOf(states);
  }

  /**
   * A stretch that is kept by itself.
   *
   * @param input the digest of what was read
   * @param lines the digest of what was computed of it
   * @param prices the name of its price set
   * @param entries how many entries it is of
   */
  record Part(String input, String lines, String prices, int entries) {}

  /**
   * How much was read.
   *
   * @param from the first event; null when there is none
   * @param to the last event; null when there is none
   * @param unpriced what had no price
   */
  record Figures(
      int events, @Nullable Instant from, @Nullable Instant to, List<Candles.Need> unpriced) {
    Figures {
      unpriced = List.copyOf(unpriced);
    }
  }
}

package io.tallystick.report;

import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Rounding;
import io.tallystick.report.layout.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of itself, beside its lines.
 *
 * @param profile the jurisdiction's profile
 * @param profileVersion the version of its figures
 * @param profileChecked the day on which they were last compared with their sources
 * @param settings everything that decided the computation
 * @param notes what the profile assumes of everybody
 * @param from the first event; null when there is none
 * @param to the last event; null when there is none
 * @param input SHA-256 of the input's text
 * @param prices id of the price set
 * @param completeness what was known of each connection when it was made
 * @param declarations those that something rests on
 * @param totals sums by tax year
 * @param refused what the settings forbid; empty for a valid report
 * @param layout of its tables, see {@link Table#LAYOUT}; null in reports that are older than that
 * @param rounding of the lines of its tables; null in those, too
 * @param figures yearly limits and form lines of the profile's version; null in those, too
 */
record ReportHead(
    String profile,
    int profileVersion,
    String profileChecked,
    Map<String, String> settings,
    List<String> notes,
    int events,
    @Nullable Instant from,
    @Nullable Instant to,
    String input,
    String prices,
    List<Standing> completeness,
    List<String> declarations,
    Tally.Totals totals,
    List<Issue> refused,
    @Nullable Integer layout,
    @Nullable Rounding rounding,
    @Nullable Map<String, String> figures) {

  /** The rounding of its lines, whatever the profile says by now. */
  Rounding rounded() {
    return rounding == null ? Profile.of(profile).rounding() : rounding;
  }

  /** The figures that it was made with. */
  Map<String, String> figured() {
    return figures == null ? Profile.of(profile).figures() : figures;
  }

  /**
   * How complete a connection's records were.
   *
   * @param place where it is, such as {@code binance/production}
   * @param held what the venue reported last; empty when the reader may not know of balances
   * @param verdict {@code complete}, {@code gap} or {@code unknown}
   * @param reasons why it is not complete, without repetition
   */
  record Standing(
      String connection, String place, String verdict, List<String> reasons, List<Held> held) {}

  /**
   * What a venue reported of an asset over all wallets of a connection.
   *
   * @param quantity null when it did not report one of them
   * @param at when the newest of it was first seen; null when there is none
   */
  record Held(String asset, @Nullable BigDecimal quantity, @Nullable Instant at) {}
}

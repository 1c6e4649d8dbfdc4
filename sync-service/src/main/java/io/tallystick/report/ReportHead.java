package io.tallystick.report;

import io.tallystick.costbasis.Issue;
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
    List<Issue> refused) {

  /**
   * How complete a connection's records were.
   *
   * @param verdict {@code complete}, {@code gap} or {@code unknown}
   * @param reasons why it is not complete, without repetition
   */
  record Standing(String connection, String verdict, List<String> reasons) {}
}

package io.tallystick.report;

import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.TaxCalendar;
import io.tallystick.costbasis.engine.Engine;
import io.tallystick.costbasis.engine.State;
import io.tallystick.report.packing.Packing;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.Input;
import io.tallystick.valuation.Quote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of the engine, chapter by chapter: the lines of each, packed as they come, so that a long
 * history never lies in memory as objects; and the sums.
 */
final class Computation {
  static final Packing<Line> LINES = Packing.of(Line.class);
  static final Packing<Chapter> CHAPTERS = Packing.of(Chapter.class);
  private static final Packing<Quote> QUOTES = Packing.of(Quote.class);

  private final Tally tally;
  private final Set<String> assumed;
  private final List<Issue> refused;
  private final Engine engine;
  private final Settings settings;
  private Instant last;
  private List<Line> open = new ArrayList<>();

  /**
   * What was computed before.
   *
   * @param assumed entries whose figures rest on a person's word or a rule
   * @param refused what forbids a report under the settings
   */
  record Before(State state, Tally.Totals totals, List<String> assumed, List<Issue> refused) {
    /** Nothing. */
    static Before nothing(Settings settings) {
      return new Before(State.empty(settings), Tally.Totals.NOTHING, List.of(), List.of());
    }
  }

  /**
   * What a run came to.
   *
   * @param parts the packed lines of each chapter; behind them those that later events can change
   * @param digest of lines, sums and settings
   * @param refused what forbids a report under the settings; empty when nothing does
   */
  record Result(List<byte[]> parts, Tally.Totals totals, List<Issue> refused, String digest) {}

  Computation(Before before) {
    settings = before.state().settings();
    last = before.state().through();
    assumed = new HashSet<>(before.assumed());
    refused = new ArrayList<>(before.refused());
    tally = new Tally(settings, assumed, before.totals());
    engine =
        new Engine(
            before.state(),
            line -> {
              tally.add(line);
              open.add(line);
              if (line instanceof Issue issue && issue.kind() == Issue.Kind.REFUSED) {
                refused.add(issue);
              }
            });
  }

  /**
   * Runs all of a history. The same gives the same digest, wherever and whenever.
   *
   * @param complete as {@link Input.Rest#complete} tells it
   */
  static Result run(Settings settings, List<Chapter> chapters, @Nullable Instant complete) {
    Computation run = new Computation(Before.nothing(settings));
    List<byte[]> parts = new ArrayList<>();
    for (Chapter chapter : chapters) {
      parts.add(LINES.write(run.chapter(chapter)));
    }
    List<Line> rest = run.close(complete);
    if (!rest.isEmpty()) {
      parts.add(LINES.write(rest));
    }
    List<String> digests = parts.stream().map(Canon::digest).toList();
    return new Result(
        parts, run.totals(), List.copyOf(run.refused), digest(digests, run.totals(), settings));
  }

  /** The digest of lines, by the digests of their parts, of sums and of settings. */
  static String digest(List<String> parts, Tally.Totals totals, Settings settings) {
    return Canon.digest(String.join("\n", parts) + "\n" + Canon.text(totals) + settings.entries());
  }

  /** Computes what follows; the lines of it. */
  List<Line> chapter(Chapter chapter) {
    chapter.assumptions().forEach(one -> assumed.add(one.entry()));
    for (Event event : chapter.events()) {
      engine.apply(event);
      last = event.source().at();
    }
    engine.settle();
    return taken();
  }

  private List<Line> taken() {
    List<Line> said = open;
    open = new ArrayList<>();
    return said;
  }

  /** What is known now. */
  Before save() {
    List<String> sorted = assumed.stream().sorted().toList();
    return new Before(engine.save(), totals(), sorted, List.copyOf(refused));
  }

  /**
   * The beginning of the day before which nothing is missing, of the instant up to which records
   * are complete; null for methods that do not look ahead, which never ask. Only days count there,
   * so a later hour of the same day makes no other report.
   */
  @Nullable Instant before(@Nullable Instant complete) {
    if (complete == null || !settings.method().looksAhead()) {
      return null;
    }
    TaxCalendar calendar = settings.calendar();
    return calendar.day(complete).atStartOfDay(calendar.zone()).toInstant();
  }

  /**
   * The lines that later events can change, and those that the last event, whatever it was of, or
   * that nothing followed, made final.
   *
   * @param complete the beginning of the day before which nothing is missing; null when nobody
   *     knows
   */
  List<Line> close(@Nullable Instant complete) {
    if (settings.method().looksAhead() && !last.equals(Instant.MIN)) {
      Instant next = last.plusNanos(1);
      engine.advance(complete == null || complete.isBefore(next) ? next : complete);
    }
    engine.close();
    return taken();
  }

  /** The sums so far. */
  Tally.Totals totals() {
    return tally.totals();
  }

  /** What forbids a report so far. */
  List<Issue> refused() {
    return List.copyOf(refused);
  }

  /** The name of an input: of its chapters, by their digests, and of what no chapter tells. */
  static String input(List<String> chapters, Input.Rest rest) {
    return Canon.digest(String.join("\n", chapters) + "\n" + Canon.text(rest));
  }

  /** The name of the prices of a chapter. */
  static String prices(Chapter chapter) {
    return Canon.digest(QUOTES.write(chapter.quotes()));
  }

  /** The name of the prices of a report, by those of its chapters, and those of what was held. */
  static String prices(List<String> chapters, Input.Rest rest) {
    List<Quote> quotes = rest.worths().stream().flatMap(one -> one.quotes().stream()).toList();
    return Canon.digest(String.join("\n", chapters) + "\n" + Canon.digest(QUOTES.write(quotes)));
  }
}

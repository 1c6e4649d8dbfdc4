package io.tallystick.report.reading;

import io.tallystick.costbasis.Event;
import io.tallystick.report.reading.Input.Assumption;
import io.tallystick.report.reading.Input.Root;
import io.tallystick.report.reading.Input.Unresolved;
import io.tallystick.valuation.Candles;
import io.tallystick.valuation.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A stretch of the books read as valued events: everything of some instants, in order of time, with
 * what was assumed and left open there and the quotes that it took.
 */
public record Chapter(
    List<Event> events,
    List<Assumption> assumptions,
    List<Unresolved> unresolved,
    List<Root> sources,
    List<Quote> quotes) {

  /** Nothing. */
  public static final Chapter EMPTY =
      new Chapter(List.of(), List.of(), List.of(), List.of(), List.of());

  public Chapter {
    events = List.copyOf(events);
    assumptions = List.copyOf(assumptions);
    unresolved = List.copyOf(unresolved);
    sources = List.copyOf(sources);
    quotes = List.copyOf(quotes);
  }

  /** This with what was read behind it. */
  public Chapter and(Chapter more) {
    if (empty()) {
      return more;
    }
    Set<Quote> all = new TreeSet<>(quotes);
    all.addAll(more.quotes);
    return new Chapter(
        both(events, more.events),
        both(assumptions, more.assumptions),
        both(unresolved, more.unresolved),
        both(sources, more.sources),
        List.copyOf(all));
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** Whether nothing was read. */
  public boolean empty() {
    return events.isEmpty() && sources.isEmpty();
  }

  /** The prices that were missing. */
  public List<Candles.Need> unpriced() {
    return unresolved.stream()
        .filter(open -> open.kind().equals(Legs.UNPRICED))
        .map(open -> new Candles.Need(open.asset(), open.at()))
        .toList();
  }
}

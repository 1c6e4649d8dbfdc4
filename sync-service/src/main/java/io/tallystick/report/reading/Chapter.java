package io.tallystick.report.reading;

import io.tallystick.costbasis.Event;
import io.tallystick.report.reading.Input.Assumption;
import io.tallystick.report.reading.Input.Root;
import io.tallystick.report.reading.Input.Unresolved;
import io.tallystick.valuation.Candles;
import io.tallystick.valuation.Quote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

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

  /** What was read behind one another, as one. */
  public static Chapter of(List<Chapter> all) {
    List<Chapter> read = all.stream().filter(one -> !one.empty()).toList();
    if (read.size() < 2) {
      return read.isEmpty() ? EMPTY : read.getFirst();
    }
    return new Chapter(
        together(read, Chapter::events),
        together(read, Chapter::assumptions),
        together(read, Chapter::unresolved),
        together(read, Chapter::sources),
        quotes(read));
  }

  private static <T> List<T> together(List<Chapter> all, Function<Chapter, List<T>> part) {
    List<T> together = new ArrayList<>();
    all.forEach(one -> together.addAll(part.apply(one)));
    return together;
  }

  // In order, and each once; those of a chapter are in order already.
  private static List<Quote> quotes(List<Chapter> all) {
    List<Quote> ordered = together(all, Chapter::quotes);
    Collections.sort(ordered);
    List<Quote> once = new ArrayList<>(ordered.size());
    for (Quote quote : ordered) {
      if (once.isEmpty() || once.getLast().compareTo(quote) != 0) {
        once.add(quote);
      }
    }
    return once;
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

package io.tallystick.report;

import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.engine.State;
import io.tallystick.report.ReportStore.Content;
import io.tallystick.report.reading.BookEntry;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.Chapters;
import io.tallystick.report.reading.Input;
import io.tallystick.report.reading.Interpreter;
import io.tallystick.report.reading.Journeys;
import io.tallystick.valuation.Candles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A report in the making: entries go in, one by one; each chapter is computed and packed when it is
 * closed. Goes on where another one was left, and comes to the same as from the start.
 */
final class Draft {
  /**
   * How a draft is divided.
   *
   * @param chapter so many entries are enough for a chapter
   * @param stride a place to go on from is told at each so many chapters, and at the end
   */
  record Division(int chapter, int stride) {
    /** The one that is kept. */
    static final Division USUAL = new Division(Chapters.SIZE, 16);
  }

  private static final int LAST_PLACES = 2;
  private static final int EVERY = 8;

  /** Where a draft begins, and where the bytes are that it needs for that. */
  record Origin(Progress progress, Shelf shelf, Division division) {}

  /** Where what was kept is read again. */
  interface Shelf {
    /** The bytes of a content. */
    byte[] content(String name);

    /** The bytes of a state. */
    byte[] state(String name);
  }

  private final Division division;
  private final Computation computation;
  private final Interpreter interpreter;
  private final Journeys journeys;
  private final Chapters chapters;
  private final List<String> inputs;
  private final List<String> lines;
  private final List<String> prices;
  private final Map<String, String> states;
  private final Map<String, Content> contents = new LinkedHashMap<>();
  private final List<Progress> places = new ArrayList<>();
  // The bytes of states that are on no shelf yet.
  private final Map<String, byte[]> fresh = new HashMap<>();
  private final Set<Candles.Need> unpriced;
  private Chapter open = Chapter.EMPTY;
  private int events;
  private @Nullable Instant from;
  private @Nullable Instant to;

  /**
   * A draft from a place on.
   *
   * @param interpreter made with the rest of that place
   * @param journeys made with those underway there
   */
  Draft(Settings settings, Interpreter interpreter, Journeys journeys, Origin origin) {
    Progress start = origin.progress();
    Shelf shelf = origin.shelf();
    this.division = origin.division();
    this.interpreter = interpreter;
    this.journeys = journeys;
    this.inputs = new ArrayList<>(start.inputs());
    this.lines = new ArrayList<>(start.lines());
    this.prices = new ArrayList<>(start.prices());
    this.states = new HashMap<>(start.states());
    this.events = start.figures().events();
    this.from = start.figures().from();
    this.to = start.figures().to();
    this.unpriced = new LinkedHashSet<>(start.figures().unpriced());
    Function<String, byte[]> stored = asset -> shelf.state(name(start.states(), asset));
    State state =
        start.last().equals(Instant.MIN)
            ? State.empty(settings)
            : State.stored(settings, through(start), start.states().keySet(), stored);
    this.computation =
        new Computation(
            new Computation.Before(state, start.totals(), start.assumed(), start.refused()));
    if (start.openInput() != null && start.openLines() != null) {
      open = Computation.CHAPTERS.read(shelf.content(start.openInput())).getFirst();
      computation.reopen(shelf.content(start.openLines()));
    }
    this.chapters =
        new Chapters(interpreter, start.last(), start.inOpen(), division.chapter(), this::closed);
  }

  // Of the last event: the last entry may be none, and nothing but events is told to an engine.
  private static Instant through(Progress start) {
    Instant to = start.figures().to();
    return to == null ? Instant.MIN : to;
  }

  private static String name(Map<String, String> states, String asset) {
    return Objects.requireNonNull(states.get(asset), asset);
  }

  /** Reads the next entry. */
  void read(BookEntry entry) {
    chapters.read(entry);
  }

  private void closed(Chapter more) {
    add(more);
    if (inputs.size() % division.stride() == 0) {
      places.add(place(chapters.last(), 0, null, null));
      thin();
    }
  }

  // Of a long history the last places are told, and here and there an earlier one.
  private void thin() {
    int at = places.size() - LAST_PLACES - 1;
    if (at < 0 || places.get(at).inputs().size() % ((long) division.stride() * EVERY) == 0) {
      return;
    }
    places.remove(at);
    Set<String> needed = new HashSet<>(states.values());
    places.forEach(place -> needed.addAll(place.states().values()));
    fresh.keySet().retainAll(needed);
  }

  private void add(Chapter more) {
    Chapter chapter = open.and(more);
    open = Chapter.EMPTY;
    inputs.add(keep(Computation.CHAPTERS.write(List.of(chapter))));
    lines.add(keep(computation.chapter(more)));
    prices.add(Computation.prices(chapter));
    List<Event> read = more.events();
    if (!read.isEmpty()) {
      events += read.size();
      from = from == null ? read.getFirst().source().at() : from;
      to = read.getLast().source().at();
    }
    unpriced.addAll(more.unpriced());
  }

  private String keep(byte[] bytes) {
    Content content = Content.of(bytes);
    contents.put(content.name(), content);
    return content.name();
  }

  // The engine tells the state of every asset that it touched, and most did not change since.
  private Progress place(
      Instant last, int inOpen, @Nullable String openInput, @Nullable String openLines) {
    Computation.Before before = computation.save();
    before
        .state()
        .changed()
        .forEach((asset, bytes) -> {
          String name = Canon.digest(bytes);
          if (!name.equals(states.put(asset, name))) {
            fresh.put(name, bytes);
          }
        });
    boolean isOpen = openInput != null;
    return new Progress(
        last,
        inOpen,
        isOpen ? inputs.subList(0, inputs.size() - 1) : inputs,
        isOpen ? lines.subList(0, lines.size() - 1) : lines,
        isOpen ? prices.subList(0, prices.size() - 1) : prices,
        openInput,
        openLines,
        interpreter.rest(),
        journeys.underway(last),
        new Progress.Figures(events, from, to, List.copyOf(unpriced)),
        before.totals(),
        before.assumed(),
        before.refused(),
        states);
  }

  /**
   * A finished report.
   *
   * @param contents what has to be kept of it, by digest; what was kept before may be missing
   * @param places where later ones can go on, in order of time
   * @param states the bytes of their states that are on no shelf yet
   */
  record Finished(
      List<Content> contents,
      List<String> inputs,
      List<String> lines,
      List<String> prices,
      Input.Rest rest,
      Progress.Figures figures,
      Tally.Totals totals,
      List<Issue> refused,
      List<Progress> places,
      Map<String, byte[]> states) {}

  /** Finishes it. */
  Finished finish() {
    Chapter more = chapters.end();
    boolean some = !open.empty() || !more.empty();
    if (some) {
      add(more);
      places.add(place(chapters.last(), chapters.inOpen(), inputs.getLast(), lines.getLast()));
    }
    byte[] provisional = computation.close();
    if (provisional.length > 0) {
      lines.add(keep(provisional));
    }
    return new Finished(
        List.copyOf(contents.values()),
        inputs,
        lines,
        prices,
        interpreter.rest(chapters.last()),
        new Progress.Figures(events, from, to, List.copyOf(unpriced)),
        computation.totals(),
        computation.refused(),
        places,
        fresh);
  }
}

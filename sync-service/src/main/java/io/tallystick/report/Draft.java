package io.tallystick.report;

import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
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
 * A report in the making: entries go in, one by one; each short chapter is computed when it is
 * closed, and many of them are bound to a volume. Only volumes, and the chapters behind the last of
 * them, are kept, so that one more entry writes a short chapter and not a long one. Goes on where
 * another one was left, and comes to the same as from the start.
 */
final class Draft {
  /**
   * How a draft is divided.
   *
   * @param volume so many entries are enough for a volume
   * @param chapter so many entries are enough for a chapter
   * @param stride a place to go on from is told at each so many volumes, and at the end
   */
  record Division(int volume, int chapter, int stride) {
    /** The one that is kept. */
    static final Division USUAL = new Division(2_048, Chapters.SIZE, 16);
  }

  private static final int LAST_PLACES = 2;
  private static final int EVERY = 8;

  /** Where a draft begins, and where the bytes are that it needs for that. */
  record Origin(Progress progress, Shelf shelf, Division division) {}

  /** Where what was kept, contents and states, is read again. */
  interface Shelf {
    byte[] content(String name);

    byte[] state(String name);
  }

  /** A chapter with what was computed of it, and how many entries it is of. */
  private record Computed(Chapter chapter, List<Line> lines, int entries) {
    static final Computed NOTHING = new Computed(Chapter.EMPTY, List.of(), 0);
  }

  private final Division division;
  private final Shelf shelf;
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
  // Behind the last volume: first those that are on the shelf, then those that are not.
  private final List<Progress.Part> shelved;
  private final List<Computed> loose = new ArrayList<>();
  private Computed open = Computed.NOTHING;
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
    this.shelf = origin.shelf();
    this.division = origin.division();
    this.interpreter = interpreter;
    this.journeys = journeys;
    this.inputs = new ArrayList<>(start.inputs());
    this.lines = new ArrayList<>(start.lines());
    this.prices = new ArrayList<>(start.prices());
    this.shelved = new ArrayList<>(start.parts());
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
    Progress.Part last = start.open();
    open = last == null ? Computed.NOTHING : read(last);
    this.chapters =
        new Chapters(interpreter, start.last(), open.entries(), division.chapter(), this::closed);
  }

  // Of the last event: the last entry may be none, and nothing but events is told to an engine.
  private static Instant through(Progress start) {
    Instant to = start.figures().to();
    return to == null ? Instant.MIN : to;
  }

  private static String name(Map<String, String> states, String asset) {
    return Objects.requireNonNull(states.get(asset), asset);
  }

  private Computed read(Progress.Part part) {
    return new Computed(
        Computation.CHAPTERS.read(shelf.content(part.input())).getFirst(),
        Computation.LINES.read(shelf.content(part.lines())),
        part.entries());
  }

  /** Reads the next entry. */
  void read(BookEntry entry) {
    chapters.read(entry);
  }

  private void closed(Chapter more) {
    loose.add(computed(more));
    open = Computed.NOTHING;
    int entries = loose.stream().mapToInt(Computed::entries).sum();
    entries += shelved.stream().mapToInt(Progress.Part::entries).sum();
    if (entries >= division.volume()) {
      bind();
    }
  }

  private Computed computed(Chapter more) {
    List<Line> said = computation.chapter(more);
    List<Event> read = more.events();
    if (!read.isEmpty()) {
      events += read.size();
      from = from == null ? read.getFirst().source().at() : from;
      to = read.getLast().source().at();
    }
    unpriced.addAll(more.unpriced());
    List<Line> all = said;
    if (!open.lines().isEmpty()) {
      all = new ArrayList<>(open.lines());
      all.addAll(said);
    }
    return new Computed(Chapter.of(List.of(open.chapter(), more)), all, chapters.inOpen());
  }

  // Chapters that are together long enough become one.
  private void bind() {
    List<Computed> all = new ArrayList<>();
    shelved.forEach(part -> all.add(read(part)));
    all.addAll(loose);
    Computed volume =
        new Computed(
            Chapter.of(all.stream().map(Computed::chapter).toList()),
            all.stream().flatMap(one -> one.lines().stream()).toList(),
            0);
    Progress.Part kept = keep(volume);
    inputs.add(kept.input());
    lines.add(kept.lines());
    prices.add(kept.prices());
    shelved.clear();
    loose.clear();
    if (inputs.size() % division.stride() == 0) {
      places.add(place(chapters.last(), List.of(), null));
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

  private Progress.Part keep(Computed one) {
    return new Progress.Part(
        keep(Computation.CHAPTERS.write(List.of(one.chapter()))),
        keep(Computation.LINES.write(one.lines())),
        Computation.prices(one.chapter()),
        one.entries());
  }

  private String keep(byte[] bytes) {
    Content content = Content.of(bytes);
    contents.put(content.name(), content);
    return content.name();
  }

  // The engine tells the state of every asset that it touched, and most did not change since.
  private Progress place(Instant last, List<Progress.Part> parts, Progress.@Nullable Part end) {
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
    return new Progress(
        last,
        inputs,
        lines,
        prices,
        parts,
        end,
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

  /** Finishes it; {@code complete} is up to when nothing is missing, null when nobody knows. */
  Finished finish(@Nullable Instant complete) {
    Chapter more = chapters.end();
    List<Progress.Part> parts = new ArrayList<>(shelved);
    loose.forEach(one -> parts.add(keep(one)));
    if (!open.chapter().empty() || !more.empty()) {
      Progress.Part end = keep(computed(more));
      places.add(place(chapters.last(), parts, end));
      parts.add(end);
    }
    for (Progress.Part part : parts) {
      inputs.add(part.input());
      lines.add(part.lines());
      prices.add(part.prices());
    }
    Instant before = computation.before(complete);
    List<Line> provisional = computation.close(before);
    if (!provisional.isEmpty()) {
      lines.add(keep(Computation.LINES.write(provisional)));
    }
    return new Finished(
        List.copyOf(contents.values()),
        inputs,
        lines,
        prices,
        interpreter.rest(chapters.last()).until(before),
        new Progress.Figures(events, from, to, List.copyOf(unpriced)),
        computation.totals(),
        computation.refused(),
        places,
        fresh);
  }
}

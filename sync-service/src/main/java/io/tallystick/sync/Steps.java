package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The steps of a run: before each it may have to stop, after each it knows more. */
@ApplicationScoped
class Steps {
  private static final String NOT_IN_CONSENT = "domain-not-in-consent";

  /** So many parts of a list that fail in a row are enough for one run. */
  private static final int MAX_ERRORS = 3;

  private final Entrance entrance;
  private final Catalogue catalogue;
  private final Puller puller;
  private final Doubts doubts;
  private final Stopping stopping;

  Steps(Entrance entrance, Catalogue catalogue, Puller puller, Doubts doubts, Stopping stopping) {
    this.entrance = entrance;
    this.catalogue = catalogue;
    this.puller = puller;
    this.doubts = doubts;
    this.stopping = stopping;
  }

  /** One thing to read: a stream, or a part of it. */
  record Step(Stream stream, String part) {}

  /** A run's visit to a venue: what it found fresh, and what it may not ask. */
  static final class Visit {
    final RunContext run;
    final Venue venue;
    final Set<String> fresh = new LinkedHashSet<>();

    /** What is read beside the rest, and since when the venue lets it be. */
    final Map<Step, Instant> slow = new LinkedHashMap<>();

    private final Set<Domain> uncovered = EnumSet.noneOf(Domain.class);
    private final Set<String> closed = new HashSet<>();

    /** How many parts of a stream in a row the venue answered with errors of its own. */
    private final Map<String, Integer> errors = new HashMap<>();

    Visit(RunContext run, Venue venue) {
      this.run = run;
      this.venue = venue;
    }

    Link link() {
      return run.lease().link();
    }

    /** Says of which kinds of record something is read beside the rest. */
    void tellSlow() {
      run.progress()
          .slow(
              slow.keySet().stream()
                  .map(step -> step.stream().domain())
                  .collect(Collectors.toSet()));
    }

    // A consent covers whole domains or not; a list is closed to a key whatever its part, and one
    // that failed for a few will fail for the others.
    private boolean leavesOut(Stream stream) {
      return uncovered.contains(stream.domain()) || closed.contains(stream.name());
    }

    private boolean learns(Stream stream, Ending ending) {
      String why = ending instanceof Ending.Skipped(String reason) ? reason : "";
      boolean notCovered = why.equals(NOT_IN_CONSENT);
      boolean failed = why.equals(Puller.VENUE_ERROR);
      int fails = failed ? errors.merge(stream.name(), 1, Integer::sum) : 0;
      if (!failed) {
        errors.remove(stream.name());
      }
      boolean shut = why.equals(Doubts.CLOSED) || fails >= MAX_ERRORS;
      if (notCovered) {
        uncovered.add(stream.domain());
      }
      if (shut) {
        closed.add(stream.name());
      }
      return notCovered || shut;
    }

    /** Streams that are not asked by market and tell present balances, with all their parts. */
    List<Step> balances() {
      return parts(true);
    }

    /** All the others that are not asked by market, with all their parts. */
    List<Step> histories() {
      return parts(false);
    }

    private List<Step> parts(boolean tellsBalances) {
      return of(Stream.Partition.NONE).stream()
          .filter(stream -> stream.tellsBalances() == tellsBalances)
          .flatMap(stream -> stream.parts().stream().map(part -> new Step(stream, part)))
          .toList();
    }

    List<Stream> of(Stream.Partition kind) {
      return venue.streams().stream().filter(stream -> stream.partition() == kind).toList();
    }
  }

  /** Takes one step after the other, until something ends the run. */
  Ending all(Visit visit, List<Step> steps) {
    steps.forEach(step -> visit.run.progress().plan(step.stream().domain(), 1));
    for (Step step : steps) {
      if (visit.leavesOut(step.stream())) {
        visit.run.progress().done(step.stream().domain());
        continue;
      }
      Ending ending = ask(visit, step.stream(), step.part());
      visit.learns(step.stream(), ending);
      if (over(ending)) {
        return ending;
      }
    }
    return new Ending.Drained(0);
  }

  /**
   * Goes on with what is read beside the rest, as far as the venue lets it at once.
   *
   * @param now when the run looks
   */
  Ending beside(Visit visit, Instant now) {
    for (Step step : List.copyOf(visit.slow.keySet())) {
      if (visit.slow.getOrDefault(step, now).isAfter(now)) {
        continue;
      }
      visit.run.beside(true);
      Ending ending = ask(visit, step.stream(), step.part());
      visit.run.beside(false);
      if (ending instanceof Ending.Later(Instant until)) {
        visit.slow.put(step, until);
      } else {
        visit.slow.remove(step);
        visit.tellSlow();
        stops(visit, step.stream(), ending);
      }
      if (over(ending)) {
        return ending;
      }
    }
    return new Ending.Drained(0);
  }

  /** Waits until the first of what is read beside the rest may go on. */
  Ending awaitBeside(Visit visit) {
    Step first = Collections.min(visit.slow.entrySet(), Map.Entry.comparingByValue()).getKey();
    return puller.await(
        visit.run, first.stream(), visit.slow.getOrDefault(first, Instant.MIN), "budget");
  }

  /** Asks one partition after the other, until something ends the run. */
  Ending each(Visit visit, Stream stream, Collection<String> partitions) {
    visit.run.progress().planned(stream.domain(), partitions.size());
    for (String partition : partitions) {
      Ending ending = ask(visit, stream, partition);
      if (stops(visit, stream, ending)) {
        return ending;
      }
    }
    return new Ending.Drained(0);
  }

  /** Whether the rest of these partitions need not be asked. */
  static boolean stops(Visit visit, Stream stream, Ending ending) {
    boolean uncovered = visit.learns(stream, ending);
    if (uncovered) {
      visit.run.progress().planned(stream.domain(), 0);
    }
    return uncovered || over(ending);
  }

  /** Asks for one partition, and notes whether it had anything new. */
  Ending ask(Visit visit, Stream stream, String partition) {
    if (visit.leavesOut(stream)) {
      return new Ending.Skipped(NOT_IN_CONSENT);
    }
    int before = visit.run.progress().newRecords;
    Ending ending = pull(visit, stream, partition);
    if (visit.run.progress().newRecords > before && stream.partition() == Stream.Partition.MARKET) {
      visit.fresh.add(partition);
    }
    if (ending instanceof Ending.Skipped(String why) && why.equals(Puller.MARKET_REFUSED)) {
      catalogue.refused(visit.venue, visit.run.target(), partition);
      visit.run.listings(catalogue, visit.venue);
    }
    return ending;
  }

  /** Reads a stream or a partition of it to its end, if the run may go on. */
  private Ending pull(Visit visit, Stream stream, String partition) {
    RunContext run = visit.run;
    if (stopping.now()) {
      return new Ending.Stopped("stopping", "the service is stopping; the next run goes on here");
    }
    @Nullable Ending shut = entrance.rightsStillGood(run);
    if (shut != null) {
      return shut;
    }
    Ending ending = puller.pull(run, stream, partition);
    if (ending instanceof Ending.Denied denied) {
      ending = doubts.judged(run, new Step(stream, partition), denied);
    }
    if (ending instanceof Ending.Skipped(String why) && Puller.FOR_ANOTHER_RUN.contains(why)) {
      run.progress().partial = true;
    }
    if (!(ending instanceof Ending.Later)) {
      run.progress().done(stream.domain());
    }
    if (ending instanceof Ending.NotPermitted && !entrance.consentGone(visit.link())) {
      return new Ending.Skipped(NOT_IN_CONSENT);
    }
    return ending;
  }

  /** Whether a pull's ending ends the run too. */
  static boolean over(Ending ending) {
    return switch (ending) {
      case Ending.Drained _, Ending.Skipped _, Ending.Later _ -> false;
      case Ending.NotPermitted _,
          Ending.LeaseLost _,
          Ending.Denied _,
          Ending.Replaced _,
          Ending.VenueDown _,
          Ending.Stopped _ ->
          true;
    };
  }
}

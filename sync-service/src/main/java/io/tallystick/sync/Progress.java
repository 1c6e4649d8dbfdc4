package io.tallystick.sync;

import io.tallystick.egress.Priority;
import io.tallystick.venue.Domain;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one run has done so far; written by the run alone. */
final class Progress {
  private static final String UNTIL = " until ";

  /** What is read after all the others, in this order: orders where there were trades. */
  private static final List<Domain> LAST = List.of(Domain.TRADES, Domain.ORDERS);

  String state = "running";
  @Nullable String phase;
  @Nullable String detail;

  /** What could not be done although the run went on; null when there is nothing to say. */
  @Nullable String trouble;

  /** Whether something was left that another run may find readable. */
  boolean partial;

  /** Whether the run has time for what nothing points to. */
  boolean sweeps;

  /**
   * Until when the run is one more that somebody asked for, who can ask again when there is more
   * room; null when nobody did. By then the account's own run is due, and this one stands for it.
   */
  @Nullable Instant outOfTurn;

  /** The version of the key that the run reads with; 0 before it has one. */
  int key;

  /** Versions of the key that the venue refused to this run. */
  final Set<Integer> refusedKeys = new HashSet<>();

  /** How urgent a call is that is as urgent as this in the account's own run. */
  Priority priority(Priority inTurn, Instant now) {
    return outOfTurn != null && now.isBefore(outOfTurn) ? Priority.REFRESH : inTurn;
  }

  int stepsTotal;
  int stepsDone;
  int pages;
  int records;
  int newRecords;
  int weight;

  private final Map<Domain, Count> domains = new EnumMap<>(Domain.class);
  private Set<Domain> slow = Set.of();

  /**
   * Steps of one kind of record: planned as far as is known now, and done.
   *
   * @param slow whether the rest is handed out so seldom that it is read beside all other
   */
  record Count(int total, int done, boolean slow) {
    int left() {
      return total - done;
    }
  }

  /** So many steps more are to be done. */
  void plan(Domain domain, int steps) {
    Count now = of(domain);
    put(domain, new Count(now.total() + steps, now.done(), false));
  }

  /** So many steps are still to be done, as far as is known now. */
  void planned(Domain domain, int steps) {
    put(domain, new Count(of(domain).done() + steps, of(domain).done(), false));
  }

  void done(Domain domain) {
    Count now = of(domain);
    put(domain, new Count(Math.max(now.total(), now.done() + 1), now.done() + 1, false));
  }

  private Count of(Domain domain) {
    return domains.getOrDefault(domain, new Count(0, 0, false));
  }

  private void put(Domain domain, Count steps) {
    domains.put(domain, steps);
    stepsTotal = domains.values().stream().mapToInt(Count::total).sum();
    stepsDone = domains.values().stream().mapToInt(Count::done).sum();
  }

  /** Says of which kinds of record the rest is read beside all other. */
  void slow(Set<Domain> beside) {
    slow = beside;
  }

  /** The steps by domain as they are stored: {@code trades 4/10}, one a line. */
  String byDomain() {
    StringBuilder text = new StringBuilder();
    domains.forEach((domain, steps) ->
        text.append(domain.code() + " " + steps.done() + "/" + steps.total())
            .append(slow.contains(domain) ? " slow\n" : "\n"));
    return text.toString();
  }

  /** The steps by domain that were stored; none where the text is null. */
  static Map<Domain, Count> byDomain(@Nullable String text) {
    Map<Domain, Count> steps = new EnumMap<>(Domain.class);
    for (String line : text == null ? List.<String>of() : text.lines().toList()) {
      String[] words = line.split("[ /]", -1);
      Domain.of(words[0])
          .ifPresent(domain ->
              steps.put(
                  domain,
                  new Count(
                      Integer.parseInt(words[2]), Integer.parseInt(words[1]), words.length > 3)));
    }
    return steps;
  }

  /** Says what the run waits for, and until when by our own clock. */
  void waits(String cause, Instant until) {
    state = "waiting";
    detail = cause + UNTIL + until.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Until when a run waits that says this of itself; null when it does not wait. */
  static @Nullable Instant waitsUntil(String state, @Nullable String detail) {
    if (detail == null || !state.equals("waiting")) {
      return null;
    }
    int at = detail.lastIndexOf(UNTIL);
    return at < 0 ? null : Instant.parse(detail.substring(at + UNTIL.length()));
  }

  /**
   * When the steps of a domain will be done at the pace of the run so far: those of the domains
   * that are read before it as well, and what the run waits for first. Null when none are left, or
   * nothing can be said: not yet, or of what is handed out seldom.
   */
  static @Nullable Instant expected(Runs.Shown run, Domain domain) {
    Count steps = run.byDomain().getOrDefault(domain, new Count(0, 0, false));
    if (run.finishedAt() != null || run.stepsDone() == 0 || steps.left() == 0 || steps.slow()) {
      return null;
    }
    int left =
        run.byDomain().entrySet().stream()
            .filter(entry -> !entry.getValue().slow())
            .filter(entry -> LAST.indexOf(entry.getKey()) <= LAST.indexOf(domain))
            .mapToInt(entry -> entry.getValue().left())
            .sum();
    Duration soFar = Duration.between(run.startedAt(), run.updatedAt());
    Instant wakes = waitsUntil(run.state(), run.detail());
    Instant from = wakes == null || wakes.isBefore(run.updatedAt()) ? run.updatedAt() : wakes;
    return from.plus(soFar.multipliedBy(left).dividedBy(run.stepsDone()));
  }

  boolean ended() {
    return !state.equals("running") && !state.equals("waiting");
  }
}

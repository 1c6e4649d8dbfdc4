package io.tallystick.sync;

import io.micrometer.core.instrument.Metrics;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.egress.Trace;
import io.tallystick.venue.Call;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run carries along: lease, target, markets, progress. */
final class RunContext {
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);

  private final Runs runs;
  private final UUID id;
  private final Lease lease;
  private final Target target;
  private Catalogue.Loaded markets;
  private final Progress progress;
  private @Nullable Priority inTurn;
  private final Set<Domain> left = EnumSet.noneOf(Domain.class);
  private @Nullable Boolean later;
  private final Set<String> walls = new HashSet<>();
  private boolean wallsKnown;
  private boolean beside;
  private @Nullable Said said;

  RunContext(
      Runs runs, UUID id, Lease lease, Target target, Catalogue.Loaded markets, Progress progress) {
    this.runs = runs;
    this.id = id;
    this.lease = lease;
    this.target = target;
    this.markets = markets;
    this.progress = progress;
  }

  /** Whether the connection was read before; the answer is looked up once. */
  boolean isLater(BooleanSupplier lookup) {
    if (later == null) {
      later = lookup.getAsBoolean();
    }
    return later;
  }

  /** Whether it is news that the consent leaves this kind of record out. */
  boolean leavesOut(Domain domain) {
    return left.add(domain);
  }

  Lease lease() {
    return lease;
  }

  /** Where calls go, with the priority of the phase that the run is in. */
  Target target() {
    Priority now = inTurn == null ? Priority.BACKFILL : progress.priority(inTurn, runs.now());
    return new Target(target.venue(), target.environment(), target.credential(), now);
  }

  Catalogue.Loaded listings() {
    return markets;
  }

  /** Takes the venue's listings anew, if they were read again or must be. */
  void listings(Catalogue catalogue, Venue venue) {
    switch (catalogue.markets(venue, target(), lease.link().tenant())) {
      case Catalogue.Result.Ready ready -> {
        markets = ready.markets();
        if (ready.trace() != null) {
          spent(venue.catalogueCall(), ready.trace());
        }
      }
      case Catalogue.Result.Failed failed -> spent(venue.catalogueCall(), failed.outcome().trace());
    }
  }

  Progress progress() {
    return progress;
  }

  /** Whether the run may go on to what nothing points to: nobody waits for it. */
  boolean sweeps() {
    return progress.sweeps;
  }

  /** Counts what a call cost of the venue's shared pool, answered or not. */
  void spent(Call call, Trace trace) {
    if (!call.endpoint().pool().perEndpoint()) {
      progress.weight += trace.weight();
    }
  }

  /** Counts a page that was kept, and writes progress down. */
  void stored(Domain domain, int records, int fresh) {
    progress.pages++;
    progress.records += records;
    progress.newRecords += fresh;
    Metrics.counter("tallystick.sync.pages", "domain", domain.code()).increment();
    Metrics.counter("tallystick.sync.rows", "domain", domain.code()).increment(records);
    Metrics.counter("tallystick.sync.rows.new", "domain", domain.code()).increment(fresh);
    report();
  }

  /** Notes what the run's last word must not leave out. */
  void trouble(String what) {
    progress.trouble = progress.trouble == null ? what : progress.trouble + "; " + what;
  }

  /** Writes progress down; a run that only got on a little since it last did says nothing. */
  void report() {
    Said now = new Said(progress.state, progress.phase, progress.detail, runs.now());
    Said before = said;
    if (before == null || !now.isLike(before)) {
      said = now;
      runs.note(lease.link(), id, progress);
    }
  }

  /** Says that the run is still there; who says nothing for two minutes is taken for dead. */
  void still() {
    Said before = said;
    if (before == null || !runs.now().isBefore(before.at.plus(SIGN_OF_LIFE))) {
      said = null;
      report();
    }
  }

  private record Said(String state, @Nullable String phase, @Nullable String detail, Instant at) {
    private static final Duration WORTH_A_WORD = Duration.ofMillis(500);

    // Our own clock set back makes the pause negative: then it is said.
    boolean isLike(Said before) {
      Duration since = Duration.between(before.at, at);
      return state.equals(before.state)
          && Objects.equals(phase, before.phase)
          && Objects.equals(detail, before.detail)
          && !since.isNegative()
          && since.compareTo(WORTH_A_WORD) < 0;
    }
  }

  /** What a firewall refused of this connection; what was before this run is looked up once. */
  Set<String> walls(Supplier<Set<String>> lookup) {
    if (!wallsKnown) {
      walls.addAll(lookup.get());
      wallsKnown = true;
    }
    return walls;
  }

  void waiting(Instant until, String cause) {
    progress.waits(cause, until);
    report();
  }

  void goingOn() {
    progress.state = "running";
    progress.detail = null;
    report();
  }

  /** Whether the run can do something else where a list's own limits are used up. */
  boolean isBeside() {
    return beside;
  }

  void beside(boolean now) {
    beside = now;
  }

  void phase(String phase, Priority of) {
    inTurn = of;
    progress.phase = phase;
    report();
  }
}

package io.tallystick.sync;

import io.micrometer.core.instrument.Metrics;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.egress.Trace;
import io.tallystick.venue.Call;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Venue;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a run carries along: lease, target, markets, progress. */
final class RunContext {
  private final Runs runs;
  private final UUID id;
  private final Lease lease;
  private final Target target;
  private Catalogue.Loaded markets;
  private final Progress progress;
  private Priority priority = Priority.BACKFILL;
  private final Set<Domain> left = EnumSet.noneOf(Domain.class);
  private @Nullable Boolean later;
  private final Map<String, Integer> walls = new HashMap<>();
  private boolean beside;

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
    return new Target(target.venue(), target.environment(), target.credential(), priority);
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

  /** Writes progress down. */
  void report() {
    runs.note(lease.link(), id, progress);
  }

  /** How often a firewall has refused this source in this run, with this time. */
  int walls(Source source) {
    return walls.merge(source.stream().name() + "/" + source.partition(), 1, Integer::sum);
  }

  void waiting(Instant until, String cause) {
    progress.state = "waiting";
    progress.detail = cause + " until " + until;
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
    priority = progress.manual ? Priority.REFRESH : of;
    progress.phase = phase;
    report();
  }
}

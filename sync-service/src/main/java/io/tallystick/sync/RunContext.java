package io.tallystick.sync;

import io.tallystick.egress.Target;
import io.tallystick.egress.Trace;
import io.tallystick.venue.Call;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Stream;
import java.time.Instant;
import java.util.EnumSet;
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
  private final Stream.Markets markets;
  private final Progress progress;
  private final Set<Domain> left = EnumSet.noneOf(Domain.class);
  private @Nullable Boolean later;

  RunContext(
      Runs runs, UUID id, Lease lease, Target target, Stream.Markets markets, Progress progress) {
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

  Target target() {
    return target;
  }

  Stream.Markets markets() {
    return markets;
  }

  Progress progress() {
    return progress;
  }

  /** Counts what a call cost of the venue's shared pool, answered or not. */
  void spent(Call call, Trace trace) {
    if (!call.endpoint().pool().perEndpoint()) {
      progress.weight += trace.weight();
    }
  }

  /** Notes what the run's last word must not leave out. */
  void trouble(String what) {
    progress.trouble = progress.trouble == null ? what : progress.trouble + "; " + what;
  }

  /** Writes progress down. */
  void report() {
    runs.note(lease.link(), id, progress);
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

  void phase(String phase) {
    progress.phase = phase;
    report();
  }
}

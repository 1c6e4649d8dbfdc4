package io.tallystick.egress;

import io.tallystick.venue.Call;
import io.tallystick.venue.Live;
import io.tallystick.venue.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What opening a line costs in all its budgets: those that only sockets draw on, and the one that
 * calls draw on too. Used by one thread.
 */
final class Toll {
  private final Journey journey;
  private final List<Charge> doors;
  private final Budget budget;
  private final RequestLog log;
  private Budget.Grant.@Nullable Granted paid;

  Toll(Journey journey, Live live, Budget budget, RequestLog log) {
    this.journey = journey;
    this.doors =
        live.opening().stream().map(door -> Charge.of(journey.target, Call.of(door))).toList();
    this.budget = budget;
    this.log = log;
  }

  /** What sockets alone are counted by; where nothing is, what pays for the subscription. */
  Charge door() {
    return doors.isEmpty() ? journey.charge : doors.getFirst();
  }

  /**
   * Pays for all of it, as long as there is room; for the sockets first, which are the fewest: who
   * gets none has paid nothing of what calls need.
   *
   * @param venueNow reads the venue's time
   * @return why it cannot be opened now; null when it can
   */
  @Nullable Outcome pay(Supplier<Instant> venueNow) throws InterruptedException {
    for (Charge charge : Stream.concat(doors.stream(), Stream.of(journey.charge)).toList()) {
      Budget.Grant grant = budget.acquire(charge, venueNow);
      if (!(grant instanceof Budget.Grant.Granted one)) {
        return waiting(grant);
      }
      paid = one;
      log.charged(journey, one, budget.share(charge));
      if (one.probe()) {
        // The one call that may try again after a ban goes without: nothing else would be granted.
        return null;
      }
    }
    journey.weight += journey.charge.weight();
    return null;
  }

  private Outcome waiting(Budget.Grant grant) {
    return switch (grant) {
      case Budget.Grant.Blocked blocked ->
          journey.waiting(blocked.until(), blocked.scope(), blocked.cause());
      case Budget.Grant.Full full -> journey.waiting(full.next(), Verdict.Scope.POOL, "budget");
      case Budget.Grant.Granted _ -> throw new IllegalStateException("that one may go");
    };
  }

  /** Whether what was paid for is the one call that may try again after a ban. */
  boolean probes() {
    return paid != null && paid.probe();
  }

  /** It is over: counts what the venue said was used. */
  void settle(Instant now) {
    if (paid != null) {
      // The venue tells of the budget that calls draw on, and not of the sockets'.
      Integer told = paid.charge().equals(journey.charge) ? journey.used : null;
      budget.settle(paid, told == null ? -1 : told, now);
    }
  }
}

package io.tallystick.egress;

import io.tallystick.venue.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was found under lock: a pool as it was charged, and the stops that are written down. */
record Found(Stretch stretch, @Nullable Stop gate, @Nullable Stop own) {
  /** The stop that holds, if any. */
  Optional<Budget.Grant.Blocked> blocked(Instant now) {
    if (gate != null && !gate.over(now)) {
      return Optional.of(gate.blocks(Verdict.Scope.EGRESS_ADDRESS));
    }
    return own == null || own.over(now)
        ? Optional.empty()
        : Optional.of(own.blocks(Verdict.Scope.POOL));
  }

  /** Whether a ban is over after which no call has been answered yet. */
  boolean probes() {
    return gate != null && gate.cause().equals(BudgetRows.BANNED);
  }

  /** A stop as written, over or not. */
  record Stop(Instant until, String reason) {
    /** What the venue did; a probe under way is part of a ban. */
    String cause() {
      return reason.equals(BudgetRows.LIMITED) ? BudgetRows.LIMITED : BudgetRows.BANNED;
    }

    private Budget.Grant.Blocked blocks(Verdict.Scope scope) {
      return new Budget.Grant.Blocked(until, scope, cause());
    }

    boolean over(Instant now) {
      return !until.isAfter(now);
    }
  }
}

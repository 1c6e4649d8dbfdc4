package io.tallystick.egress;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tallystick.venue.Pool;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is measured of everything that leaves: requests, weight, what is left of each budget that an
 * address shares, stops and the venue clock's offset. Tags are names of ours and lines of the
 * allow-list; budgets of single accounts have no level of their own.
 */
final class Meters {
  private final MeterRegistry registry;
  private final Map<String, AtomicLong> levels = new ConcurrentHashMap<>();
  private final Map<String, Used> budgets = new ConcurrentHashMap<>();

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A request that ended, by what came of it; tries after the first count as retries too. */
  void attempt(Journey journey, String result, Duration took) {
    Tags place = place(journey);
    registry
        .timer(
            "tallystick.egress.requests",
            place.and(
                "path", journey.call.endpoint().path(),
                "status", Integer.toString(journey.status),
                "result", result))
        .record(took);
    if (journey.attempts > 1) {
      String code = Objects.toString(journey.code, "-");
      registry.counter("tallystick.egress.retries", place.and("code", code)).increment();
    }
    level("tallystick.egress.clock.offset.ms", place).set(journey.offset.toMillis());
  }

  /** A call that was paid for; {@code share} is what may count at once. */
  void charged(Journey journey, Budget.Grant.Granted granted, int share) {
    Charge charge = granted.charge();
    Tags tags = place(journey).and("pool", charge.pool().name());
    total("tallystick.egress.weight", tags).addAndGet(charge.weight());
    if (charge.pool().scope() == Pool.Scope.EGRESS_ADDRESS) {
      String path = charge.pool().perEndpoint() ? journey.call.endpoint().path() : "";
      budgets
          .computeIfAbsent(charge.key(), key -> registered(tags.and("path", path)))
          .set(granted.counts(), share, charge.pool().window());
    }
  }

  /** What counts against a budget; nothing does when its window has passed without a call. */
  private final class Used {
    private long counts;
    private long share;
    private long until;

    synchronized void set(long now, long most, Duration window) {
      counts = now;
      share = most;
      until = registry.config().clock().monotonicTime() + window.toNanos();
    }

    synchronized long used() {
      return registry.config().clock().monotonicTime() - until < 0 ? counts : 0;
    }

    synchronized long headroom() {
      return share - used();
    }
  }

  private Used registered(Tags budget) {
    Used used = new Used();
    registry.gauge("tallystick.egress.budget.used", budget, used, Used::used);
    registry.gauge("tallystick.egress.budget.headroom", budget, used, Used::headroom);
    return used;
  }

  /** A stop that a venue ordered; its seconds add up whether or not several overlap. */
  void stopped(Journey journey, Duration length, boolean banned) {
    registry
        .timer(
            "tallystick.egress.stops", place(journey).and("cause", banned ? "banned" : "limited"))
        .record(length);
  }

  /** So many more lines are open, over which a venue tells what happens. */
  void lines(Target target, int more) {
    level("tallystick.egress.lines", place(target)).addAndGet(more);
  }

  /** A line ended, after so many frames. A venue's own codes would be too many names. */
  void closed(Target target, String why, long frames) {
    String cause = why.startsWith("close-") ? "venue" : why;
    registry.counter("tallystick.egress.line.ends", place(target).and("cause", cause)).increment();
    total("tallystick.egress.line.frames", place(target)).addAndGet(frames);
  }

  private static Tags place(Journey journey) {
    return place(journey.target);
  }

  private static Tags place(Target target) {
    return Tags.of("venue", target.venue(), "environment", target.environment());
  }

  private AtomicLong level(String name, Tags tags) {
    return levels.computeIfAbsent(name + tags, key -> registry.gauge(name, tags, new AtomicLong()));
  }

  private AtomicLong total(String name, Tags tags) {
    return levels.computeIfAbsent(name + tags, key -> counted(name, tags));
  }

  private AtomicLong counted(String name, Tags tags) {
    AtomicLong total = new AtomicLong();
    registry.more().counter(name, tags, total);
    return total;
  }
}

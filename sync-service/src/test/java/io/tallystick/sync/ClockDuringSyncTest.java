package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.Link;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.wire.Reply;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Syncs with an exchange whose clock is not ours. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class ClockDuringSyncTest extends OnStage {
  private static final int TIMESTAMP_REFUSED = -1021;

  @Inject Waits waits;

  @ParameterizedTest
  @ValueSource(longs = {90_000, -90_000, 30_000, -30_000})
  @DisplayName("F19 a clock that is ahead or behind costs no rejected request")
  void anotherTimeCostsNothing(long ahead) {
    stage.sandbox().exchange().clock().offset(ahead);
    Subject subject = stage.subject(stage.small(51)).connect();

    subject.runWell();

    assertEquals(0, rejected(0));
    assertEquals(Map.of(), subject.differences());
  }

  @Test
  @DisplayName("F19 a run that waits while our own clock is set back does not wait for it again")
  void aRunDoesNotWaitForAClockThatWasSetBack() {
    Subject subject = stage.subject(stage.small(53)).connect();
    Link link = subject.link();
    RunContext run =
        new RunContext(
            stage.runs,
            stage.runs.begin(link, "manual"),
            Objects.requireNonNull(stage.leases.take(link, false)),
            Target.open(link.venue(), link.environment(), Priority.BACKFILL),
            Catalogue.Loaded.NONE,
            new Progress());
    Duration back = Duration.ofHours(2);
    AtomicBoolean done = new AtomicBoolean();
    LeapingPace.watched(() -> {
      if (done.compareAndSet(false, true)) {
        LeapingPace.leap(back.negated());
      }
    });
    Instant began = LeapingPace.now();

    assertNull(waits.until(run, began.plusSeconds(60), "budget", () -> true));

    assertTrue(done.get(), "it waited");
    Duration took = Duration.between(began, LeapingPace.now()).plus(back);
    assertTrue(took.compareTo(Duration.ofMinutes(2)) < 0, "took " + took);
  }

  @Test
  @DisplayName("F19 a clock that jumps during the sync costs at most one rejected request a jump")
  void aJumpCostsOneRequestAtMost() {
    Account account = stage.small(52);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    long first = stage.sandbox().calls().next();
    long[] jumps = {90_000, -90_000, -90_000, 90_000, 3_600_000};
    for (int i = 0; i < jumps.length; i++) {
      stage.sandbox().faults().atCall(first + 3 + 6L * i, new Fault.ClockJump(jumps[i]));
    }

    subject.runWell();

    assertEquals(0, stage.sandbox().faults().pending());
    assertTrue(rejected(first) <= jumps.length, "rejected " + rejected(first));
    assertEquals(undisturbed, subject.hash());
    assertEquals(Map.of(), subject.differences());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  @DisplayName("F19 a clock that drifts a second a minute is followed without a rejected request")
  void aDriftIsFollowed(long sign) {
    Subject subject = stage.subject(stage.small(53)).connect();
    stage.sandbox().exchange().clock().drift(sign * 16_667);
    stage.between((request, exchange) -> {
      Reply reply = exchange.apply(request);
      // The way back takes time, but for the readings of the clock.
      LeapingPace.leap(Duration.ofSeconds(request.path().equals("/api/v3/time") ? 0 : 9));
      return reply;
    });
    Instant begun = LeapingPace.now();
    long first = stage.sandbox().calls().next();

    subject.runWell();

    assertTrue(Duration.between(begun, LeapingPace.now()).toMinutes() >= 3);
    assertEquals(0, rejected(first));
    assertEquals(Map.of(), subject.differences());
  }

  private long rejected(long since) {
    return stage.sandbox().calls().since(since).stream()
        .filter(call -> call.code() == TIMESTAMP_REFUSED)
        .count();
  }
}

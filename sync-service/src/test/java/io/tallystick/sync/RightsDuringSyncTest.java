package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The key's rights are read in the middle of a sync, and only as long as they may be. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class RightsDuringSyncTest extends OnStage {
  @Test
  @DisplayName("F36 rights that the venue fails to tell are not asked for after the withdrawal")
  void rightsAreNotAskedForAfterTheWithdrawal() {
    Subject subject = stage.subject(stage.small(37)).connect();
    // Another key of the holder keeps his sealing key, so that a credential in memory still opens.
    Subject other = stage.subject(stage.small(38));
    subject
        .post(
            "/v1/connections",
            """
            {"consent": "%s", "venue": "binance", "environment": "sandbox",
             "key": {"kind": "hmac", "api_key": "%s", "secret": "%s"}}
            """
                .formatted(
                    subject.consent(Stage.ALL, Stage.LOOK_BACK),
                    other.key.key(),
                    other.key.secret()))
        .then()
        .statusCode(201);
    LeapingPace.leap(Duration.ofMinutes(20));
    long since = stage.sandbox().calls().next();
    stage.sandbox().faults().next(100, "GET", RIGHTS, new Fault.ServerError(503));
    AtomicBoolean withdrawn = new AtomicBoolean();
    stage.between((request, exchange) -> {
      var reply = exchange.apply(request);
      if (request.path().equals(RIGHTS) && withdrawn.compareAndSet(false, true)) {
        subject.withdraw();
        // The venue takes its time to fail.
        LeapingPace.leap(Duration.ofSeconds(3));
      }
      return reply;
    });

    Runs.Shown run = subject.run();

    assertEquals("no active consent", run.detail());
    assertEquals(
        List.of(RIGHTS),
        subject.calls(since).stream().map(Call::path).filter(RIGHTS::equals).toList());
  }
}

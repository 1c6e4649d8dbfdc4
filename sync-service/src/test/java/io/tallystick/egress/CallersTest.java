package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.vault.ScriptedVenue;
import io.tallystick.venue.Call;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop of the service waits for no venue. */
class CallersTest {
  private static final Call CALL = Call.of(ScriptedVenue.ACCOUNT);

  /** What a call came to, and whether its thread was left interrupted. */
  private record Back(Outcome outcome, boolean interrupted) {}

  @TempDir Path folder;

  @Test
  @DisplayName("F21 a stop calls back who waits for an answer, and nobody leaves after it")
  void aStopCallsBackWhoIsOut() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (Rig rig = new Rig(folder)) {
      rig.says((request, to) -> {
        asked.countDown();
        await(never);
        ScriptedServer.says(200, "{}").answer(request, to);
      });
      CompletableFuture<Back> back = new CompletableFuture<>();
      Thread.ofPlatform()
          .start(() -> {
            Outcome outcome = rig.gateway.send(rig.target(), CALL);
            back.complete(new Back(outcome, Thread.currentThread().isInterrupted()));
          });
      assertTrue(asked.await(10, TimeUnit.SECONDS));

      rig.gateway.stop();

      Back came = back.get(5, TimeUnit.SECONDS);
      assertInstanceOf(Outcome.Unreachable.class, came.outcome());
      assertFalse(came.interrupted(), "it still has to write down how far it came");
      Outcome late = rig.gateway.send(rig.target(), CALL);
      assertEquals(0, late.trace().attempts());
      assertInstanceOf(Outcome.Unreachable.class, late);
    } finally {
      never.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.VirtualTime;
import io.tallystick.vault.ScriptedVenue;
import io.tallystick.venue.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircuitTest {
  private static final Call CALL = Call.of(ScriptedVenue.ACCOUNT);
  private static final ScriptedServer.Script HANGS_UP =
      (request, to) -> {
        to.setSoLinger(true, 0);
        to.close();
      };

  @TempDir Path folder;

  @Test
  @DisplayName("F19 a place is not left alone for longer because our own clock was set back")
  void aPlaceIsNotLeftAloneByAClockThatWasSetBack() throws Exception {
    try (Rig rig = rig()) {
      rig.says(HANGS_UP);
      for (int i = 0; i < 3; i++) {
        assertInstanceOf(Outcome.Unreachable.class, rig.gateway.send(rig.target(), CALL));
      }
      rig.says(ScriptedServer.says(200, Rig.GOOD));
      rig.pace.move(Duration.ofHours(-2));
      rig.pace.move(Duration.ofMinutes(6));
      assertInstanceOf(Outcome.Answered.class, rig.gateway.send(rig.target(), CALL));
    }
  }

  @Test
  @DisplayName(
      "F27 after three calls in vain nothing is sent for a while, then one call goes first")
  void f27AfterCallsInVainThePlaceIsLeftAloneForAWhile() throws Exception {
    try (Rig rig = rig()) {
      rig.says(HANGS_UP);
      for (int i = 0; i < 3; i++) {
        assertInstanceOf(Outcome.Unreachable.class, rig.gateway.send(rig.target(), CALL));
      }
      assertEquals(12, rig.server.count("/v/account"));
      Outcome held =
          assertInstanceOf(Outcome.Unreachable.class, rig.gateway.send(rig.target(), CALL));
      assertEquals(0, held.trace().attempts());
      assertEquals(0, held.trace().weight(), "nothing is paid for what is not sent");
      rig.pace.move(Duration.ofMinutes(6));
      int before = rig.server.requests().size();
      AtomicInteger answered = new AtomicInteger();
      rig.says((request, to) -> {
        rig.pace.move(Duration.ofMillis(50));
        ScriptedServer.says(200, Rig.GOOD).answer(request, to);
      });
      List<VirtualTime.Actor> actors = new ArrayList<>();
      for (long connection = 0; connection < 5; connection++) {
        Target target = rig.target(connection);
        actors.add(() -> {
          if (rig.gateway.send(target, CALL) instanceof Outcome.Answered) {
            answered.incrementAndGet();
          }
        });
      }
      rig.pace.time().run(Duration.ofSeconds(20), actors);
      assertTrue(answered.get() >= 1, "one went first");
      assertTrue(rig.server.requests().size() > before);
      assertInstanceOf(Outcome.Answered.class, rig.gateway.send(rig.target(), CALL));
    }
  }

  @Test
  void aHostThatBreaksOffIsFollowedByAnotherWithinTheSameBudget() throws Exception {
    try (ScriptedServer bad = new ScriptedServer(HANGS_UP);
        Rig rig = new Rig(folder, List.of(bad.address()))) {
      rig.budget.learn("scripted", Environments.SANDBOX, Map.of("weight", 100_000));
      Outcome outcome = rig.gateway.send(rig.target(), CALL);
      assertInstanceOf(Outcome.Answered.class, outcome, () -> "" + outcome);
      assertEquals(1, outcome.trace().host());
      assertFalse(bad.requests().isEmpty());
      int before = bad.requests().size();
      assertInstanceOf(Outcome.Answered.class, rig.gateway.send(rig.target(), CALL));
      assertEquals(before, bad.requests().size(), "it is not asked first again");
    }
  }

  @Test
  void whatLeavesIsMeasured() throws Exception {
    try (Rig rig = rig()) {
      rig.ahead = Duration.ofSeconds(7);
      rig.saysInTurn(HANGS_UP, ScriptedServer.says(200, Rig.GOOD, "X-Used: 10"));
      rig.gateway.send(rig.target(), CALL);
      rig.says(429, "{}", "Retry-After: 37");
      rig.gateway.send(rig.target(), CALL);
      assertEquals(
          33, rig.meters.get("tallystick.egress.weight").functionCounter().count(), "3 for time");
      assertEquals(33, rig.meters.get("tallystick.egress.budget.used").gauge().value());
      assertEquals(
          70_000 - 33, rig.meters.get("tallystick.egress.budget.headroom").gauge().value());
      assertEquals(7000, rig.meters.get("tallystick.egress.clock.offset.ms").gauge().value());
      assertEquals(1, rig.meters.get("tallystick.egress.retries").counter().count());
      assertEquals(
          37,
          rig.meters
              .get("tallystick.egress.stops")
              .tag("cause", "limited")
              .timer()
              .totalTime(java.util.concurrent.TimeUnit.SECONDS));
      assertEquals(
          1,
          rig.meters
              .get("tallystick.egress.requests")
              .tag("path", "/v/account")
              .tag("status", "429")
              .timer()
              .count());
    }
  }

  private Rig rig() throws Exception {
    Rig rig = new Rig(folder, "clock-refresh", "PT10M");
    rig.budget.learn("scripted", Environments.SANDBOX, Map.of("weight", 100_000));
    return rig;
  }
}

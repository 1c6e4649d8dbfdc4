package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.vault.ScriptedVenue;
import io.tallystick.venue.Call;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VenueClockTest {
  private static final Call CALL = Call.of(ScriptedVenue.ACCOUNT);

  @TempDir Path folder;
  private final AtomicInteger accepted = new AtomicInteger();

  @ParameterizedTest(name = "F19 a venue clock {0} s off from the start refuses nothing")
  @ValueSource(longs = {30, -30, 90, -90, 86_400, -86_400})
  void f19AClockThatIsOffFromTheStartRefusesNothing(long seconds) throws Exception {
    try (Rig rig = rig()) {
      rig.ahead = Duration.ofSeconds(seconds);
      answered(rig);
      assertEquals(0, rejected(rig));
      assertEquals(3, rig.server.count("/v/time"), "median of three");
      answered(rig);
      assertEquals(3, rig.server.count("/v/time"), "still fresh");
    }
  }

  @ParameterizedTest(name = "F19 a clock that drifts {0} ms a minute refuses nothing for an hour")
  @ValueSource(longs = {1000, -1000})
  void f19ADriftIsFollowed(long millisPerMinute) throws Exception {
    try (Rig rig = rig()) {
      for (int second = 0; second < 3600; second += 30) {
        rig.ahead = Duration.ofMillis(millisPerMinute * second / 60);
        answered(rig);
        rig.pace.move(Duration.ofSeconds(30));
      }
      assertEquals(0, rejected(rig));
      assertTrue(rig.server.count("/v/time") <= 63, "one sample a minute");
    }
  }

  @ParameterizedTest(name = "F19 a jump of {0} s costs one rejected request at most")
  @ValueSource(longs = {30, -30, 90, -90, 3600})
  void f19AJumpCostsOneRejectedRequest(long seconds) throws Exception {
    try (Rig rig = rig()) {
      answered(rig);
      for (int jump = 1; jump <= 5; jump++) {
        rig.ahead = rig.ahead.plusSeconds(seconds);
        rig.pace.move(Duration.ofSeconds(5));
        answered(rig);
        answered(rig);
        assertTrue(rejected(rig) <= jump, "rejected " + rejected(rig) + " at jump " + jump);
      }
      assertTrue(rejected(rig) > 0, "a jump this short after a measurement is noticed by refusal");
    }
  }

  @Test
  @DisplayName("F19 our own clock set back is measured anew before anything is signed")
  void f19OurOwnClockSetBackIsMeasuredAnew() throws Exception {
    try (Rig rig = rig()) {
      answered(rig);
      rig.pace.move(Duration.ofMinutes(-10));
      rig.ahead = Duration.ofMinutes(10);
      answered(rig);
      assertEquals(0, rejected(rig));
    }
  }

  @Test
  @DisplayName("F19 a clock refused twice in a row is waited for, not insisted upon")
  void f19AClockRefusedTwiceIsWaitedFor() throws Exception {
    try (Rig rig = rig()) {
      rig.says(ScriptedServer.says(400, "{\"code\":-1021}"));
      Outcome.Waiting waiting =
          assertInstanceOf(Outcome.Waiting.class, rig.gateway.send(rig.target(), CALL));
      assertEquals("clock", waiting.cause());
      assertEquals(2, rig.server.count("/v/account"));
      assertTrue(waiting.until().isAfter(rig.pace.instant()));
    }
  }

  @Test
  void aClockThatContradictsItselfIsNotSignedBy() throws Exception {
    try (Rig rig = rig()) {
      AtomicInteger calls = new AtomicInteger();
      rig.server.script((request, to) -> {
        long wild = rig.venueMillis() + calls.getAndIncrement() % 2 * 10_000;
        String body = "{\"serverTime\":" + wild + "}";
        ScriptedServer.write(to, 200, body.getBytes(StandardCharsets.UTF_8));
      });
      Outcome.Waiting waiting =
          assertInstanceOf(Outcome.Waiting.class, rig.gateway.send(rig.target(), CALL));
      assertEquals("clock", waiting.cause());
      assertEquals(0, rig.server.count("/v/account"));
    }
  }

  @ParameterizedTest(name = "F20 a venue that tells {0} as its time is not signed for")
  @ValueSource(strings = {"0", "1795262410", "1795262410000000", "253402300799000"})
  void f20ATimeThatMakesNoSenseIsNotSignedBy(String told) throws Exception {
    try (Rig rig = rig()) {
      rig.server.script(ScriptedServer.says(200, "{\"serverTime\":" + told + "}"));
      Outcome.Waiting waiting =
          assertInstanceOf(Outcome.Waiting.class, rig.gateway.send(rig.target(), CALL));
      assertEquals("clock", waiting.cause());
      assertEquals(0, rig.server.count("/v/account"));
      assertTrue(waiting.until().isBefore(rig.pace.instant().plusSeconds(60)));
    }
  }

  @Test
  void theOffsetIsTakenAtTheMiddleOfTheRoundTrip() throws Exception {
    try (Rig rig = rig()) {
      rig.server.script((request, to) -> {
        if (!request.path().equals("/v/time")) {
          ScriptedServer.says(200, Rig.GOOD).answer(request, to);
          return;
        }
        rig.pace.move(Duration.ofMillis(200));
        String body = "{\"serverTime\":" + rig.venueMillis() + "}";
        rig.pace.move(Duration.ofMillis(200));
        ScriptedServer.write(to, 200, body.getBytes(StandardCharsets.UTF_8));
      });
      rig.ahead = Duration.ofSeconds(7);
      Trace trace = rig.gateway.send(rig.target(), CALL).trace();
      assertEquals(Duration.ofSeconds(7), trace.offset());
      assertEquals(rig.pace.instant().plusSeconds(7), rig.gateway.venueTime("scripted", "sandbox"));
      assertEquals(rig.venueMillis() - 500, rig.server.requests().getLast().number("timestamp"));
    }
  }

  @Test
  void aVenueThatDoesNotTellTheTimeIsNotSignedFor() throws Exception {
    try (Rig rig = rig()) {
      rig.server.script(ScriptedServer.says(503, "down"));
      assertInstanceOf(Outcome.Unreachable.class, rig.gateway.send(rig.target(), CALL));
      assertEquals(0, rig.server.count("/v/account"));
    }
  }

  private Rig rig() throws Exception {
    Rig rig = new Rig(folder, "share", "1.00");
    rig.says((request, to) -> {
      accepted.incrementAndGet();
      ScriptedServer.says(200, Rig.GOOD).answer(request, to);
    });
    return rig;
  }

  private long rejected(Rig rig) {
    return rig.server.count("/v/account") - accepted.get();
  }

  private static void answered(Rig rig) {
    Outcome outcome = rig.gateway.send(rig.target(), CALL);
    assertInstanceOf(Outcome.Answered.class, outcome, () -> "" + outcome);
  }
}

package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.VirtualTime;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.fault.Fault;
import io.tallystick.vault.SealedCredential;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening lines costs. In virtual time. */
class LinesTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:10Z");

  @TempDir Path folder;

  @Test
  void whoGetsNoSocketPaysForNoSubscription() throws Exception {
    VirtualTime time = new VirtualTime(START);
    try (Harbour harbour = new Harbour(folder, time, Duration.ZERO, 4).accounts(4)) {
      // Three sockets in five minutes, and 60 of the weight that calls draw on in one.
      Lines lines = harbour.listening(time, "share", "0.01", "patience", "PT2S");
      AtomicInteger opened = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      List<VirtualTime.Actor> actors = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        SealedCredential credential = harbour.connection();
        actors.add(() -> {
          Target target = Target.of(credential, Priority.LIVE);
          switch (lines.open(target, inbox())) {
            case Lines.Opening.Open _ -> opened.incrementAndGet();
            case Lines.Opening.Failed(Outcome.Waiting _) -> refused.incrementAndGet();
            case Lines.Opening.Failed(Outcome other) -> throw new AssertionError(other);
          }
        });
      }
      time.run(Duration.ofMinutes(1), actors);
      assertTrue(opened.get() > 0 && opened.get() <= 3, "opened " + opened);
      assertEquals(12, opened.get() + refused.get());
      // A subscription weighs 4; the rest are readings of the venue's clock, which weigh 1.
      long readings =
          harbour.sandbox.calls().all().stream()
              .map(Call::path)
              .filter("/api/v3/time"::equals)
              .count();
      assertEquals(4L * opened.get() + readings, harbour.charged("binance/sandbox/api"));
    }
  }

  @Test
  void afterABanALineMayBeTheOneThatTriesAgain() throws Exception {
    VirtualTime time = new VirtualTime(START);
    try (Harbour harbour = new Harbour(folder, time, Duration.ZERO, 5).accounts(1)) {
      // The venue's clock is measured before the ban: the line itself is what tries.
      Lines lines = harbour.listening(time, "clock-refresh", "PT10M", "patience", "PT2S");
      Target target = Target.of(harbour.connection(), Priority.LIVE);
      String subscribe = harbour.venue.live().subscribing().path();
      time.run(
          Duration.ofMinutes(1),
          List.of(() -> {
            assertInstanceOf(Lines.Opening.Open.class, lines.open(target, inbox()));
            harbour.sandbox.faults().next(1, "WS", subscribe, new Fault.Banned(120));
            Lines.Opening banned = lines.open(target, inbox());
            assertEquals("banned", waiting(banned).cause());
            assertEquals("banned", waiting(lines.open(target, inbox())).cause());
            time.pause(Duration.ofMinutes(3));
            assertInstanceOf(Lines.Opening.Open.class, lines.open(target, inbox()));
            assertInstanceOf(Lines.Opening.Open.class, lines.open(target, inbox()));
          }));
    }
  }

  private static LinkedBlockingQueue<Line.Arrival> inbox() {
    return new LinkedBlockingQueue<>();
  }

  private static Outcome.Waiting waiting(Lines.Opening opening) {
    Outcome outcome = assertInstanceOf(Lines.Opening.Failed.class, opening).outcome();
    return assertInstanceOf(Outcome.Waiting.class, outcome);
  }
}

package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Pace;
import io.tallystick.kernel.VirtualTime;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Request;
import io.tallystick.vault.SealedCredential;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many at once when things go wrong, against the exchange that bans. All in virtual time. */
class StormTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:10Z");
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  @DisplayName("F25 429s over a thousand connections never become a ban, nor 70 % be exceeded")
  void f25StormsOverAThousandConnectionsNeverBecomeABan() throws Exception {
    VirtualTime time = new VirtualTime(START);
    try (Harbour harbour = new Harbour(folder, time, Duration.ofMillis(200), 25).accounts(10)) {
      Gateway gateway = harbour.process(time, "share", "0.70");
      AtomicInteger left = new AtomicInteger(50);
      List<VirtualTime.Actor> actors = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        List<Target> connections = new ArrayList<>();
        for (int j = 0; j < 20; j++) {
          connections.add(Target.of(harbour.connection(), Priority.BACKFILL));
        }
        actors.add(() -> {
          for (Target target : connections) {
            harbour.answered(gateway, time, target, harbour.page());
          }
          left.decrementAndGet();
        });
      }
      actors.add(() -> crowd(harbour, time, left));
      time.run(LIMIT, actors);
      Charges ours = new Charges();
      harbour.calls().stream()
          .filter(call -> !call.key().isEmpty())
          .forEach(call -> ours.add(Instant.ofEpochMilli(call.at()), call.weight()));
      long refused =
          harbour.calls().stream()
              .filter(call -> call.status() == 429 && !call.key().isEmpty())
              .count();
      assertTrue(refused > 0, "there was a storm");
      assertEquals(0, harbour.sandbox.calls().countStatus(418));
      assertTrue(ours.within(MINUTE) <= 4200, "used " + ours.within(MINUTE));
    }
  }

  /** Somebody else behind our address, who uses it up in two minutes of three. */
  private static void crowd(Harbour harbour, Pace pace, AtomicInteger left) throws Exception {
    Request request =
        new Request("GET", "/api/v3/myTrades", "symbol=A", Map.of(), Body.EMPTY, "127.0.0.1");
    while (left.get() > 0) {
      long minute = pace.instant().getEpochSecond() / 60;
      if (minute % 3 != 0) {
        while (harbour.sandbox.exchange().handle(request).status() != 429) {
          assertTrue(left.get() >= 0);
        }
      }
      pace.pause(Duration.ofSeconds(60 - pace.instant().getEpochSecond() % 60 + 3));
    }
  }

  @Test
  @DisplayName("F22 500 connections due at once after an outage: one tries, then all take turns")
  void f22FiveHundredConnectionsDueAtOnceAfterAnOutage() throws Exception {
    VirtualTime time = new VirtualTime(START);
    try (Harbour harbour = new Harbour(folder, time, Duration.ofMillis(200), 22).accounts(10)) {
      Gateway gateway = harbour.process(time);
      harbour.down = true;
      List<VirtualTime.Actor> actors = new ArrayList<>();
      AtomicInteger tried = new AtomicInteger();
      actors.add(() -> {
        time.pause(Duration.ofMinutes(4));
        tried.set(harbour.dropped.get());
        harbour.down = false;
      });
      for (int i = 0; i < 500; i++) {
        Target target = Target.of(harbour.connection(), Priority.BACKFILL);
        actors.add(() -> harbour.answered(gateway, time, target, harbour.page()));
      }
      time.run(LIMIT, actors);
      assertTrue(tried.get() < 100, "the circuit holds back: " + tried);
      assertEquals(0, harbour.sandbox.calls().earnedRefusals());
      assertEquals(500, harbour.pages(START, START.plus(Duration.ofHours(1))));
      assertTrue(harbour.charged().within(MINUTE) <= 4200);
      assertTrue(harbour.charged().within(Duration.ofSeconds(1)) <= 2000, "no stampede");
    }
  }

  @Test
  @DisplayName("F17 processes whose clocks are minutes off share one budget, and never exceed it")
  void f17ProcessesWithClocksMinutesOffShareOneBudget() throws Exception {
    VirtualTime time = new VirtualTime(START);
    try (Harbour harbour = new Harbour(folder, time, Duration.ofMillis(300), 17).accounts(4)) {
      Instant end = START.plus(Duration.ofMinutes(3));
      Map<Integer, AtomicInteger> pages = new ConcurrentHashMap<>();
      List<VirtualTime.Actor> actors = new ArrayList<>();
      List<Duration> clocks =
          List.of(Duration.ZERO, Duration.ofMinutes(10), Duration.ofSeconds(-45));
      for (int process = 0; process < clocks.size(); process++) {
        Pace clock = time.ahead(clocks.get(process));
        Gateway gateway = harbour.process(clock);
        AtomicInteger count = pages.computeIfAbsent(process, key -> new AtomicInteger());
        for (int worker = 0; worker < 3; worker++) {
          SealedCredential credential = harbour.connection();
          actors.add(() -> {
            while (time.instant().isBefore(end)) {
              Target target = Target.of(credential, Priority.BACKFILL);
              harbour.answered(gateway, clock, target, harbour.page());
              count.incrementAndGet();
            }
          });
        }
      }
      time.run(LIMIT, actors);
      int most = harbour.charged().within(MINUTE);
      System.out.printf(
          "budget, virtual time: 3 processes: pages %s, at most %d of 4200 in any 60 s%n",
          pages, most);
      assertEquals(0, harbour.sandbox.calls().earnedRefusals());
      assertTrue(most <= 4200, "used " + most);
      long all = harbour.pages(START, end);
      assertTrue(all >= 3 * 210 * 90 / 100, "little is wasted: " + all);
      pages.values().forEach(one -> assertTrue(one.get() * 6 > all, pages.toString()));
    }
  }

  @Test
  @DisplayName("F23 a 429 for one worker stops all workers of all processes until it ends")
  void f23A429ForOneWorkerStopsAllOfThemUntilItEnds() throws Exception {
    VirtualTime time = new VirtualTime(START);
    try (Harbour harbour = new Harbour(folder, time, Duration.ofMillis(100), 23).accounts(2)) {
      List<Gateway> processes = List.of(harbour.process(time), harbour.process(time));
      List<VirtualTime.Actor> actors = new ArrayList<>();
      Instant end = START.plus(Duration.ofMinutes(2));
      for (int i = 0; i < 10; i++) {
        Gateway gateway = processes.get(i % 2);
        Target target = Target.of(harbour.connection(), Priority.BACKFILL);
        actors.add(() -> {
          while (time.instant().isBefore(end)) {
            harbour.answered(gateway, time, target, harbour.page());
          }
        });
      }
      actors.add(() -> {
        time.pause(Duration.ofSeconds(20));
        harbour
            .sandbox
            .faults()
            .next(1, "/api/v3/myTrades", new io.tallystick.sandbox.fault.Fault.TooMany("37"));
      });
      actors.add(() -> {
        time.pause(Duration.ofSeconds(35));
        for (Gateway gateway : processes) {
          Budget.Block stop = gateway.stopped("binance", Environments.SANDBOX).orElseThrow();
          assertEquals("limited", stop.cause());
          Duration rest = Duration.between(START.plusSeconds(57), stop.until());
          assertTrue(rest.toSeconds() >= 0 && rest.toSeconds() <= 2, "ends " + stop.until());
        }
      });
      time.run(LIMIT, actors);
      // Those under way when the word came are let pass.
      assertEquals(0, harbour.pages(START.plusSeconds(22), START.plusSeconds(57)));
      assertTrue(harbour.pages(START.plusSeconds(57), START.plusSeconds(65)) > 10);
      assertTrue(processes.getFirst().stopped("binance", Environments.SANDBOX).isEmpty());
    }
  }
}

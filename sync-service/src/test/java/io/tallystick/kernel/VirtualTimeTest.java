package io.tallystick.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final VirtualTime time = new VirtualTime(START);
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  @Test
  void manyActorsWakeInTheOrderOfTheirTimeAndNothingIsWaitedForReally() throws Exception {
    long real = System.nanoTime();
    List<VirtualTime.Actor> actors = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      int every = i;
      actors.add(() -> {
        for (int turn = 0; turn < 20; turn++) {
          time.pause(Duration.ofMinutes(every));
          said.add("%05d".formatted(Duration.between(START, time.instant()).toMinutes()));
        }
      });
    }
    time.run(LIMIT, actors);
    assertEquals(1000, said.size());
    assertEquals(said.stream().sorted().toList(), said);
    assertEquals(START.plus(Duration.ofMinutes(1000)), time.instant());
    assertTrue(System.nanoTime() - real < 15_000_000_000L);
  }

  @Test
  void timeStandsStillWhileAnyActorIsAtWork() throws Exception {
    time.run(
        LIMIT,
        List.of(
            () -> {
              time.pause(Duration.ofHours(1));
              said.add("slept");
            },
            () -> {
              // A wait with a limit is how answers from outside are waited for.
              assertEquals(false, new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS));
              assertEquals(START, time.instant());
              said.add("worked");
            }));
    assertEquals(List.of("worked", "slept"), said);
  }

  @Test
  void whoWaitsForALockOfASleeperDoesNotStopTheClock() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    VirtualTime.Actor holder =
        () -> {
          lock.lock();
          try {
            time.pause(Duration.ofMinutes(5));
          } finally {
            lock.unlock();
          }
        };
    time.run(LIMIT, List.of(holder, holder, holder));
    assertEquals(START.plus(Duration.ofMinutes(15)), time.instant());
  }

  @Test
  void somebodyOutsideStandsForTheActorThatWaitsForHim() throws Exception {
    VirtualTime.Actor caller =
        () -> {
          Instant asked = time.instant();
          CompletableFuture<Instant> answer = new CompletableFuture<>();
          Thread.ofVirtual()
              .start(() -> {
                try {
                  time.pause(Duration.ofMillis(200));
                  answer.complete(time.instant());
                } catch (InterruptedException e) {
                  answer.completeExceptionally(e);
                }
              });
          assertEquals(asked.plusMillis(200), answer.get(10, TimeUnit.SECONDS));
        };
    time.run(LIMIT, Collections.nCopies(20, caller));
    assertEquals(START.plusMillis(200), time.instant());
  }

  @Test
  void anActorSpawnsOthersAndAloneTheClockLeaps() throws Exception {
    time.pause(Duration.ofDays(1));
    time.run(LIMIT, List.of(() -> time.spawn(() -> time.pause(Duration.ofDays(2)))));
    assertEquals(START.plus(Duration.ofDays(3)), time.instant());
    assertEquals(START.plus(Duration.ofDays(4)), time.ahead(Duration.ofDays(1)).instant());
  }

  @Test
  void aFailingActorFailsTheRunAndOneThatHangsIsShown() {
    AssertionError failed =
        assertThrows(
            AssertionError.class,
            () ->
                time.run(
                    LIMIT,
                    List.of(
                        () -> new CountDownLatch(1).await(),
                        () -> {
                          throw new IllegalStateException("planted");
                        })));
    assertEquals("planted", String.valueOf(failed.getCause().getMessage()));
    VirtualTime other = new VirtualTime(START);
    AssertionError hung =
        assertThrows(
            AssertionError.class,
            () -> other.run(Duration.ofMillis(200), List.of(() -> new CountDownLatch(1).await())));
    assertTrue(String.valueOf(hung.getMessage()).contains("CountDownLatch"), hung.getMessage());
  }
}

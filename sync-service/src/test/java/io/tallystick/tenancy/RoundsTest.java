package io.tallystick.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
  private final AtomicInteger number = new AtomicInteger();
  private final Semaphore mayEnd = new Semaphore(0);
  private @Nullable Rounds rounds;

  @AfterEach
  void end() throws InterruptedException {
    mayEnd.release(100);
    if (rounds != null) {
      rounds.end();
    }
  }

  private Rounds begin(Duration least) {
    Rounds made =
        new Rounds(
            "rounds-test",
            least,
            () -> {
              begun.add(number.incrementAndGet());
              mayEnd.acquireUninterruptibly();
              return LONG;
            });
    rounds = made;
    made.begin();
    return made;
  }

  private @Nullable Integer next() throws InterruptedException {
    return begun.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void whoIsWokenDoesNotRestToTheEnd() throws InterruptedException {
    mayEnd.release(100);
    Rounds rounds = begin(Duration.ZERO);
    assertEquals(1, next());
    rounds.wake();
    assertEquals(2, next());
  }

  @Test
  void aCallDuringARoundIsAnsweredByTheNext() throws InterruptedException {
    Rounds rounds = begin(Duration.ZERO);
    assertEquals(1, next());
    rounds.wake();
    mayEnd.release(100);
    assertEquals(2, next(), "the first may have looked before there was anything");
  }

  @Test
  void callsWithinTheLeastRestAreOneRoundsWork() throws InterruptedException {
    mayEnd.release(100);
    Rounds rounds = begin(Duration.ofMillis(300));
    assertEquals(1, next());
    for (int i = 0; i < 5; i++) {
      rounds.wake();
    }
    assertEquals(2, next());
    assertEquals(null, begun.poll(1, TimeUnit.SECONDS), "nobody called since");
    rounds.wake();
    assertEquals(3, next());
  }

  @Test
  void anEndIsHeardInTheMiddleOfARest() throws InterruptedException {
    mayEnd.release(100);
    Rounds rounds = begin(LONG);
    assertEquals(1, next());
    long asked = System.nanoTime();
    rounds.end();
    assertTrue(System.nanoTime() - asked < TimeUnit.SECONDS.toNanos(4), "it was waited for");
    assertEquals(null, begun.poll());
  }
}

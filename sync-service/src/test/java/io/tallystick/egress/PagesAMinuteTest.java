package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Pace;
import io.tallystick.kernel.VirtualTime;
import io.tallystick.vault.SealedCredential;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of the venue's 300 pages a minute one address gets, and that it never gets more. */
class PagesAMinuteTest {
  private static final int PAGES = 300;
  private static final int LIMIT = 6000;
  private static final Instant START = Instant.parse("2026-11-21T12:00:37Z");

  @TempDir Path folder;

  @Test
  void anAddressOfItsOwnReadsNinetyFiveOfAHundredPagesAndNoMinuteExceedsTheLimit()
      throws Exception {
    VirtualTime time = new VirtualTime(START);
    try (Harbour harbour = new Harbour(folder, time, Duration.ofMillis(400), 3).accounts(3)) {
      Gateway gateway = harbour.process(time, "share", "1.00");
      Instant end = START.plus(Duration.ofMinutes(3));
      List<VirtualTime.Actor> actors = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        SealedCredential credential = harbour.connection();
        actors.add(() -> read(harbour, gateway, credential, time, end));
      }
      time.run(Duration.ofMinutes(2), actors);
      told("virtual time", harbour, START, 3);
    }
  }

  @Test
  void aShareLeavesTheRestToOthersAndIsUsedAsWell() throws Exception {
    VirtualTime time = new VirtualTime(START);
    try (Harbour harbour = new Harbour(folder, time, Duration.ofMillis(400), 4).accounts(2)) {
      Gateway gateway = harbour.process(time);
      Instant end = START.plus(Duration.ofMinutes(2));
      SealedCredential one = harbour.connection();
      SealedCredential other = harbour.connection();
      time.run(
          Duration.ofMinutes(2),
          List.of(
              () -> read(harbour, gateway, one, time, end),
              () -> read(harbour, gateway, other, time, end)));
      int most = harbour.charged().within(Duration.ofMinutes(1));
      assertTrue(most <= LIMIT * 7 / 10, "used " + most);
      assertTrue(harbour.pages(START, end) >= 2 * 210 * 95 / 100, "a default share is used");
    }
  }

  @Test
  @Tag("long")
  void theSameHoldsInRealTime() throws Exception {
    try (Harbour harbour = new Harbour(folder, Pace.SYSTEM, Duration.ZERO, 5).accounts(3);
        var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      Gateway gateway = harbour.process(Pace.SYSTEM, "share", "1.00");
      Instant start = Instant.now();
      Instant end = start.plus(Duration.ofSeconds(180));
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        SealedCredential credential = harbour.connection();
        all.add(
            workers.submit(() -> {
              read(harbour, gateway, credential, Pace.SYSTEM, end);
              return null;
            }));
      }
      for (Future<?> one : all) {
        ended(one);
      }
      told("real time", harbour, start, 3);
    }
  }

  private static void ended(Future<?> one) throws InterruptedException, ExecutionException {
    one.get();
  }

  private static void read(
      Harbour harbour, Gateway gateway, SealedCredential credential, Pace pace, Instant end)
      throws InterruptedException {
    Target target = Target.of(credential, Priority.BACKFILL);
    while (pace.instant().isBefore(end)) {
      harbour.answered(gateway, harbour.pace, target, harbour.page());
    }
  }

  private static void told(String how, Harbour harbour, Instant start, int minutes) {
    Charges charges = harbour.charged();
    long pages = harbour.pages(start, start.plus(Duration.ofMinutes(minutes)));
    int most = charges.within(Duration.ofMinutes(1));
    System.out.printf(
        "budget, %s: %d pages in %d minutes, %d per mille of %d; at most %d of %d in any 60 s; longest"
            + " rest %s%n",
        how,
        pages,
        minutes,
        1000 * pages / (minutes * PAGES),
        minutes * PAGES,
        most,
        LIMIT,
        charges.longestRest());
    assertEquals(0, harbour.sandbox.calls().earnedRefusals());
    assertTrue(most <= LIMIT, "used " + most + " in 60 seconds");
    assertTrue(pages * 100 >= 95L * minutes * PAGES, pages + " pages");
  }
}

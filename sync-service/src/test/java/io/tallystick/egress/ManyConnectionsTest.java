package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.VirtualTime;
import io.tallystick.vault.SealedCredential;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many connections behind one address, all of which want all of it. In virtual time. */
class ManyConnectionsTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:10Z");

  /** Pages a minute at the default share. */
  private static final int PAGES = 210;

  @TempDir Path folder;

  @Test
  void fortyConnectionsOfTenTenantsTakeTurnsForFiveMinutes() throws Exception {
    takeTurns(40, 10, Duration.ofMinutes(5));
  }

  @Test
  @Tag("long")
  void twoHundredConnectionsOfFiftyTenantsTakeTurnsForHalfAnHour() throws Exception {
    takeTurns(200, 50, Duration.ofMinutes(30));
  }

  /** What one connection saw. */
  private static final class Seen {
    private final List<Duration> pages = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> balances = Collections.synchronizedList(new ArrayList<>());
  }

  private void takeTurns(int connections, int tenants, Duration length) throws Exception {
    VirtualTime time = new VirtualTime(START);
    try (Harbour harbour =
        new Harbour(folder, time, Duration.ofMillis(200), 200).accounts(tenants)) {
      Gateway gateway = harbour.process(time, "patience", "PT10S");
      Instant end = START.plus(length);
      List<Seen> all = new ArrayList<>();
      List<VirtualTime.Actor> actors = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        SealedCredential credential = harbour.connection();
        Seen seen = new Seen();
        all.add(seen);
        // Those in front have more workers at once than others: that must not help them.
        int workers = i < connections / 10 ? 3 : 1;
        for (int worker = 0; worker < workers; worker++) {
          actors.add(() -> pages(harbour, gateway, credential, end, seen));
        }
        Duration first = Duration.ofSeconds(1 + i * 97L % 120);
        actors.add(() -> balances(harbour, gateway, credential, end, seen, first));
      }
      time.run(Duration.ofMinutes(8), actors);
      judge(harbour, all, length);
    }
  }

  private static void pages(
      Harbour harbour, Gateway gateway, SealedCredential credential, Instant end, Seen seen)
      throws InterruptedException {
    Target target = Target.of(credential, Priority.BACKFILL);
    while (harbour.pace.instant().isBefore(end)) {
      Instant asked = harbour.pace.instant();
      harbour.answered(gateway, harbour.pace, target, harbour.page());
      seen.pages.add(Duration.between(asked, harbour.pace.instant()));
    }
  }

  private static void balances(
      Harbour harbour,
      Gateway gateway,
      SealedCredential credential,
      Instant end,
      Seen seen,
      Duration first)
      throws InterruptedException {
    Target target = Target.of(credential, Priority.BALANCES);
    harbour.pace.pause(first);
    while (harbour.pace.instant().isBefore(end)) {
      Instant asked = harbour.pace.instant();
      harbour.answered(gateway, harbour.pace, target, harbour.balances());
      seen.balances.add(Duration.between(asked, harbour.pace.instant()));
      harbour.pace.pause(Duration.ofMinutes(2));
    }
  }

  private static void judge(Harbour harbour, List<Seen> all, Duration length) {
    // A page each in turn, after the balance reads have had theirs.
    long reads = all.stream().mapToLong(one -> one.balances.size()).sum();
    long left = PAGES * length.toMinutes() - reads;
    Duration fair = length.multipliedBy(all.size()).dividedBy(left);
    int workers = all.size() / 10;
    Duration longest = Duration.ZERO;
    Duration balance = Duration.ZERO;
    long most = 0;
    long fewest = Long.MAX_VALUE;
    for (Seen one : all) {
      boolean single = all.indexOf(one) >= workers;
      Duration page = Collections.max(one.pages);
      longest = single && page.compareTo(longest) > 0 ? page : longest;
      Duration read = Collections.max(one.balances);
      balance = read.compareTo(balance) > 0 ? read : balance;
      most = Math.max(most, one.pages.size());
      fewest = Math.min(fewest, one.pages.size());
    }
    int used = harbour.charged().within(Duration.ofMinutes(1));
    System.out.printf(
        "budget, virtual time: %d connections, %d minutes: longest wait %s of a fair %s, for"
            + " balances %s; pages a connection %d to %d; at most %d of 4200 in any 60 s%n",
        all.size(), length.toMinutes(), longest, fair, balance, fewest, most, used);
    assertEquals(0, harbour.sandbox.calls().countStatus(429));
    assertEquals(0, harbour.sandbox.calls().countStatus(418));
    assertTrue(used <= 4200, "used " + used);
    assertTrue(longest.compareTo(fair.multipliedBy(2)) <= 0, longest + " of a fair " + fair);
    assertTrue(balance.compareTo(Duration.ofSeconds(10)) < 0, "balances waited " + balance);
    assertTrue(most - fewest <= 3, fewest + " to " + most);
    long total = harbour.pages(START, START.plus(length)) + reads;
    assertTrue(total * 100 >= PAGES * length.toMinutes() * 90, total + " calls: little is wasted");
  }
}

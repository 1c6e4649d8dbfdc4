package io.tallystick.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tallystick.sandbox.DemoAccount;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.venue.Stream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each stream stands by itself: without any one of them the rest reads what it read before. */
final class StreamsApartTest {
  private static final Instant EARLIEST = Instant.parse("2026-08-01T00:00:00Z");

  @Test
  void withoutAnyOneStreamTheOthersReadTheSame() {
    Map<String, Integer> all = read("");
    assertFalse(all.isEmpty());
    for (Stream left : new BinanceVenue().streams()) {
      if (left.partition() == Stream.Partition.NONE) {
        Map<String, Integer> rest = new TreeMap<>(all);
        rest.remove(left.name());
        assertEquals(rest, read(left.name()), "without " + left.name());
      }
    }
  }

  // Trades are left out: which markets are asked follows from what the others tell.
  private static Map<String, Integer> read(String without) {
    SandboxWalk walk = new SandboxWalk(DemoAccount.READ_ONLY, EARLIEST);
    AccountPlan plan = AccountPlan.small("demo", 5);
    DemoAccount.open(walk.exchange, plan.with(Variety.of(3).within(90)));
    walk.everythingBut(without);
    Map<String, Integer> records = new TreeMap<>(walk.records);
    walk.venue.streams().stream()
        .filter(stream -> stream.partition() != Stream.Partition.NONE)
        .forEach(stream -> records.remove(stream.name()));
    return records;
  }
}

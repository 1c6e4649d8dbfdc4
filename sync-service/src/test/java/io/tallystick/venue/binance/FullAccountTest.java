package io.tallystick.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Posting;
import io.tallystick.sandbox.DemoAccount;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.PlanAnswers;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Fetch.Loss;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Everything an ordinary account lives through, read through every stream, in virtual time. */
final class FullAccountTest {
  private static final Instant EARLIEST = Instant.parse("2025-06-01T00:00:00Z");

  @Test
  void everyWalletOfTheDemoAccountBalancesToTheLastDigit() {
    SandboxWalk walk = new SandboxWalk(DemoAccount.READ_ONLY, EARLIEST);
    DemoAccount.open(walk.exchange);
    walk.everything();

    assertEquals(SandboxWalk.shown(walk.reported), walk.derived(walk.now()));
    Set<String> wallets = new HashSet<>();
    walk.reported.forEach((place, units) -> {
      if (units.signum() != 0) {
        wallets.add(place.substring("venue/@/".length(), place.indexOf(' ')));
      }
    });
    assertTrue(
        wallets.containsAll(Set.of("spot", "funding", "earn-flexible", "earn-locked")),
        wallets.toString());
    for (Entry entry : walk.entries()) {
      for (Posting posting : entry.postings()) {
        for (String path : List.of(posting.from().path(), posting.to().path())) {
          assertFalse(path.equals("opening") || path.equals("suspense"), path);
        }
      }
    }
    everyKindIsThere(walk);
    everyOverlapIsThere(walk);
    noPersonIsKept(walk);
    everyDayEndAgrees(walk);
    aQuietRunMovesNothing(walk);
  }

  private static void everyKindIsThere(SandboxWalk walk) {
    for (String stream :
        List.of(
            "converts",
            "dust",
            "dividends",
            "rebates",
            "auto-invest-runs",
            "fiat-orders",
            "fiat-payments",
            "peer-trades",
            "payments",
            "wallet-transfers",
            "flexible-subscriptions",
            "flexible-redemptions",
            "flexible-rewards",
            "locked-subscriptions",
            "locked-redemptions",
            "locked-rewards",
            "deposits",
            "withdrawals",
            "spot-trades")) {
      List<Entry> told = walk.byStream.getOrDefault(stream, List.of());
      long settled = told.stream().filter(entry -> entry.state() == EntryState.SETTLED).count();
      assertTrue(told.size() >= 20 && settled >= 15, stream + " " + told.size() + " " + settled);
    }
    assertEquals(Map.of(), walk.denied);
    assertTrue(walk.points.size() >= 25, "points " + walk.points.size());
  }

  private static void everyOverlapIsThere(SandboxWalk walk) {
    Map<String, Integer> told = new TreeMap<>();
    for (String row : walk.kept.get("dividends")) {
      Reading reading =
          walk.stream("dividends").map("", row.getBytes(StandardCharsets.UTF_8), Fixtures.SEEN);
      if (reading instanceof Reading.Nothing(String why)) {
        told.merge(why, 1, Integer::sum);
      }
    }
    for (String by : List.of("flexible-rewards", "locked-rewards")) {
      assertTrue(told.getOrDefault("told by " + by, 0) >= 20, told.toString());
    }
    assertTrue(told.getOrDefault("told by rebates", 0) >= 5, told.toString());
    assertTrue(told.getOrDefault("moves nothing", 0) >= 1, told.toString());
    long people =
        walk.byStream.get("payments").stream().filter(entry -> entry.identity().once()).count();
    long entries =
        walk.entries().stream().filter(entry -> entry.identity().fact().equals("person")).count();
    long trades = walk.byStream.get("peer-trades").size();
    assertTrue(people + trades - entries >= 20, people + " + " + trades + " - " + entries);
    long claims =
        walk.assets.stream().filter(asset -> asset.matches("LD(BTC|ETH|BNB|SOL|USDT)")).count();
    assertTrue(claims >= 3, "claims " + walk.assets);
    assertTrue(walk.assets.contains("LDO"));
  }

  private static void noPersonIsKept(SandboxWalk walk) {
    for (String stream : List.of("payments", "peer-trades", "fiat-orders", "fiat-payments")) {
      String all = String.join("\n", walk.kept.get(stream));
      for (String personal :
          List.of("payerInfo", "receiverInfo", "Pat", "Rae", "@", "binanceId", "Nick", "phone")) {
        assertFalse(all.contains(personal), stream + " keeps " + personal);
      }
    }
  }

  private static void everyDayEndAgrees(SandboxWalk walk) {
    for (Reading.BalancesAt point : walk.points) {
      Map<String, String> then = new TreeMap<>();
      point
          .balances()
          .forEach(balance -> {
            // Snapshots tell what is free and what orders lock, not what was frozen all along.
            String place = "venue/@/spot " + balance.asset();
            BigDecimal all = balance.total().add(walk.frozen.getOrDefault(place, BigDecimal.ZERO));
            if (all.signum() != 0) {
              then.put(place, Decimals.text(all));
            }
          });
      Map<String, String> derived = new TreeMap<>(walk.derived(point.at()));
      derived.keySet().removeIf(place -> !place.startsWith("venue/@/spot "));
      // What was on its way out had left them, though it was still owned.
      for (String record : walk.kept.get("withdrawals")) {
        Row out = Row.of(record.getBytes(StandardCharsets.UTF_8));
        boolean leaving = List.of(0L, 2L, 4L).contains(out.integer("status"));
        boolean applied = !out.instant("applyTime").isAfter(point.at());
        if (leaving && applied && out.integerOr("walletType", 0) == 0) {
          BigDecimal gone = out.amount("amount").add(out.amount("transactionFee"));
          derived.computeIfPresent(
              "venue/@/spot " + out.name("coin"),
              (_, all) -> Decimals.text(new BigDecimal(all).subtract(gone)));
        }
      }
      assertEquals(then, derived, "at " + point.at());
    }
  }

  private static void aQuietRunMovesNothing(SandboxWalk walk) {
    Map<String, Bookmark> rested = new HashMap<>(walk.bookmarks);
    int before = walk.entries().size();
    walk.venue.streams().stream()
        .filter(stream -> stream.partition() == Stream.Partition.NONE)
        .forEach(walk::walk);
    assertEquals(rested, walk.bookmarks);
    assertEquals(before, walk.entries().size());
  }

  @Test
  void whatNoPageOrWindowCarriesArrivesWholeOrIsStatedAsLost() {
    SandboxWalk walk =
        new SandboxWalk(DemoAccount.READ_ONLY, Instant.parse("2026-09-01T00:00:00Z"));
    AccountPlan plan = AccountPlan.small("demo", 7);
    DemoAccount.open(
        walk.exchange, plan.with(plan.variety().withBursts(2_500, 250, 1_500).withPlanRuns(60)));
    walk.catalogue();
    for (String stream : List.of("flexible-rewards", "converts", "dust")) {
      walk.walk(walk.stream(stream));
    }

    // Every twentieth reward comes twice, identical to the millisecond.
    assertEquals(2_500 + 125, walk.records.get("flexible-rewards"));
    assertEquals(1_500, walk.records.get("converts"));
    assertEquals(Set.of("dust "), walk.lost.keySet());
    Fetch.Lost lost = walk.lost.get("dust ").getFirst();
    assertEquals(Loss.FORGOTTEN, lost.why());
    assertEquals(100, walk.records.get("dust"));
    assertTrue(lost.to().isAfter(lost.from()));
  }

  @Test
  void plansAndTheirRunsAreReadWhereTheVenueServesThem() {
    SandboxWalk walk = new SandboxWalk(DemoAccount.READ_ONLY, EARLIEST);
    AccountPlan plan = AccountPlan.small("demo", 8);
    DemoAccount.open(walk.exchange, plan.with(plan.variety().withPlanRuns(60)))
        .planAnswers(PlanAnswers.SERVED);
    walk.walk(walk.stream("auto-invest-plans"));
    walk.walk(walk.stream("auto-invest-runs"));

    assertEquals(60, walk.records.get("auto-invest-runs"));
    assertEquals(3, walk.plans.size());
    assertEquals(168, walk.plans.getFirst().hours());
    long failed =
        walk.byStream.get("auto-invest-runs").stream()
            .filter(entry -> entry.state() == EntryState.FAILED)
            .count();
    assertEquals(6, failed);
  }
}

package io.tallystick.sync.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountGenerator;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.market.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order of asking is where skill shows: how early everything that was traded is found. */
class SearchOrderTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final io.tallystick.sandbox.market.Market MARKET =
      io.tallystick.sandbox.market.Market.of(1, 3_000, 500);

  @Test
  void theMedianAccountHasEverythingFoundBeforeHalfOfItsCandidatesWereAsked() {
    // Most people have a currency in which they mostly trade; the engine is not told which.
    List<Integer> parts = new ArrayList<>();
    for (long seed = 1; seed <= 20; seed++) {
      String home = seed % 5 == 0 ? "BTC" : seed % 5 == 1 ? "USDC" : "USDT";
      parts.add(part(seed, home));
    }
    Collections.sort(parts);
    System.out.println("discovery (no time passes) per cent asked when all was found: " + parts);
    assertTrue(parts.get(9) < 50 && parts.get(10) < 50, "per cent asked " + parts);
  }

  @Test
  void anAccountWithoutAnyHabitIsFoundAboutAsEarlyAsAnyOrderCan() {
    // Each asset was traded in one of its k markets, each of them as likely: then (k + 1) / 2 of k
    // questions is what any order needs, three in five for the markets of this exchange.
    List<Integer> parts = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      parts.add(part(seed, ""));
    }
    Collections.sort(parts);
    assertTrue(parts.getLast() <= 66, "per cent asked " + parts);
  }

  private static int part(long seed, String home) {
    Asked asked = search(seed, home);
    assertEquals(asked.traded(), asked.found(), "seed " + seed);
    System.out.printf(
        "discovery (no time passes) seed %d home %s: %d traded markets found within %d of %d"
            + " candidates%n",
        seed, home, asked.traded(), asked.lastFind(), asked.candidates());
    return 100 * asked.lastFind() / asked.candidates();
  }

  /**
   * How a search went.
   *
   * @param lastFind how many questions it took until the last find
   */
  private record Asked(int traded, int found, int lastFind, int candidates) {}

  private static Asked search(long seed, String home) {
    AccountPlan plan =
        new AccountPlan(
                "order-" + seed, seed, 120, 0, 40, 2_500, 40, 30, 20, 6, 1_000, Variety.NONE)
            .withHome(home);
    Account account = AccountGenerator.make(MARKET, plan, NOW);
    Set<String> traded = new HashSet<>();
    account.symbols().stream()
        .map(Listing::symbol)
        .filter(symbol -> !account.fills(symbol).isEmpty())
        .forEach(traded::add);
    Search search = new Search(listed(), List.of(), NOW);
    SandboxClues known = new SandboxClues(account);
    int questions = 0;
    int found = 0;
    int last = 0;
    Clues clues = known.now();
    for (String symbol = search.next(clues); symbol != null; symbol = search.next(clues)) {
      questions++;
      boolean hit = known.ask(symbol, NOW);
      search.asked(symbol, hit);
      if (hit) {
        found++;
        last = questions;
        clues = known.now();
      }
    }
    return new Asked(traded.size(), found, last, questions);
  }

  private static List<io.tallystick.venue.Market> listed() {
    return MARKET.listed().stream()
        .map(listing ->
            new io.tallystick.venue.Market(
                listing.symbol(), listing.base().name(), listing.quote().name(), "TRADING"))
        .toList();
  }
}

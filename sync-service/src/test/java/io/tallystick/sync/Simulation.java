package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.venue.Bookmark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The engine against a venue and a machine that fail at any call, on the real database; the clock
 * leaps over every wait. Whatever happens, the ledger ends as if nothing had happened, and a
 * bookmark is never ahead of its rows. A seed is printed with each failure and repeats it. What
 * waits for the database most of its time leaves half of the machine idle: two take half of the
 * seeds each.
 */
abstract class Simulation extends OnStage {
  private static final int WORLD = 40;
  private static final int PARTS = 2;

  private final int part;

  /** Takes the seeds of one remainder, so that the parts can run beside one another. */
  Simulation(int part) {
    this.part = part;
  }

  @Test
  @DisplayName("F7 F119 syncs in trouble at every call end in the undisturbed ledger")
  void syncsInTroubleEndInTheUndisturbedLedger() {
    simulate(Long.getLong("tallystick.seed", 1), Integer.getInteger("tallystick.seeds", 200));
  }

  @Test
  @Tag("long")
  @DisplayName("F7 F119 ten thousand syncs in trouble end in the undisturbed ledger")
  void tenThousandSyncsInTroubleEndInTheUndisturbedLedger() {
    simulate(Long.getLong("tallystick.seed", 1_000), 10_000);
  }

  // The others begin where real time is: venues forget what is old.
  @AfterEach
  void backInTime() {
    LeapingPace.reset();
  }

  private void simulate(long first, int seeds) {
    long begun = System.nanoTime();
    int troubles = 0;
    int done = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      if (Math.floorMod(seed, PARTS) != part) {
        continue;
      }
      if (done++ % WORLD == 0) {
        stage.reopen(8, 1, 5);
      }
      try {
        troubles += one(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "run again with -Dtallystick.seeds=1 -Dtallystick.seed=" + seed, e);
      }
    }
    System.out.printf(
        "simulation (virtual time): %d of the seeds from %d, %d troubles, %.1f s%n",
        done, first, troubles, (System.nanoTime() - begun) / 1e9);
  }

  private int one(long seed) {
    Random random = new Random(seed);
    Account account = account("in-trouble-" + seed, seed);
    Subject subject = stage.subject(account, Stage.ALL, 150).connect();
    Adversity adversity = new Adversity(stage, subject, random);
    stage.between(adversity);
    Listing listing = account.symbols().get(random.nextInt(account.symbols().size()));
    try {
      inTrouble(subject, account, listing, random);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + " met " + adversity.met(), e);
    } finally {
      stage.between(null);
      stage.sandbox().faults().clear();
    }
    settle(subject);
    String all = "seed " + seed + " met " + adversity.met();
    assertEquals(Map.of(), subject.differences(), all);
    Subject undisturbed = undisturbed(account, seed);
    anew(subject, undisturbed.hash());
    assertEquals(entries(undisturbed), entries(subject), all);
    assertEquals(undisturbed.hash(), subject.hash(), all);
    return adversity.met().size();
  }

  private void inTrouble(Subject subject, Account account, Listing listing, Random random) {
    for (int run = 0; run < 5; run++) {
      subject.run();
      assertBehind(subject, account);
      if (run == 1) {
        // Two fills, of which the earlier one becomes visible after the later.
        Fill late = stage.trade(account, listing);
        LeapingPace.leap(Duration.ofSeconds(1));
        stage.trade(account, listing);
        account.withhold(listing.symbol(), late.id(), late.buyer());
      }
      if (run == 2) {
        account.showAll();
      }
      LeapingPace.leap(Duration.ofMinutes(1 + random.nextInt(12)));
    }
  }

  // The world is calm again: a few ordinary rounds, and if it takes that, the week after.
  private void settle(Subject subject) {
    stage.sandbox().exchange().clock().offset(0);
    for (int round = 0; round < 8; round++) {
      LeapingPace.leap(Duration.ofMinutes(round < 3 ? 20 : 60 * 24 * 8));
      subject.run();
      boolean quiet = subject.runs().getFirst().newRecords() == 0;
      if (round > 0 && quiet && subject.differences().isEmpty() && subject.gaps().isEmpty()) {
        return;
      }
    }
  }

  // An empty answer that was not true, about what moved no balance, leaves no trace to go by: it is
  // found when all is walked anew, which has come to everything some days after a month.
  private void anew(Subject subject, String hash) {
    LeapingPace.leap(subject.hash().equals(hash) ? Duration.ZERO : Duration.ofDays(31));
    for (int day = 0; day < 8 && !subject.hash().equals(hash); day++) {
      LeapingPace.leap(Duration.ofDays(1));
      subject.run();
    }
  }

  /** A sync of the same account that nothing disturbed. */
  private Subject undisturbed(Account account, long seed) {
    Subject undisturbed = stage.subject(account, Stage.ALL, 150).connect();
    undisturbed.runWell();
    assertTrue(undisturbed.differences().isEmpty(), "seed " + seed);
    return undisturbed;
  }

  /** What was booked, as a person would compare it; the hash says the rest. */
  private static List<String> entries(Subject subject) {
    return subject.texts(
        """
        select concat_ws(' ', kind, state, occurred_at, market, side, venue_ref) from entry e
        where revision = (select max(revision) from entry l where l.entry_id = e.entry_id)
        order by 1
        """);
  }

  private Account account(String name, long seed) {
    return stage
        .sandbox()
        .addAccount(new AccountPlan(name, seed % 50, 2, 0, 1, 12, 5, 4, 2, 1, 40, Variety.NONE));
  }

  /** No bookmark claims to have read what is not there. */
  private static void assertBehind(Subject subject, Account account) {
    for (Listing listing : account.symbols()) {
      String symbol = listing.symbol();
      List<String> positions =
          subject.texts(
              "select position from bookmark where stream = 'spot-trades' and partition = '"
                  + symbol
                  + "'");
      if (!positions.isEmpty()) {
        Bookmark at =
            Bookmarks.decode("spot-trades", symbol, Bookmarks.FORMAT, positions.getFirst());
        long next = ((Bookmark.AfterId) at).next();
        long below = account.fills(symbol).stream().filter(fill -> fill.id() < next).count();
        long there =
            subject.count(
                "select count(*) from entry where kind = 'trade' and market = '"
                    + symbol
                    + "' and venue_ref::bigint < "
                    + next);
        assertTrue(there >= below, symbol + " " + positions + ": " + there + " of " + below);
      }
    }
  }
}

package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Life.Source;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever order sources arrive in, the finished ledger is the same. */
final class ArrivalOrderTest {
  @Test
  void allOrdersOfSixSourcesOfASmallAccountEndInOneLedger() throws SQLException {
    try (Ledgers ledgers = new Ledgers()) {
      Arrivals arrivals = new Arrivals(ledgers, new Life(4, 8));
      assertEquals(720, arrivals.orders(Arrivals.allBut(Source.CONVERTS), 4, 720));
    }
  }

  @Test
  void everySubsetEndsInOneLedgerAndThoseWithTheStatementInTheTrueBalances() throws SQLException {
    subsets(11, 1, 25);
  }

  @Test
  @Tag("long")
  void everySubsetOfManyAccountsDoes() throws SQLException {
    subsets(1_000, 40, 60);
  }

  private static void subsets(long firstSeed, int accounts, int events) throws SQLException {
    try (Ledgers ledgers = new Ledgers()) {
      for (long seed = firstSeed; seed < firstSeed + accounts; seed++) {
        Life life = new Life(seed, events);
        new Arrivals(ledgers, life)
            .subsets(
                seed,
                (some, ledger, what) -> {
                  if (some.contains(Source.STATEMENT)) {
                    assertEquals(life.balances(), Life.savedAsOne(ledger.balances()), what);
                  }
                });
      }
    }
  }

  @Test
  void whatTheVenuesOwnListsTellNeedsNoFile() throws SQLException {
    for (long seed = 20; seed < 24; seed++) {
      Life life = new Life(seed, 25);
      Set<Source> finer =
          EnumSet.of(Source.TRADES, Source.DEPOSITS, Source.WITHDRAWALS, Source.CONVERTS);
      try (Ledgers ledgers = new Ledgers()) {
        String alone = hash(ledgers, life, List.of(Source.API));
        List<Source> all = new ArrayList<>(finer);
        all.add(Source.ORDERS);
        all.add(2, Source.API);
        assertEquals(alone, hash(ledgers, life, all), "seed " + seed);
      }
    }
  }

  @Test
  void aStatementThatBeginsInTheMiddleOfATradeChangesNothingOfIt() throws SQLException {
    for (long seed = 60; seed < 63; seed++) {
      Trades trades = new Trades(seed);
      for (int i = 0; i < 12; i++) {
        trades.now = trades.now.plusSeconds(trades.random.nextInt(4));
        trades.order();
      }
      try (Ledgers ledgers = new Ledgers()) {
        Ledgers.Ledger alone = ledgers.fresh();
        alone.take(trades, Source.API);
        String expected = alone.hash();
        assertEquals(trades.balances(), alone.balances());
        Map<Claim, Integer> all = trades.claims(Source.STATEMENT);
        for (Instant from : all.keySet().stream().map(Claim::from).distinct().toList()) {
          Map<Claim, Integer> rest = new LinkedHashMap<>(all);
          rest.keySet().removeIf(claim -> claim.from().isBefore(from));
          Ledgers.Ledger first = ledgers.fresh();
          first.claim(rest, true);
          first.take(trades, Source.API);
          String what = "seed " + seed + " from " + from;
          assertEquals(expected, first.hash(), what);
          Ledgers.Ledger last = ledgers.fresh();
          last.take(trades, Source.API);
          last.claim(rest, true);
          assertEquals(expected, last.hash(), what);
        }
      }
    }
  }

  @Test
  void aFileThatIsTakenBackLeavesTheLedgerAsIfItHadNeverCome() throws SQLException {
    for (long seed = 30; seed < 33; seed++) {
      Life life = new Life(seed, 25);
      try (Ledgers ledgers = new Ledgers()) {
        for (Source gone : Source.values()) {
          if (gone == Source.API) {
            continue;
          }
          List<Source> others = Arrivals.allBut(gone);
          String expected = hash(ledgers, life, others);
          List<Source> order = new ArrayList<>(List.of(gone));
          order.addAll(others);
          Ledgers.Ledger ledger = new Arrivals(ledgers, life).ledger(order);
          ledger.undo(life, gone);
          assertEquals(expected, ledger.hash(), "seed " + seed + " without " + gone);
        }
      }
    }
  }

  @Test
  void pagesInAnyPiecesEndInOneLedger() throws SQLException {
    for (long seed = 40; seed < 44; seed++) {
      Life life = new Life(seed, 25);
      Random random = new Random(seed);
      try (Ledgers ledgers = new Ledgers()) {
        String expected = hash(ledgers, life, List.of(Source.values()));
        Ledgers.Ledger ledger = ledgers.fresh();
        List<Runnable> steps = new ArrayList<>();
        life.api().forEach(entry -> steps.add(() -> quietly(() -> ledger.api(List.of(entry)))));
        life.rows(Source.TRADES)
            .forEach(
                (entry, n) -> steps.add(() -> quietly(() -> ledger.count(Map.of(entry, n), true))));
        for (Source source : List.of(Source.STATEMENT, Source.ORDERS)) {
          life.claims(source)
              .forEach((claim, n) ->
                  steps.add(() -> quietly(() -> ledger.claim(Map.of(claim, n), true))));
        }
        for (Source source : List.of(Source.DEPOSITS, Source.WITHDRAWALS, Source.CONVERTS)) {
          steps.add(() -> quietly(() -> ledger.take(life, source)));
        }
        Collections.shuffle(steps, random);
        steps.forEach(Runnable::run);
        assertEquals(expected, ledger.hash(), "seed " + seed);
      }
    }
  }

  @Test
  void nothingIsPostedToOpeningAndWhatNobodyKnowsStaysCounted() throws SQLException {
    Life life = new Life(50, 40);
    try (Ledgers ledgers = new Ledgers()) {
      Ledgers.Ledger ledger = ledgers.fresh();
      ledger.take(life, Source.STATEMENT);
      assertTrue(ledger.entries(EntryKind.UNCLASSIFIED) > 0);
      assertEquals(life.balances(), ledger.balances());
    }
  }

  private interface Step {
    void run() throws SQLException;
  }

  private static void quietly(Step step) {
    try {
      step.run();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(Ledgers ledgers, Life life, List<Source> order) throws SQLException {
    return new Arrivals(ledgers, life).hash(order);
  }
}

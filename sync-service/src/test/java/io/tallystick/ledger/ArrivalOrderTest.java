package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Life.Source;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
    Life life = new Life(4, 8);
    List<Source> six = new ArrayList<>(List.of(Source.values()));
    six.remove(Source.CONVERTS);
    try (Ledgers ledgers = new Ledgers()) {
      String expected = hash(ledgers, life, six);
      List<List<Source>> orders = permutations(six);
      assertEquals(720, orders.size());
      for (List<Source> order : orders) {
        assertEquals(expected, hash(ledgers, life, order), () -> "seed 4, order " + order);
      }
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
        Random random = new Random(seed);
        for (int mask = 1; mask < 1 << Source.values().length; mask++) {
          List<Source> some = sources(mask);
          String what = "seed " + seed + ", sources " + some;
          Ledgers.Ledger first = ledgers.fresh();
          for (Source source : some) {
            first.take(life, source);
          }
          String expected = first.hash();
          if (some.contains(Source.STATEMENT)) {
            assertEquals(life.balances(), Life.savedAsOne(first.balances()), what);
          }
          List<Source> shuffled = new ArrayList<>(some);
          Collections.shuffle(shuffled, random);
          assertEquals(expected, hash(ledgers, life, shuffled), () -> what + " as " + shuffled);
        }
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
          List<Source> others = new ArrayList<>(List.of(Source.values()));
          others.remove(gone);
          String expected = hash(ledgers, life, others);
          Ledgers.Ledger ledger = ledgers.fresh();
          ledger.take(life, gone);
          for (Source source : others) {
            ledger.take(life, source);
          }
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
    Ledgers.Ledger ledger = ledgers.fresh();
    for (Source source : order) {
      ledger.take(life, source);
    }
    return ledger.hash();
  }

  private static List<Source> sources(int mask) {
    return Arrays.stream(Source.values())
        .filter(source -> (mask & (1 << source.ordinal())) != 0)
        .toList();
  }

  private static List<List<Source>> permutations(List<Source> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Source>> all = new ArrayList<>();
    for (Source first : of) {
      List<Source> rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<Source> tail : permutations(rest)) {
        List<Source> one = new ArrayList<>(List.of(first));
        one.addAll(tail);
        all.add(one);
      }
    }
    return all;
  }
}

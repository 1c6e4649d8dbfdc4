package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Life.Source;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The exchange's own files and answers of one account, in any combination and any order, end in one
 * ledger.
 */
final class ExportsMergeTest {
  private static final Set<Source> FINE_FILES =
      EnumSet.of(Source.TRADES, Source.DEPOSITS, Source.WITHDRAWALS, Source.CONVERTS);

  /** So few events that hundreds of ledgers of it cost seconds. */
  private static AccountPlan tiny(long seed) {
    return new AccountPlan("tiny", seed, 2, 0, 0, 6, 6, 6, 1, 1, 30, Variety.NONE);
  }

  private static AccountPlan plan(long seed, int fills, int converts) {
    Variety variety = converts == 0 ? Variety.NONE : Variety.NONE.withBursts(0, 0, converts);
    return new AccountPlan("merged", seed, 4, 0, 1, fills, 8, 10, fills / 10, 2, 120, variety);
  }

  /** All that happened is told by the statement, by the signed answers, or by one file a kind. */
  private static void sameBalances(
      ExportedAccount account, List<Source> some, Ledgers.Ledger ledger, String what)
      throws SQLException {
    if (some.contains(Source.STATEMENT) || some.contains(Source.API)) {
      assertEquals(account.balances(), ledger.balances(), what);
    } else if (some.containsAll(FINE_FILES)) {
      assertEquals(
          account.balancesOfFineFiles(), ExportedAccount.together(ledger.balances()), what);
    }
    assertEquals(0, ledger.opened(), what);
  }

  private static void subsets(ExportedAccount account, long seed, int step) throws SQLException {
    Random random = new Random(seed);
    assertFalse(account.api().isEmpty());
    for (Source source : FINE_FILES) {
      assertTrue(account.rows(source).size() > 3, source.name());
    }
    assertTrue(account.claims(Source.STATEMENT).size() > 100);
    assertTrue(account.claims(Source.ORDERS).size() > 10);
    try (Ledgers ledgers = new Ledgers()) {
      String api = hash(ledgers, account, List.of(Source.API));
      for (int mask = 1; mask < 1 << Source.values().length; mask += step) {
        List<Source> some = sources(mask);
        final String what = "seed " + seed + ", sources " + some;
        Ledgers.Ledger ledger = ledgers.fresh();
        for (Source source : some) {
          ledger.take(account, source);
        }
        String hash = ledger.hash();
        sameBalances(account, some, ledger, what);
        if (some.contains(Source.API)) {
          assertEquals(api, hash, what);
        }
        List<Source> shuffled = new ArrayList<>(some);
        Collections.shuffle(shuffled, random);
        assertEquals(hash, hash(ledgers, account, shuffled), () -> what + " as " + shuffled);
      }
    }
  }

  @Test
  void everyThirdSubsetOfTheSourcesEndsInOneLedgerWhateverTheirOrder() throws SQLException {
    subsets(new ExportedAccount(plan(7, 40, 12)), 7, 3);
  }

  @Test
  @Tag("long")
  void everySubsetOfMoreAccountsDoes() throws SQLException {
    for (long seed = 100; seed < 106; seed++) {
      subsets(new ExportedAccount(plan(seed, 60, 12)), seed, 1);
    }
  }

  @Test
  void whatTheVenueNoLongerListsComesFromFiles() throws SQLException {
    AccountPlan plan = plan(9, 40, 0).withRemovedSymbols(2);
    ExportedAccount account = new ExportedAccount(plan);
    Random random = new Random(9);
    try (Ledgers ledgers = new Ledgers()) {
      Ledgers.Ledger listed = ledgers.fresh();
      listed.take(account, Source.API);
      assertNotEquals(account.balances(), listed.balances());
      for (List<Source> some :
          List.of(
              List.of(Source.API, Source.TRADES),
              List.of(Source.API, Source.STATEMENT),
              List.of(Source.API, Source.ORDERS, Source.STATEMENT),
              List.of(Source.STATEMENT, Source.TRADES, Source.ORDERS, Source.API))) {
        Ledgers.Ledger ledger = ledgers.fresh();
        for (Source source : some) {
          ledger.take(account, source);
        }
        assertEquals(account.balances(), ledger.balances(), some.toString());
        String hash = ledger.hash();
        List<Source> shuffled = new ArrayList<>(some);
        Collections.shuffle(shuffled, random);
        assertEquals(hash, hash(ledgers, account, shuffled), some + " as " + shuffled);
      }
    }
  }

  @Test
  void someOfTheOrdersOfSixSourcesEndInOneLedger() throws SQLException {
    orders(new ExportedAccount(tiny(3)), 30);
  }

  @Test
  @Tag("long")
  void allOrdersOfSixSourcesEndInOneLedger() throws SQLException {
    assertEquals(720, orders(new ExportedAccount(tiny(3)), 720));
  }

  private static int orders(ExportedAccount account, int most) throws SQLException {
    List<Source> six = new ArrayList<>(List.of(Source.values()));
    six.remove(Source.CONVERTS);
    assertTrue(account.rows(Source.TRADES).size() >= 4);
    List<List<Source>> orders = new ArrayList<>(permutations(six));
    Collections.shuffle(orders, new Random(3));
    try (Ledgers ledgers = new Ledgers()) {
      String expected = hash(ledgers, account, six);
      for (List<Source> order : orders.subList(0, most)) {
        assertEquals(expected, hash(ledgers, account, order), () -> "seed 3, order " + order);
      }
    }
    return most;
  }

  private static String hash(Ledgers ledgers, ExportedAccount account, List<Source> order)
      throws SQLException {
    Ledgers.Ledger ledger = ledgers.fresh();
    for (Source source : order) {
      ledger.take(account, source);
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

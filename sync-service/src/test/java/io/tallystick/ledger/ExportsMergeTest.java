package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Life.Source;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import java.sql.SQLException;
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

  private static void subsets(ExportedAccount account, long seed) throws SQLException {
    assertFalse(account.api().isEmpty());
    for (Source source : FINE_FILES) {
      assertTrue(account.rows(source).size() > 3, source.name());
    }
    assertTrue(account.claims(Source.STATEMENT).size() > 100);
    assertTrue(account.claims(Source.ORDERS).size() > 10);
    try (Ledgers ledgers = new Ledgers()) {
      Arrivals arrivals = new Arrivals(ledgers, account);
      String api = arrivals.hash(List.of(Source.API));
      arrivals.subsets(
          seed,
          (some, ledger, what) -> {
            sameBalances(account, some, ledger, what);
            if (some.contains(Source.API)) {
              assertEquals(api, ledger.hash(), what);
            }
          });
    }
  }

  @Test
  void everySubsetOfTheSourcesEndsInOneLedgerWhateverTheirOrder() throws SQLException {
    subsets(new ExportedAccount(plan(7, 40, 12)), 7);
  }

  @Test
  @Tag("long")
  void everySubsetOfMoreAccountsDoes() throws SQLException {
    for (long seed = 100; seed < 106; seed++) {
      subsets(new ExportedAccount(plan(seed, 60, 12)), seed);
    }
  }

  @Test
  void whatTheVenueNoLongerListsComesFromFiles() throws SQLException {
    AccountPlan plan = plan(9, 40, 0).withRemovedSymbols(2);
    ExportedAccount account = new ExportedAccount(plan);
    Random random = new Random(9);
    try (Ledgers ledgers = new Ledgers()) {
      Arrivals arrivals = new Arrivals(ledgers, account);
      assertNotEquals(account.balances(), arrivals.ledger(List.of(Source.API)).balances());
      for (List<Source> some :
          List.of(
              List.of(Source.API, Source.TRADES),
              List.of(Source.API, Source.STATEMENT),
              List.of(Source.API, Source.ORDERS, Source.STATEMENT),
              List.of(Source.STATEMENT, Source.TRADES, Source.ORDERS, Source.API))) {
        Ledgers.Ledger ledger = arrivals.ledger(some);
        assertEquals(account.balances(), ledger.balances(), some.toString());
        String hash = ledger.hash();
        List<Source> other = Arrivals.shuffled(some, random);
        assertEquals(hash, arrivals.hash(other), some + " as " + other);
      }
    }
  }

  @Test
  void someOfTheOrdersOfSixSourcesEndInOneLedger() throws SQLException {
    assertEquals(30, orders(new ExportedAccount(tiny(3)), 30));
  }

  @Test
  @Tag("long")
  void allOrdersOfSixSourcesEndInOneLedger() throws SQLException {
    assertEquals(720, orders(new ExportedAccount(tiny(3)), 720));
  }

  private static int orders(ExportedAccount account, int most) throws SQLException {
    assertTrue(account.rows(Source.TRADES).size() >= 4);
    try (Ledgers ledgers = new Ledgers()) {
      return new Arrivals(ledgers, account).orders(Arrivals.allBut(Source.CONVERTS), 3, most);
    }
  }
}

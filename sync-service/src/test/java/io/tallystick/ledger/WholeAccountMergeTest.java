package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.ledger.Life.Source;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Everything that an account can live through, told by the signed answers, by the statement, and by
 * both: it happened once, wherever it is read.
 */
final class WholeAccountMergeTest {
  private static void once(AccountPlan plan) throws SQLException {
    ExportedAccount account = new ExportedAccount(plan.with(plan.variety().withPlanRuns(14)));
    try (Ledgers ledgers = new Ledgers()) {
      Arrivals arrivals = new Arrivals(ledgers, account);
      String what = "seed " + plan.seed();
      Ledgers.Ledger answers = arrivals.ledger(List.of(Source.API));
      assertEquals(account.balances(), answers.balances(), what);
      nothingOpen(answers, what);
      String hash = answers.hash();

      Ledgers.Ledger statement = arrivals.ledger(List.of(Source.STATEMENT));
      nothingOpen(statement, what + " by the statement");
      assertEquals(account.balancesOfTheStatement(), Life.savedAsOne(statement.balances()), what);

      for (List<Source> both :
          List.of(
              List.of(Source.API, Source.STATEMENT),
              List.of(Source.STATEMENT, Source.API),
              List.of(Source.values()))) {
        Ledgers.Ledger ledger = arrivals.ledger(both);
        assertEquals(account.balances(), ledger.balances(), what + " by " + both);
        nothingOpen(ledger, what + " by " + both);
        assertEquals(hash, ledger.hash(), what + " by " + both);
      }
    }
  }

  private static void nothingOpen(Ledgers.Ledger ledger, String what) throws SQLException {
    assertEquals(Map.of(), ledger.held(Account.SUSPENSE), what);
    assertEquals(0, ledger.entries(EntryKind.UNCLASSIFIED), what);
    assertEquals(0, ledger.opened(), what);
  }

  /** Few trades, and of everything else more than a dozen. */
  private static AccountPlan plan(long seed) {
    return new AccountPlan("whole", seed, 3, 0, 1, 40, 16, 16, 6, 2, 420, Variety.of(14));
  }

  @Test
  void everyKindOfEventHappenedOnceWhoeverTellsIt() throws SQLException {
    once(plan(5));
  }

  @Test
  @Tag("long")
  void everyKindOfEventOfManyFullAccountsDid() throws SQLException {
    for (long seed = 1; seed <= 12; seed++) {
      once(AccountPlan.full("whole", seed));
    }
  }
}

package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.boot.DatabaseRoles;
import io.tallystick.boot.TestDatabase;
import io.tallystick.ledger.Life.Source;
import io.tallystick.tenancy.TenantTx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What one more holder costs among many of whom the database has statistics, while it has none of
 * him: his rows are found by their keys, and not by reading all that he has.
 */
final class NewHolderTest {
  private static final long TENANT = 77;

  private static final String CROWD =
      """
      insert into account (tenant_id, holder_id, account_id, path)
        select h, h, a, 'venue/' || h || '/' || a
        from generate_series(1001, 1900) h, generate_series(1, 6) a;
      insert into entry (tenant_id, holder_id, entry_id, revision, connection_id, evidence_id,
          leaf_id, occurred_at, recorded_at, kind, state, mapping_version, rank, from_accounts,
          to_accounts, asset_ids, amounts)
        select h, h, md5(h || '-' || n)::uuid, 1, h, md5('e' || n)::uuid, md5('l' || n / 50)::uuid,
          timestamptz '2024-01-01' + make_interval(mins => n * 97), now(), 'trade', 'settled', 1, '',
          '{1,1,1}', '{2,2,2}', '{1,2,3}', '{1,1,1}'
        from generate_series(1001, 1900) h,
          generate_series(1, case when h % 300 = 0 then 15000 else 3 end) n;
      insert into claim (tenant_id, holder_id, connection_id, claim_id, form, starts_at, ends_at,
          count, evidence_id, asset, amount)
        select tenant_id, holder_id, connection_id, entry_id, 'leg', occurred_at, occurred_at, 1,
          evidence_id, 'BTC', 1
        from entry where tenant_id between 1001 and 1900;
      analyze account, entry, claim
      """;

  @Test
  void hisRowsAreFoundByTheirKeysThoughNothingIsKnownOfHim() throws SQLException {
    TestDatabase.migrated();
    try (Connection connection = TestDatabase.admin();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local search_path = " + io.tallystick.boot.DatabaseAccess.SCHEMA);
      statement.execute(CROWD);
      statement.execute("set local role " + DatabaseRoles.APP);
      statement.execute("set local app.tenant = '" + TENANT + "'");
      TenantTx tx = new TenantTx(TENANT, connection);
      double few = readPerRow(tx, new Life(8, 40));
      double many = readPerRow(tx, new Life(9, 240));
      assertTrue(many < 2 * few + 4, few + " read for a row of few, " + many + " of many");
      connection.rollback();
    }
  }

  // What grows with all that he has would be six times as much.
  private static double readPerRow(TenantTx tx, Life life) throws SQLException {
    tx.sql("savepoint empty").update();
    long before = read(tx);
    Ledgers.Ledger ledger = Ledgers.at(tx);
    for (Source source : List.of(Source.STATEMENT, Source.ORDERS, Source.TRADES, Source.API)) {
      ledger.take(life, source);
    }
    long rows = rows(tx);
    assertTrue(rows > 10L * life.api().size(), "rows " + rows);
    double each = (double) (read(tx) - before) / rows;
    tx.sql("rollback to savepoint empty").update();
    return each;
  }

  private static long rows(TenantTx tx) throws SQLException {
    return count(
        tx,
        """
        select (select count(*) from entry where tenant_id = 77 and holder_id = 77)
          + (select count(*) from posting where tenant_id = 77 and holder_id = 77)
          + (select count(*) from claim where tenant_id = 77 and holder_id = 77)
        """);
  }

  private static long read(TenantTx tx) throws SQLException {
    return count(
        tx,
        """
        select sum(coalesce(pg_stat_get_xact_tuples_returned(i.indexrelid), 0))
        from pg_index i where i.indrelid in ('entry'::regclass, 'claim'::regclass, 'account'::regclass)
        """);
  }

  private static long count(TenantTx tx, String sql) throws SQLException {
    Long count = tx.sql(sql).first(row -> row.getLong(1));
    return count == null ? 0 : count;
  }
}

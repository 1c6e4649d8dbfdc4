package io.tallystick.tenancy;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.DatabaseRoles;
import io.tallystick.boot.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A holder who came with a long history after statistics were made of the others: entries of three
 * postings, every tenth of them corrected once, a thousand to a page. What is read of him is told
 * in pages of the database that were looked at, for that does not depend on the machine. All of it
 * is in one transaction that is never committed.
 */
public final class Newcomer implements AutoCloseable {
  /** Whose rows he is among. */
  public static final long TENANT = 79;

  /** He himself, and his connection. */
  public static final long ID = 79_100;

  /** How many entries he has. */
  public static final int ENTRIES = 4_000;

  private static final String FILL =
      """
      set local session_replication_role = replica;
      create temp table page as
        select %1$d::bigint as tenant_id, h as holder_id, g,
          (lpad(to_hex(1700000000 + g * 7), 12, '0') || substr(md5(h || '/' || g), 1, 20))::uuid
            as entry_id,
          ('00000000-0000-0000-0000-' || lpad((h * 1000 + g / 1000)::text, 12, '0'))::uuid
            as leaf_id
        from generate_series(%2$d, %3$d) h, generate_series(0, %4$d - 1) g;
      insert into entry (tenant_id, holder_id, entry_id, revision, connection_id, evidence_id,
        leaf_id, occurred_at, recorded_at, kind, state, mapping_version, rank, market, side,
        price, quantity, quote_quantity, fee, fee_asset, venue_ref, domain, from_accounts,
        to_accounts, asset_ids, amounts)
      select tenant_id, holder_id, entry_id, r, holder_id, entry_id,
        leaf_id, timestamptz '2024-05-01 00:00Z' + g * interval '7 seconds',
        timestamptz '2024-06-01 00:00Z', 'trade', 'settled', 1, g::text, 'BTCUSDT', 'buy',
        1, 1, 1, 1, 'BNB', g::text, 'trades', array[1, 2, 1], array[2, 1, 3], array[1, 2, 3],
        array[r, 1, 0.1]
      from page, generate_series(1, 2) r where r = 1 or g %% 10 = 0;
      insert into account select distinct tenant_id, holder_id, a, (array['venue/x/spot', 'trading',
        'suspense'])[a] from page, generate_series(1, 3) a;
      insert into asset values (1, 'NEWCOMER1'), (2, 'NEWCOMER2'), (3, 'NEWCOMER3')
        on conflict do nothing;
      drop table page;
      """;

  private final Connection connection = TestDatabase.admin();

  /** He has come to others, of whom statistics tell, or as the first of all, of whom none do. */
  public Newcomer(boolean others) throws SQLException {
    TestDatabase.migrated();
    connection.setAutoCommit(false);
    run("set local search_path = " + DatabaseAccess.SCHEMA);
    if (others) {
      fill(ID - 5, ID - 1, 3 * ENTRIES);
      run("analyze entry");
    } else {
      run("delete from pg_statistic where starelid = 'entry'::regclass");
    }
    fill(ID, ID, ENTRIES);
    run("set local role " + DatabaseRoles.APP);
    run("set local app.tenant = '" + TENANT + "'");
  }

  private void fill(long first, long last, int entries) throws SQLException {
    run(FILL.formatted(TENANT, first, last, entries));
  }

  private void run(String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  /** His first so many entries, by id. */
  public List<UUID> entries(int many) throws SQLException {
    return tx().sql(
            """
            select distinct entry_id from entry where tenant_id = ? and holder_id = ?
            order by entry_id limit ?
            """)
        .bind(TENANT, ID, many)
        .list(row -> row.getObject(1, UUID.class));
  }

  /** The pages that brought his entries. */
  public List<UUID> leaves() throws SQLException {
    return tx().sql(
            """
            select distinct leaf_id from entry where tenant_id = ? and holder_id = ?
            order by leaf_id
            """)
        .bind(TENANT, ID)
        .list(row -> row.getObject(1, UUID.class));
  }

  /** When his entries were recorded. */
  public static Instant recordedAt() {
    return Instant.parse("2024-06-01T00:00:00Z");
  }

  /** The transaction in which he is there. */
  public TenantTx tx() {
    return new TenantTx(TENANT, connection);
  }

  /** Gives him a statement: so many lines, a minute apart, in an account of his. */
  public void states(long account, Instant first, int lines) throws SQLException {
    run("reset role");
    run(
        """
        insert into claim (tenant_id, holder_id, connection_id, claim_id, form, starts_at, ends_at,
          count, evidence_id, wallet, asset, amount, role, contra, kind, family)
        select %d, %d, %d, gen_random_uuid(), 'leg', at, at, 1, gen_random_uuid(), 'spot', 'BTC', 1,
          'MOVE', 'external/unknown', 'deposit', 'deposit'
        from (select timestamptz '%s' + n * interval '1 minute' as at
          from generate_series(0, %d) n) line
        """
            .formatted(TENANT, ID, account, first, lines - 1));
    run("set local role " + DatabaseRoles.APP);
  }

  /** How many pages of the table of entries and its indexes the work looks at. */
  public long pagesRead(Transactions.Work<?> work) throws SQLException {
    return pagesRead("entry", work);
  }

  /** How many pages of a table and its indexes the work looks at. */
  public long pagesRead(String table, Transactions.Work<?> work) throws SQLException {
    long before = told(table);
    work.in(tx());
    return told(table) - before;
  }

  private long told(String table) throws SQLException {
    return tx().sql(
            """
            select sum(pg_stat_get_xact_blocks_fetched(one)) from (
              select ?::regclass::oid as one
              union all select indexrelid from pg_index where indrelid = ?::regclass) looked
            """)
        .bind(table, table)
        .list(row -> row.getLong(1))
        .getFirst();
  }

  /** He was never there. */
  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}

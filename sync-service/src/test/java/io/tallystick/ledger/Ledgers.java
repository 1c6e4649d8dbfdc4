package io.tallystick.ledger;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Life.Source;
import io.tallystick.tenancy.TenantTx;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Ledgers in the real database, one after another, without the application around them. */
final class Ledgers implements AutoCloseable {
  private static final long TENANT = 77;
  private static final UUID ACCOUNT = UUID.fromString("00000000-0000-0000-0000-00000000acc0");

  private final Connection connection;

  private static final Books BOOKS = new Books(new Plain());

  /** Details are none of these tests' business. */
  private static final class Plain implements DetailSealer {
    @Override
    public byte[] seal(long tenant, long holder, UUID entry, byte[] details) {
      return details;
    }

    @Override
    public byte[] open(long tenant, long holder, UUID entry, byte[] sealed) {
      return sealed;
    }
  }

  Ledgers() throws SQLException {
    DatabaseAccess access = TestDatabase.migrated();
    connection =
        DriverManager.getConnection(
            access.url(), access.app().user(), TestDatabase.text(access.app()));
    connection.setAutoCommit(false);
  }

  /** A ledger of its own, gone when the next one is opened. */
  Ledger fresh() throws SQLException {
    connection.rollback();
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local app.tenant = '" + TENANT + "'");
    }
    return at(new TenantTx(TENANT, connection));
  }

  /** A ledger in this transaction, whose tenant is the one of all these ledgers. */
  static Ledger at(TenantTx tx) {
    return new Ledger(tx);
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }

  /** One ledger, filled by sources. */
  static final class Ledger {
    private final TenantTx tx;
    private int pages;

    Ledger(TenantTx tx) {
      this.tx = tx;
    }

    /** Takes in everything a source tells. */
    void take(Told told, Source source) throws SQLException {
      switch (source) {
        case API -> api(told.api());
        case STATEMENT, ORDERS -> claim(told.claims(source), true);
        case TRADES, DEPOSITS, WITHDRAWALS, CONVERTS -> count(told.rows(source), true);
      }
    }

    /** Takes back everything a file told. */
    void undo(Told told, Source source) throws SQLException {
      switch (source) {
        case API -> throw new IllegalArgumentException("the venue's own lists are not taken back");
        case STATEMENT, ORDERS -> claim(told.claims(source), false);
        case TRADES, DEPOSITS, WITHDRAWALS, CONVERTS -> count(told.rows(source), false);
      }
    }

    void api(List<Entry> entries) throws SQLException {
      List<Booking> bookings = new ArrayList<>();
      entries.forEach(entry -> bookings.add(Booking.fresh(entry, evidence(entry, 0), 1)));
      BOOKS.book(tx, place(), bookings);
    }

    /** Takes in bookings as they are. */
    void book(Booking... bookings) throws SQLException {
      BOOKS.book(tx, place(), List.of(bookings));
    }

    /** Says how often files tell an event now, after one of them was taken back. */
    void recount(Entry entry, int count) throws SQLException {
      BOOKS.count(tx, place(), List.of(new Counted(entry, count, List.of(), 1, "trades")));
    }

    void count(Map<Entry, Integer> rows, boolean there) throws SQLException {
      List<Counted> facts = new ArrayList<>();
      rows.forEach((entry, count) -> {
        List<UUID> evidence = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          evidence.add(evidence(entry, i));
        }
        facts.add(new Counted(entry, there ? count : 0, evidence, 1, "trades"));
      });
      BOOKS.count(tx, place(), facts);
    }

    void claim(Map<Claim, Integer> claims, boolean there) throws SQLException {
      List<Claimed> told = new ArrayList<>();
      claims.forEach(
          (claim, count) -> told.add(new Claimed(claim, there ? count : 0, evidence(claim, 0), 1)));
      BOOKS.claim(tx, place(), told);
    }

    String hash() throws SQLException {
      return LedgerHash.of(tx, TENANT, TENANT);
    }

    /** What the wallets hold by the BOOKS. */
    Map<String, String> balances() throws SQLException {
      Map<String, String> balances = new TreeMap<>();
      tx.sql(
              """
              select split_part(a.path, '/', 3) || '/' || s.code as purse, sum(b.delta) as total
              from balance b
              join account a on a.tenant_id = b.tenant_id and a.holder_id = b.holder_id
                and a.account_id = b.account_id
              join asset s on s.asset_id = b.asset_id
              where b.tenant_id = ? and b.holder_id = ? and a.path like 'venue/%'
              group by 1 having sum(b.delta) <> 0
              """)
          .bind(tx.tenant(), TENANT)
          .list(row -> balances.put(row.getString(1), Decimals.text(row.getBigDecimal(2))));
      return balances;
    }

    /** What an account holds by the books, by asset, without zeros. */
    Map<String, String> held(Account account) throws SQLException {
      Map<String, String> held = new TreeMap<>();
      tx.sql(
              """
              select s.code, sum(b.delta) from balance b
              join account a on a.tenant_id = b.tenant_id and a.holder_id = b.holder_id
                and a.account_id = b.account_id
              join asset s on s.asset_id = b.asset_id
              where b.tenant_id = ? and b.holder_id = ? and a.path = ?
              group by 1 having sum(b.delta) <> 0
              """)
          .bind(tx.tenant(), TENANT, account.path())
          .list(row -> held.put(row.getString(1), Decimals.text(row.getBigDecimal(2))));
      return held;
    }

    /** How many current entries there are of a kind. */
    long entries(EntryKind kind) throws SQLException {
      Long count =
          tx.sql(
                  """
                  select count(*) from (select distinct on (entry_id) state, kind from entry
                    where tenant_id = ? and holder_id = ? order by entry_id, revision desc) e
                  where e.state <> 'void' and e.kind = ?
                  """)
              .bind(tx.tenant(), TENANT, kind.code())
              .first(row -> row.getLong(1));
      return count == null ? 0 : count;
    }

    /** How many postings touch the account that only a person may post to. */
    long opened() throws SQLException {
      Long count =
          tx.sql(
                  """
                  select count(*) from posting p
                  join account a on a.tenant_id = p.tenant_id and a.holder_id = p.holder_id
                    and a.account_id in (p.from_account, p.to_account)
                  where p.tenant_id = ? and p.holder_id = ? and a.path = ?
                  """)
              .bind(tx.tenant(), TENANT, Account.OPENING.path())
              .first(row -> row.getLong(1));
      return count == null ? 0 : count;
    }

    private Books.Place place() {
      pages++;
      UUID leaf = new UUID(1, pages);
      Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(pages);
      return new Books.Place(TENANT, TENANT, ACCOUNT, leaf, at);
    }

    private static UUID evidence(Object what, int ordinal) {
      String text = what + "#" + ordinal;
      return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}

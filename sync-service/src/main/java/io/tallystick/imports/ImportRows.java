package io.tallystick.imports;

import io.tallystick.connection.Link;
import io.tallystick.kernel.Ids;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Market;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The SQL of the rows of imports: how often they tell what, and what is to be said about them. */
final class ImportRows {
  // More of the same time than this are not looked at one by one.
  private static final int NEAR = 200;

  private ImportRows() {}

  /** A row that needs a person's eye. */
  record Noted(int member, long line, String outcome, String column, String reason, String remedy) {
    static Noted of(Taking.Told told, String outcome, String reason, String remedy) {
      return new Noted(told.member(), told.line().number(), outcome, "", reason, remedy);
    }
  }

  /** Where a row stands: table, then line. */
  record Spot(int member, long line) {
    static final Spot BEFORE_ALL = new Spot(-1, 0);
  }

  /** How often a file tells an event. */
  record Tally(UUID fact, Tallies.Source source, int count) {
    static Tally of(ResultSet row) throws SQLException {
      Tallies.Source source =
          new Tallies.Source(row.getString(2), row.getInt(3), row.getObject(4, UUID.class));
      return new Tally(row.getObject(1, UUID.class), source, row.getInt(5));
    }
  }

  /** Keeps what a table is, once, and by which version of the dictionary it was read. */
  static void table(TenantTx tx, Batch batch, Tallies.Source source, int dictionary)
      throws SQLException {
    tx.sql(
            """
            insert into import_table (tenant_id, holder_id, table_id, batch_id, export, part,
              dictionary)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .bind(tx.tenant(), batch.link().holder(), source.table(), batch.id())
        .bind(source.export(), source.part(), dictionary)
        .update();
  }

  /**
   * Those of these events that tables may have told: all of them, where many of their time were.
   */
  static Set<UUID> told(TenantTx tx, long holder, Set<UUID> facts) throws SQLException {
    List<UUID> near =
        tx.sql(
                """
                select fact_id from import_count
                where tenant_id = ? and holder_id = ? and fact_id between ? and ? limit ?
                """)
            .bind(tx.tenant(), holder, Ids.lowest(facts), Ids.highest(facts), NEAR)
            .list(row -> row.getObject(1, UUID.class));
    if (near.size() == NEAR) {
      return facts;
    }
    Set<UUID> told = new HashSet<>(near);
    told.retainAll(facts);
    return told;
  }

  private static final String INSERT =
      """
      insert into import_count as c (tenant_id, holder_id, table_id, fact_id, count)
      select ?::bigint, ?::bigint, ?::uuid, unnest(?::uuid[]), unnest(?::int[])
      """;

  // What is changed is there, and yet no update: of a new holder the planner knows nothing, and for
  // one it would read all that he has, block by block. A conflict is always found by its key.
  private static final String KNOWN =
      INSERT + "on conflict (tenant_id, holder_id, fact_id, table_id) ";

  private static final String MORE =
      KNOWN + "do update set count = c.count + excluded.count returning fact_id, count";
  private static final String LESS =
      KNOWN + "do update set count = c.count - excluded.count returning fact_id, count";

  /**
   * Adds to how often a table tells events; returns its new counts of those that it told before.
   *
   * @param before those of which it told before, be it that all of it was taken back
   */
  static Map<UUID, Integer> add(
      TenantTx tx, long holder, UUID table, Map<UUID, Integer> often, Set<UUID> before)
      throws SQLException {
    Map<UUID, Integer> again = new HashMap<>(often);
    again.keySet().retainAll(before);
    Map<UUID, Integer> first = new HashMap<>(often);
    first.keySet().removeAll(before);
    if (!first.isEmpty()) {
      UUID[] facts = first.keySet().stream().sorted().toArray(UUID[]::new);
      tx.sql(INSERT).bind(tx.tenant(), holder, table).bind(facts, counts(facts, first)).update();
    }
    return again.isEmpty() ? Map.of() : change(tx, holder, table, again, MORE);
  }

  /** Takes away from how often a table tells events, each of which it tells. */
  static void less(TenantTx tx, long holder, UUID table, Map<UUID, Integer> less)
      throws SQLException {
    change(tx, holder, table, less, LESS);
  }

  private static Map<UUID, Integer> change(
      TenantTx tx, long holder, UUID table, Map<UUID, Integer> changes, String change)
      throws SQLException {
    Map<UUID, Integer> now = new HashMap<>();
    UUID[] facts = changes.keySet().stream().sorted().toArray(UUID[]::new);
    tx.sql(change)
        .bind(tx.tenant(), holder, table)
        .bind(facts, counts(facts, changes))
        .list(row -> now.put(row.getObject(1, UUID.class), row.getInt(2)));
    return now;
  }

  private static Integer[] counts(UUID[] facts, Map<UUID, Integer> counts) {
    return java.util.Arrays.stream(facts)
        .map(fact -> counts.getOrDefault(fact, 0))
        .toArray(Integer[]::new);
  }

  /** How often files tell these events; not at all any more, where all was taken back. */
  static List<Tally> tallies(TenantTx tx, long holder, Collection<UUID> facts) throws SQLException {
    return tx.sql(
            """
            select c.fact_id, t.export, t.part, t.table_id, c.count
            from import_count c
            join import_table t on t.tenant_id = c.tenant_id and t.holder_id = c.holder_id
              and t.table_id = c.table_id
            where c.tenant_id = ? and c.holder_id = ? and c.fact_id = any(?::uuid[])
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) facts.toArray(UUID[]::new))
        .list(Tally::of);
  }

  /** Some of what the tables of a batch still tell of coarse claims. */
  static List<Tally> rest(TenantTx tx, long holder, UUID batch) throws SQLException {
    return tx.sql(
            """
            select c.fact_id, t.export, t.part, t.table_id, c.count
            from import_table t
            join import_count c on c.tenant_id = t.tenant_id and c.holder_id = t.holder_id
              and c.table_id = t.table_id and c.count > 0
            join claim k on k.tenant_id = c.tenant_id and k.holder_id = c.holder_id
              and k.claim_id = c.fact_id
            where t.tenant_id = ? and t.holder_id = ? and t.batch_id = ? limit 500
            """)
        .bind(tx.tenant(), holder, batch)
        .list(Tally::of);
  }

  /** Which parts of an export of the same account are in the books. */
  static Set<Integer> parts(TenantTx tx, Link link, String export) throws SQLException {
    return Set.copyOf(
        tx.sql(
                """
                select distinct t.part from import_table t
                join import_batch b on b.tenant_id = t.tenant_id and b.holder_id = t.holder_id
                  and b.batch_id = t.batch_id
                where t.tenant_id = ? and t.holder_id = ? and t.export = ?
                  and b.connection_id = ? and b.state in ('committing', 'committed')
                """)
            .bind(tx.tenant(), link.holder(), export, link.id())
            .list(row -> row.getInt(1)));
  }

  /** How often the table itself tells these events. */
  static Map<UUID, Integer> own(TenantTx tx, long holder, UUID table, Collection<UUID> facts)
      throws SQLException {
    Map<UUID, Integer> own = new HashMap<>();
    tx.sql(
            """
            select fact_id, count from import_count
            where tenant_id = ? and holder_id = ? and table_id = ? and fact_id = any(?::uuid[])
            """)
        .bind(tx.tenant(), holder, table)
        .bind((Object) facts.toArray(UUID[]::new))
        .list(row -> own.put(row.getObject(1, UUID.class), row.getInt(2)));
    return own;
  }

  /** Keeps what is to be said about rows, once each. */
  static void note(TenantTx tx, Batch batch, boolean trial, List<Noted> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    tx.sql(
            """
            insert into import_row (tenant_id, holder_id, batch_id, trial, member, line, outcome,
              column_name, reason, remedy)
            select ?::bigint, ?::bigint, ?::uuid, ?::boolean, * from unnest(?::int[], ?::bigint[], ?::text[],
              ?::text[], ?::text[], ?::text[])
            on conflict (tenant_id, holder_id, batch_id, trial, member, line) do nothing
            """)
        .bind(tx.tenant(), batch.link().holder(), batch.id(), trial)
        .bind((Object) rows.stream().map(Noted::member).toArray(Integer[]::new))
        .bind((Object) rows.stream().map(Noted::line).toArray(Long[]::new))
        .bind((Object) rows.stream().map(Noted::outcome).toArray(String[]::new))
        .bind((Object) rows.stream().map(Noted::column).toArray(String[]::new))
        .bind((Object) rows.stream().map(Noted::reason).toArray(String[]::new))
        .bind((Object) rows.stream().map(Noted::remedy).toArray(String[]::new))
        .update();
  }

  /** Rows that need a person's eye, in the order of the file, behind a position. */
  static List<Noted> noted(TenantTx tx, Batch batch, Spot after, int limit) throws SQLException {
    boolean trial =
        switch (batch.state()) {
          case ASKING, CHECKING, CHECKED, REFUSED -> true;
          case COMMITTING, COMMITTED, STOPPED, UNDOING, UNDONE -> false;
        };
    return tx.sql(
            """
            select member, line, outcome, column_name, reason, remedy from import_row
            where tenant_id = ? and holder_id = ? and batch_id = ? and trial = ?
              and (member, line) > (?, ?)
            order by member, line limit ?
            """)
        .bind(tx.tenant(), batch.link().holder(), batch.id(), trial)
        .bind(after.member(), after.line(), limit)
        .list(row ->
            new Noted(
                row.getInt(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6)));
  }

  /** Every market ever listed where the connection is. */
  static Map<String, Market> markets(TenantTx tx, Link link) throws SQLException {
    Map<String, Market> all = new HashMap<>();
    tx.sql("select symbol, base, quote, status from market where venue = ? and environment = ?")
        .bind(link.venue(), link.environment())
        .list(row -> {
          String symbol = row.getString(1);
          return all.put(
              symbol, new Market(symbol, row.getString(2), row.getString(3), row.getString(4)));
        });
    return all;
  }
}

package io.tallystick.imports;

import io.tallystick.connection.Link;
import io.tallystick.imports.Batch.Counts;
import io.tallystick.imports.Batch.State;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Market;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of imports. */
final class ImportStore {
  private ImportStore() {}

  /** A batch as it lies in the database; what is sealed still is. */
  record Stored(
      UUID id,
      State state,
      @Nullable String kind,
      @Nullable String export,
      int part,
      long position,
      Counts counts,
      @Nullable String detail,
      byte[] described) {}

  /** A row that needs a person's eye. */
  record Noted(
      int member, long line, String outcome, String column, String reason, String remedy) {}

  /** How often each export tells an event, by its name or by the batch when it has none. */
  record Tally(UUID fact, String export, int count) {}

  static void insert(
      TenantTx tx, Link link, UUID id, @Nullable Long client, Described file, Instant at)
      throws SQLException {
    tx.sql(
            """
            insert into import_batch (tenant_id, holder_id, batch_id, connection_id, consent_id,
              client_id, format, described, digest, size, state, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'asking', ?, ?)
            """)
        .bind(tx.tenant(), link.holder(), id, link.id(), link.consent(), client)
        .bind(file.format(), file.sealed(), file.digest(), file.size(), at, at)
        .update();
  }

  /** A file: its name and answers, sealed; a keyed digest of its bytes. */
  record Described(int format, byte[] sealed, byte[] digest, long size) {}

  static @Nullable Stored find(TenantTx tx, long holder, UUID id) throws SQLException {
    return tx.sql(
            """
            select batch_id, state, kind, export, part, position, read, added, matched, disputed,
              unknown, broken, detail, described
            from import_batch where tenant_id = ? and holder_id = ? and batch_id = ?
            """)
        .bind(tx.tenant(), holder, id)
        .first(ImportStore::stored);
  }

  /** The same file, uploaded before to the same connection and not taken back. */
  static @Nullable UUID same(TenantTx tx, Link link, byte[] digest) throws SQLException {
    return tx.sql(
            """
            select batch_id from import_batch
            where tenant_id = ? and holder_id = ? and connection_id = ? and digest = ?
              and state not in ('undone', 'refused')
            order by created_at limit 1
            """)
        .bind(tx.tenant(), link.holder(), link.id(), digest)
        .first(row -> row.getObject(1, UUID.class));
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getObject("batch_id", UUID.class),
        State.of(row.getString("state")),
        row.getString("kind"),
        row.getString("export"),
        row.getInt("part"),
        row.getLong("position"),
        new Counts(
            row.getLong("read"),
            row.getLong("added"),
            row.getLong("matched"),
            row.getLong("disputed"),
            row.getLong("unknown"),
            row.getLong("broken")),
        row.getString("detail"),
        row.getBytes("described"));
  }

  /** Writes state, position and counts; false when another worker moved the batch meanwhile. */
  static boolean advance(TenantTx tx, Batch from, Batch to, Instant at) throws SQLException {
    Counts counts = to.counts();
    return tx.sql(
                """
                update import_batch set state = ?, kind = ?, export = ?, part = ?, position = ?,
                  read = ?, added = ?, matched = ?, disputed = ?, unknown = ?, broken = ?,
                  detail = ?, updated_at = ?
                where tenant_id = ? and holder_id = ? and batch_id = ?
                  and state = ? and position = ?
                """)
            .bind(to.state().code(), to.kind(), to.export(), to.part(), to.position())
            .bind(counts.read(), counts.added(), counts.matched(), counts.disputed())
            .bind(counts.unknown(), counts.broken(), to.detail(), at)
            .bind(tx.tenant(), to.link().holder(), to.id(), from.state().code(), from.position())
            .update()
        == 1;
  }

  /** Marks the place to which {@link #forget} goes back. */
  static void mark(TenantTx tx) throws SQLException {
    tx.sql("savepoint trial").update();
  }

  /** Undoes everything since {@link #mark}. */
  static void forget(TenantTx tx) throws SQLException {
    tx.sql("rollback to savepoint trial").update();
  }

  /** Writes what the batch is called and what was answered, sealed. */
  static int describe(TenantTx tx, Batch batch, byte[] sealed) throws SQLException {
    return tx.sql(
            """
            update import_batch set described = ?
            where tenant_id = ? and holder_id = ? and batch_id = ?
            """)
        .bind(sealed, tx.tenant(), batch.link().holder(), batch.id())
        .update();
  }

  static void piece(TenantTx tx, long holder, UUID batch, int n, int format, byte[] sealed)
      throws SQLException {
    tx.sql(
            """
            insert into import_piece (tenant_id, holder_id, batch_id, n, format, sealed)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .bind(tx.tenant(), holder, batch, n, format, sealed)
        .update();
  }

  static byte @Nullable [] piece(TenantTx tx, long holder, UUID batch, int n) throws SQLException {
    return tx.sql(
            """
            select sealed from import_piece
            where tenant_id = ? and holder_id = ? and batch_id = ? and n = ?
            """)
        .bind(tx.tenant(), holder, batch, n)
        .first(row -> row.getBytes(1));
  }

  /** Adds to how often the batch tells events, or takes away; returns its own new counts. */
  static Map<UUID, Integer> count(TenantTx tx, Batch batch, Map<UUID, Integer> more)
      throws SQLException {
    UUID[] facts = more.keySet().stream().sorted().toArray(UUID[]::new);
    Integer[] counts = new Integer[facts.length];
    for (int i = 0; i < facts.length; i++) {
      counts[i] = more.getOrDefault(facts[i], 0);
    }
    Map<UUID, Integer> own = new HashMap<>();
    tx.sql(
            """
            insert into import_count as c (tenant_id, holder_id, fact_id, batch_id, count)
            select ?::bigint, ?::bigint, fact, ?::uuid, more
            from unnest(?::uuid[], ?::int[]) as r(fact, more)
            on conflict (tenant_id, holder_id, fact_id, batch_id)
              do update set count = c.count + excluded.count
            returning fact_id, count
            """)
        .bind(tx.tenant(), batch.link().holder(), batch.id())
        .bind((Object) facts)
        .bind((Object) counts)
        .list(row -> own.put(row.getObject(1, UUID.class), row.getInt(2)));
    return own;
  }

  /** How often each export tells these events: parts of one export are summed. */
  static List<Tally> tallies(TenantTx tx, long holder, Collection<UUID> facts) throws SQLException {
    return tx.sql(
            """
            select c.fact_id, coalesce(b.export, b.batch_id::text) as export, sum(c.count)
            from import_count c
            join import_batch b on b.tenant_id = c.tenant_id and b.holder_id = c.holder_id
              and b.batch_id = c.batch_id
            where c.tenant_id = ? and c.holder_id = ? and c.fact_id = any(?::uuid[])
              and c.count > 0
            group by 1, 2
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) facts.toArray(UUID[]::new))
        .list(row -> new Tally(row.getObject(1, UUID.class), row.getString(2), row.getInt(3)));
  }

  static void note(TenantTx tx, Batch batch, List<Noted> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    tx.sql(
            """
            insert into import_row (tenant_id, holder_id, batch_id, member, line, outcome,
              column_name, reason, remedy)
            select ?::bigint, ?::bigint, ?::uuid, * from unnest(?::int[], ?::bigint[], ?::text[],
              ?::text[], ?::text[], ?::text[])
            on conflict (tenant_id, holder_id, batch_id, member, line) do nothing
            """)
        .bind(tx.tenant(), batch.link().holder(), batch.id())
        .bind((Object) rows.stream().map(Noted::member).toArray(Integer[]::new))
        .bind((Object) rows.stream().map(Noted::line).toArray(Long[]::new))
        .bind((Object) rows.stream().map(Noted::outcome).toArray(String[]::new))
        .bind((Object) rows.stream().map(Noted::column).toArray(String[]::new))
        .bind((Object) rows.stream().map(Noted::reason).toArray(String[]::new))
        .bind((Object) rows.stream().map(Noted::remedy).toArray(String[]::new))
        .update();
  }

  /** Rows that need a person's eye, in the order of the file, behind a position. */
  static List<Noted> noted(TenantTx tx, long holder, UUID batch, int member, long line, int limit)
      throws SQLException {
    return tx.sql(
            """
            select member, line, outcome, column_name, reason, remedy from import_row
            where tenant_id = ? and holder_id = ? and batch_id = ? and (member, line) > (?, ?)
            order by member, line limit ?
            """)
        .bind(tx.tenant(), holder, batch, member, line, limit)
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

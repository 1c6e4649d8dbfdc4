package io.tallystick.portability;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The SQL of holders who go and come. */
final class HolderStore {
  private HolderStore() {}

  /**
   * A holder's row.
   *
   * @param reference sealed
   * @param erased whether who he is was erased, or is being erased
   */
  record Known(byte[] reference, Instant createdAt, boolean erased) {}

  static @Nullable Known find(TenantTx tx, long holder) throws SQLException {
    return tx.sql(
            """
            select h.reference_sealed, h.created_at, exists (select 1 from erased_class e
              where e.tenant_id = h.tenant_id and e.holder_id = h.holder_id
                and e.class = 'identity') as erased
            from holder h where h.tenant_id = ? and h.holder_id = ?
            """)
        .bind(tx.tenant(), holder)
        .first(row ->
            new Known(
                row.getBytes("reference_sealed"),
                Objects.requireNonNull(Sql.instant(row, "created_at")),
                row.getBoolean("erased")));
  }

  static List<Long> connections(TenantTx tx, long holder) throws SQLException {
    return tx.sql(
            """
            select connection_id from connection where tenant_id = ? and holder_id = ?
            order by connection_id
            """)
        .bind(tx.tenant(), holder)
        .list(row -> row.getLong(1));
  }

  /** Whether connections of the tenant may live in a venue environment. */
  static boolean allows(TenantTx tx, String environment) throws SQLException {
    return !tx.sql("select 1 from tenant where tenant_id = ? and ? = any (environments)")
        .bind(tx.tenant(), environment)
        .list(row -> true)
        .isEmpty();
  }

  static void add(TenantTx tx, long holder, byte[] digest, byte[] reference, int format)
      throws SQLException {
    tx.sql(
            """
            insert into holder (tenant_id, holder_id, reference_sealed, reference_digest, format,
              created_at)
            values (?, ?, ?, ?, ?, clock_timestamp())
            """)
        .bind(tx.tenant(), holder, reference, digest, format)
        .update();
  }

  /**
   * Writes down that records behind his books were erased before he came, if any were: what tells
   * the same again is taken for them.
   */
  static void missing(TenantTx tx, long holder) throws SQLException {
    tx.sql(
            """
            insert into erased_class (tenant_id, holder_id, class, requested_at, cause,
              requested_by, done_at, renewed_at)
            select ?, ?, 'raw', now(), 'arrival', 0, now(), now()
            where exists (select from entry e where e.tenant_id = ? and e.holder_id = ?
              and (select v.evidence_id from evidence v where v.tenant_id = e.tenant_id
                and v.holder_id = e.holder_id and v.evidence_id = e.evidence_id limit 1) is null)
            """)
        .bind(tx.tenant(), holder, tx.tenant(), holder)
        .update();
  }

  /**
   * Inserts rows of a table that were told as JSON.
   *
   * @param columns of the table, which the rows tell and no others
   */
  static void insert(
      TenantTx tx, long holder, String table, Collection<String> columns, ArrayNode rows)
      throws SQLException {
    String named = String.join(", ", columns);
    String text =
        "insert into "
            + table
            + " (tenant_id, holder_id, "
            + named
            + ") select ?::bigint, ?::bigint, "
            + named
            + " from jsonb_populate_recordset(null::"
            + table
            + ", ?::jsonb)";
    tx.sql(text).bind(tx.tenant(), holder, rows.toString()).update();
  }

  /** Makes asset codes known to the house, which keeps them for everybody. */
  static void assets(TenantTx tx, Long[] keys, String[] codes) throws SQLException {
    tx.sql(
            """
            insert into asset (asset_id, code) select * from unnest(?::bigint[], ?::text[])
            on conflict do nothing
            """)
        .bind(keys, codes)
        .update();
  }

  /** Keeps the words that the holder was shown, unless the tenant has them. */
  static void notices(TenantTx tx, ArrayNode rows) throws SQLException {
    tx.sql(
            """
            insert into notice (tenant_id, sha256, words, kept_at)
            select ?::bigint, sha256, words, kept_at
            from jsonb_populate_recordset(null::notice, ?::jsonb) on conflict do nothing
            """)
        .bind(tx.tenant(), rows.toString())
        .update();
  }

  /** Lets the change feed tell of every revision that came, in the order they were written in. */
  static void announce(TenantTx tx, long holder) throws SQLException {
    tx.sql(
            """
            insert into outbox (tenant_id, holder_id, leaf_id, recorded_at, changes)
            select tenant_id, holder_id, leaf_id, recorded_at, count(*) from entry
            where tenant_id = ? and holder_id = ?
            group by tenant_id, holder_id, leaf_id, recorded_at
            order by recorded_at, leaf_id
            """)
        .bind(tx.tenant(), holder)
        .update();
    tx.leaves();
  }
}

package io.tallystick.imports;

import io.tallystick.imports.ImportRows.Tally;
import io.tallystick.imports.Tellings.Telling;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.Seals;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The SQL of events that exports word differently. */
final class TellingRows {
  private TellingRows() {}

  /** A wording as it lies in the database. */
  record Kept(UUID event, UUID fact, String rank, UUID evidence, byte[] sealed) {}

  /** Inserts wordings that are new, each with its sealed content. */
  static void insert(TenantTx tx, long holder, List<Telling> tellings, byte[][] sealed)
      throws SQLException {
    tx.sql(
            """
            insert into import_telling (tenant_id, holder_id, format, fact_id, event_id, rank,
              evidence_id, sealed)
            select ?::bigint, ?::bigint, ?::smallint, * from unnest(?::uuid[], ?::uuid[],
              ?::text[], ?::uuid[], ?::bytea[])
            on conflict (tenant_id, holder_id, fact_id) do nothing
            """)
        .bind(tx.tenant(), holder, Seals.FORMAT)
        .bind((Object) tellings.stream().map(Telling::fact).toArray(UUID[]::new))
        .bind((Object) tellings.stream().map(Telling::event).toArray(UUID[]::new))
        .bind(
            (Object)
                tellings.stream().map(one -> one.entry().identity().rank()).toArray(String[]::new))
        .bind((Object) tellings.stream().map(Telling::evidence).toArray(UUID[]::new))
        .bind((Object) sealed)
        .update();
  }

  /** How often files tell these events, in whatever words. */
  static List<Tally> tallies(TenantTx tx, long holder, Collection<UUID> events)
      throws SQLException {
    return tx.sql(
            """
            select t.event_id, f.export, f.part, f.table_id, c.count
            from import_telling t
            join import_count c on c.tenant_id = t.tenant_id and c.holder_id = t.holder_id
              and c.fact_id = t.fact_id
            join import_table f on f.tenant_id = c.tenant_id and f.holder_id = c.holder_id
              and f.table_id = c.table_id
            where t.tenant_id = ? and t.holder_id = ? and t.event_id = any(?::uuid[])
              and c.count > 0
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) events.toArray(UUID[]::new))
        .list(Tally::of);
  }

  /** The wordings of each event that some batch tells, the lowest rank first. */
  static List<Kept> told(TenantTx tx, long holder, Collection<UUID> events) throws SQLException {
    return tx.sql(
            """
            select t.event_id, t.fact_id, t.rank, t.evidence_id, t.sealed
            from import_telling t
            where t.tenant_id = ? and t.holder_id = ? and t.event_id = any(?::uuid[])
              and exists (select 1 from import_count c where c.tenant_id = t.tenant_id
                and c.holder_id = t.holder_id and c.fact_id = t.fact_id and c.count > 0)
            order by t.event_id, t.rank collate "C"
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) events.toArray(UUID[]::new))
        .list(row ->
            new Kept(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getObject(4, UUID.class),
                row.getBytes(5)));
  }
}

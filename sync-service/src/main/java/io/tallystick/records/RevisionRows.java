package io.tallystick.records;

import io.tallystick.ledger.EntryState;
import io.tallystick.records.Revisions.Booked;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads revisions by the transactions that wrote them. */
final class RevisionRows {
  // Page by page, and by values that the planner does not see (see TenantTx): else it may as well
  // read the whole holder and look for the pages in it.
  private static final String PLACED =
      """
      select c.*, (select p.state from entry p
          where p.tenant_id = (select ?::bigint) and p.holder_id = (select ?::bigint)
          and p.entry_id = c.entry_id and p.revision = c.revision - 1) as state_before
      from unnest(?::uuid[], ?::timestamptz[], ?::bigint[]) as w(leaf_id, recorded_at, base)
      cross join lateral (
        select w.base + row_number() over (order by e.entry_id, e.revision) as position,
      """
          + EntryRows.FIELDS
          + """
            from entry e
            where e.tenant_id = (select ?::bigint) and e.holder_id = (select ?::bigint)
              and e.leaf_id = w.leaf_id
              and e.recorded_at = w.recorded_at) c
          where c.position > ? and c.position <= ?
          order by c.position
          """;

  private static final Duration NEAR = Duration.ofDays(1);
  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  // No index leads from a record to its entries; the time does.
  private static final String OF_EVIDENCE =
      "select distinct "
          + EntryRows.DOMAIN
          + """
          from entry e
          where e.tenant_id = ? and e.holder_id = ? and e.occurred_at >= ? and e.occurred_at < ?
            and (e.evidence_id = ? or (select true from entry_evidence x
              where x.tenant_id = e.tenant_id and x.holder_id = e.holder_id
                and x.entry_id = e.entry_id and x.evidence_id = ?))
          """;

  private RevisionRows() {}

  /**
   * A revision and its place.
   *
   * @param before the state of the revision before; null for a first one
   */
  record Placed(long position, @Nullable EntryState before, EntryRow row) {}

  /**
   * Revisions behind {@code after} and up to {@code end}, in order of position. Nothing that was
   * written ever changes, so the same question always has the same answer.
   */
  static List<Placed> placed(TenantTx tx, long holder, List<Booked> pages, long after, long end)
      throws SQLException {
    return tx.sql(PLACED)
        .bind(tx.tenant(), holder)
        .bind((Object) pages.stream().map(Booked::leaf).toArray(UUID[]::new))
        .bind(
            (Object)
                pages.stream()
                    .map(page -> page.recordedAt().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new))
        .bind((Object) pages.stream().map(Booked::base).toArray(Long[]::new))
        .bind(tx.tenant(), holder, after, end)
        .list(row -> {
          String before = row.getString("state_before");
          return new Placed(
              row.getLong("position"),
              before == null ? null : EntryState.of(before),
              EntryRows.row(row));
        });
  }

  /**
   * The kinds of record that entries are of which were read from a record, or tell the same.
   *
   * @param about when what the record tells happened; entries of about that day are looked at first
   */
  static Set<Domain> domains(TenantTx tx, long holder, UUID evidence, Instant about)
      throws SQLException {
    Set<Domain> near = domains(tx, holder, evidence, about.minus(NEAR), about.plus(NEAR));
    return near.isEmpty() ? domains(tx, holder, evidence, Instant.EPOCH, FAR) : near;
  }

  private static Set<Domain> domains(
      TenantTx tx, long holder, UUID evidence, Instant from, Instant to) throws SQLException {
    Set<Domain> domains = EnumSet.noneOf(Domain.class);
    tx.sql(OF_EVIDENCE)
        .bind(tx.tenant(), holder)
        .bind(from, to, evidence, evidence)
        .list(row -> row.getString(1))
        .forEach(code -> Domain.of(code).ifPresent(domains::add));
    return domains;
  }

  /**
   * The entries that stand in the place of these, by the id of the one that gave way. One that gave
   * way itself answers with its own successors.
   */
  static Map<UUID, List<UUID>> standing(TenantTx tx, long holder, List<UUID> gone)
      throws SQLException {
    Map<UUID, List<UUID>> standing = new TreeMap<>();
    if (gone.isEmpty()) {
      return standing;
    }
    tx.sql(
            """
            with recursive followed (entry_id, successor_id) as (
              select s.entry_id, s.successor_id from entry_successor s
              where s.tenant_id = ? and s.holder_id = ? and s.entry_id = any(?::uuid[])
              union
              select f.entry_id, s.successor_id from followed f
              join entry_successor s on s.entry_id = f.successor_id
              where s.tenant_id = ? and s.holder_id = ?
            )
            select f.entry_id, f.successor_id from followed f
            where (select e.state from entry e
                where e.tenant_id = (select ?::bigint) and e.holder_id = (select ?::bigint)
                and e.entry_id = f.successor_id order by e.revision desc limit 1) <> 'void'
            order by f.entry_id, f.successor_id
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) gone.toArray(UUID[]::new))
        .bind(tx.tenant(), holder, tx.tenant(), holder)
        .list(row ->
            standing
                .computeIfAbsent(row.getObject("entry_id", UUID.class), _ -> new ArrayList<>())
                .add(row.getObject("successor_id", UUID.class)));
    return standing;
  }
}

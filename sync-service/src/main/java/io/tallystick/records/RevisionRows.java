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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads revisions by the transactions that wrote them. */
final class RevisionRows {
  // Page by page. The planner does not see the tenant, and the holder is no key of an index, on
  // purpose: where statistics do not know them, the index that begins with them would be taken,
  // which reads all there is for each page.
  private static final String PLACED =
      """
      select c.*
      from unnest(?::uuid[], ?::timestamptz[], ?::bigint[]) as w(leaf_id, recorded_at, base)
      cross join lateral (
        select w.base + row_number() over (order by e.entry_id, e.revision) as position,
      """
          + EntryRows.FIELDS
          + """
            from entry e
            where e.tenant_id = (select ?::bigint) and e.holder_id + 0 = ? and e.leaf_id = w.leaf_id
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
    Map<Long, EntryRow> rows = new TreeMap<>();
    tx.sql(PLACED)
        .bind((Object) pages.stream().map(Booked::leaf).toArray(UUID[]::new))
        .bind(
            (Object)
                pages.stream()
                    .map(page -> page.recordedAt().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new))
        .bind((Object) pages.stream().map(Booked::base).toArray(Long[]::new))
        .bind(tx.tenant(), holder, after, end)
        .list(row -> rows.put(row.getLong("position"), EntryRows.row(row)));
    Map<Revision, EntryState> before =
        before(tx, holder, rows.values().stream().filter(row -> row.revision() > 1).toList());
    List<Placed> placed = new ArrayList<>(rows.size());
    rows.forEach((position, row) ->
        placed.add(new Placed(position, before.get(new Revision(row.id(), row.revision())), row)));
    return placed;
  }

  private record Revision(UUID entry, int number) {}

  // The states of the revisions before these.
  private static Map<Revision, EntryState> before(TenantTx tx, long holder, List<EntryRow> later)
      throws SQLException {
    Map<Revision, EntryState> before = new HashMap<>();
    if (later.isEmpty()) {
      return before;
    }
    tx.byKey();
    tx.sql(
            """
            select asked.id, asked.revision, e.state
            from unnest(?::uuid[], ?::int[]) as asked(id, revision)
            cross join lateral (
              select state from entry where tenant_id = ? and holder_id = ?
                and entry_id = asked.id and revision < asked.revision
              order by revision desc limit 1) e
            """)
        .bind((Object) later.stream().map(EntryRow::id).toArray(UUID[]::new))
        .bind((Object) later.stream().map(EntryRow::revision).toArray(Integer[]::new))
        .bind(tx.tenant(), holder)
        .list(row ->
            before.put(
                new Revision(row.getObject(1, UUID.class), row.getInt(2)),
                EntryState.of(row.getString(3))));
    tx.freely();
    return before;
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
                where e.tenant_id = ? and e.holder_id = ?
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

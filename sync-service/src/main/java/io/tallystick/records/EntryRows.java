package io.tallystick.records;

import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that reads entries. Pages of entries come first and their postings follow in one question
 * by an array of ids, which reads the index of postings once; every table is asked with tenant and
 * holder.
 */
public final class EntryRows {
  /**
   * The kind of record that an entry {@code e} was read from, as SQL. Rows of the time before more
   * than four kinds were read do not name theirs.
   */
  public static final String DOMAIN =
      """
      coalesce(e.domain, case e.kind when 'trade' then 'trades' when 'deposit' then 'deposits'
        when 'withdrawal' then 'withdrawals' when 'internal_transfer' then 'transfers' end)
      """;

  /** The columns that {@link #row} reads. */
  static final String FIELDS =
      """
      e.entry_id, e.revision, e.connection_id, e.evidence_id, e.occurred_at, e.recorded_at,
        e.kind, e.state, e.mapping_version, e.market, e.side, e.price, e.quantity,
        e.quote_quantity, e.fee, e.fee_asset, e.venue_ref, e.order_ref, e.maker, e.network,
        e.details,
      """
          + DOMAIN
          + " as domain\n";

  private static final String COLUMNS =
      "select "
          + FIELDS
          + """
          from entry e
          where e.tenant_id = ? and e.holder_id = ?
          """;

  // Conditions are scalar subqueries on purpose: the planner turns an EXISTS into a join, which
  // without fresh statistics (after a first sync, say) costs seconds instead of one walk along the
  // index of time that stops at the limit.

  // Nothing marks a revision as replaced, because nothing is ever updated: a newer one does.
  private static final String CURRENT =
      """
        and e.revision = (select max(n.revision) from entry n where n.tenant_id = e.tenant_id
          and n.holder_id = e.holder_id and n.entry_id = e.entry_id)
      """;

  private static final String PERMITTED =
      """
        and e.occurred_at >= (select min(s.since)
          from unnest(?::text[], ?::bigint[], ?::timestamptz[]) as s(domain, connection_id, since)
          where s.connection_id = e.connection_id and s.domain =
      """
          + DOMAIN
          + ")\n";

  private static final String WITH_ASSET =
      """
        and (e.fee_asset = ? or (? and e.state in ('pending', 'failed'))
          or (select asset_id from asset where code = ?) = any(e.asset_ids))
      """;

  private static final String NEWEST_FIRST =
      """
      order by e.occurred_at desc, e.entry_id desc
      limit ?
      """;

  private EntryRows() {}

  /** Of which kinds entries are wanted, and which parts of the books are open. */
  record Open(Collection<EntryKind> kinds, List<Span> spans) {
    Open {
      kinds = List.copyOf(kinds);
      spans = List.copyOf(spans);
    }
  }

  /** Where a page ended. */
  record Position(Instant occurredAt, UUID id) {
    /** As a cursor holds it. */
    List<String> texts() {
      return List.of(occurredAt.toString(), id.toString());
    }

    /** Of a cursor's fields; null when there are none. */
    static @Nullable Position of(List<String> texts) {
      return texts.isEmpty()
          ? null
          : new Position(Instant.parse(texts.get(0)), UUID.fromString(texts.get(1)));
    }
  }

  /** Current revisions inside the spans, the newest first, behind the position. */
  static List<EntryRow> page(
      TenantTx tx, long holder, Open open, EntryFilter filter, @Nullable Position after, int limit)
      throws SQLException {
    StringBuilder text = new StringBuilder(COLUMNS).append(CURRENT).append(PERMITTED);
    List<@Nullable Object> values = new ArrayList<>();
    values.add(tx.tenant());
    values.add(holder);
    List<Span> spans = open.spans();
    values.add(spans.stream().map(span -> span.domain().code()).toArray(String[]::new));
    values.add(spans.stream().map(Span::connection).toArray(Long[]::new));
    values.add(
        spans.stream()
            .map(span -> span.since().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new));
    if (open.kinds().size() < EntryKind.values().length) {
      text.append("  and e.kind = any(?::text[])\n");
      values.add(open.kinds().stream().map(EntryKind::code).toArray(String[]::new));
    }
    // Only the conditions that are asked for: each plan then uses its index to the full.
    if (!filter.voidToo()) {
      text.append("  and e.state <> 'void'\n");
    }
    if (filter.symbol() != null) {
      text.append("  and e.market = ?\n");
      values.add(filter.symbol());
    }
    if (filter.asset() != null) {
      text.append(WITH_ASSET);
      values.addAll(List.of(filter.asset(), filter.unmovedToo(), filter.asset()));
    }
    if (filter.from() != null) {
      text.append("  and e.occurred_at >= ?\n");
      values.add(filter.from());
    }
    if (filter.to() != null) {
      text.append("  and e.occurred_at < ?\n");
      values.add(filter.to());
    }
    if (after != null) {
      text.append("  and (e.occurred_at, e.entry_id) < (?, ?)\n");
      values.add(after.occurredAt());
      values.add(after.id());
    }
    values.add(limit);
    return tx.sql(text.append(NEWEST_FIRST).toString()).bind(values.toArray()).list(EntryRows::row);
  }

  /** All revisions of an entry, the first one first; empty when there is no such entry. */
  static List<EntryRow> revisions(TenantTx tx, long holder, UUID id) throws SQLException {
    return tx.sql(COLUMNS + "  and e.entry_id = ?\norder by e.revision")
        .bind(tx.tenant(), holder, id)
        .list(EntryRows::row);
  }

  /** Further evidence of these entries, beside the record that each was read from. */
  static Map<UUID, List<UUID>> furtherEvidence(TenantTx tx, long holder, List<UUID> entries)
      throws SQLException {
    Map<UUID, List<UUID>> byEntry = new HashMap<>();
    if (entries.isEmpty()) {
      return byEntry;
    }
    tx.sql(
            """
            select entry_id, evidence_id from entry_evidence
            where tenant_id = ? and holder_id = ? and entry_id = any(?::uuid[])
            order by entry_id, evidence_id
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) entries.toArray(UUID[]::new))
        .list(row ->
            byEntry
                .computeIfAbsent(row.getObject(1, UUID.class), _ -> new ArrayList<>())
                .add(row.getObject(2, UUID.class)));
    return byEntry;
  }

  /** The entry of a row that has all {@link #FIELDS}. */
  static EntryRow row(ResultSet row) throws SQLException {
    return new EntryRow(
        row.getObject("entry_id", UUID.class),
        row.getInt("revision"),
        row.getLong("connection_id"),
        row.getObject("evidence_id", UUID.class),
        Objects.requireNonNull(Sql.instant(row, "occurred_at")),
        Objects.requireNonNull(Sql.instant(row, "recorded_at")),
        EntryKind.of(row.getString("kind")),
        EntryState.of(row.getString("state")),
        row.getInt("mapping_version"),
        terms(row),
        row.getString("network"),
        row.getBytes("details"),
        domain(row.getString("domain")));
  }

  private static @Nullable Domain domain(@Nullable String code) {
    return code == null ? null : Domain.of(code).orElse(null);
  }

  private static Entry.@Nullable Terms terms(ResultSet row) throws SQLException {
    String market = row.getString("market");
    return market == null
        ? null
        : new Entry.Terms(
            market,
            row.getString("side"),
            row.getBigDecimal("price"),
            row.getBigDecimal("quantity"),
            row.getBigDecimal("quote_quantity"),
            row.getBigDecimal("fee"),
            row.getString("fee_asset"),
            row.getString("venue_ref"),
            row.getString("order_ref"),
            row.getObject("maker", Boolean.class));
  }
}

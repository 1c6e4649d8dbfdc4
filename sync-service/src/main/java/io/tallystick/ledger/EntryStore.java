package io.tallystick.ledger;

import io.tallystick.ledger.Books.Place;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of entries: one row a revision. */
final class EntryStore {
  private EntryStore() {}

  /** A stored revision; details still sealed. */
  record Row(
      Entry entry,
      UUID evidence,
      int mappingVersion,
      byte @Nullable [] sealedDetails,
      @Nullable String domain) {}

  // Arrays side by side in the list of what is selected run in step; in FROM each would be written
  // to a store of its own first, which costs a fifth of the insert.
  private static final String INSERT =
      """
      insert into entry (tenant_id, holder_id, connection_id, leaf_id, recorded_at,
        details_format, entry_id, revision, evidence_id, occurred_at, kind, state,
        mapping_version, rank, market, side, price, quantity, quote_quantity, fee, fee_asset,
        venue_ref, order_ref, maker, network, details, domain, facts_id, from_accounts,
        to_accounts, asset_ids, amounts)
      select ?::bigint, ?::bigint, ?::bigint, ?::uuid, ?::timestamptz, ?::smallint,
        e.entry_id, coalesce(e.revision, ?::int), e.evidence_id, e.occurred_at, coalesce(e.kind, ?::text),
        coalesce(e.state, ?::text), coalesce(e.mapping_version, ?::int), e.rank, coalesce(e.market, ?::text),
        e.side, e.price, e.quantity, e.quote_quantity, e.fee, coalesce(e.fee_asset, ?::text),
        e.venue_ref, e.order_ref, e.maker, e.network, e.details, coalesce(e.domain, ?::text),
        e.facts_id,
        (?::bigint[])[e.first:e.last], (?::bigint[])[e.first:e.last],
        (?::bigint[])[e.first:e.last], e.amounts::numeric[]
      from (
        select unnest(?::uuid[]) as entry_id, unnest(?::int[]) as revision,
          unnest(?::uuid[]) as evidence_id, unnest(?::timestamptz[]) as occurred_at,
          unnest(?::text[]) as kind, unnest(?::text[]) as state,
          unnest(?::int[]) as mapping_version, unnest(?::text[]) as rank,
          unnest(?::text[]) as market, unnest(?::text[]) as side, unnest(?::numeric[]) as price,
          unnest(?::numeric[]) as quantity, unnest(?::numeric[]) as quote_quantity,
          unnest(?::numeric[]) as fee, unnest(?::text[]) as fee_asset,
          unnest(?::text[]) as venue_ref, unnest(?::text[]) as order_ref,
          unnest(?::boolean[]) as maker, unnest(?::text[]) as network,
          unnest(?::bytea[]) as details, unnest(?::text[]) as domain,
          unnest(?::uuid[]) as facts_id, unnest(?::int[]) as first, unnest(?::int[]) as last,
          unnest(?::text[]) as amounts) e
      """;

  /**
   * Inserts the planned revisions; {@code details} holds the sealed details of each, or null, and
   * {@code moved} what each of them moves. Fails when one of them is there.
   */
  static void insert(
      TenantTx tx,
      Place place,
      List<Planned> plans,
      byte @Nullable [][] details,
      PostingArrays moved)
      throws SQLException {
    EntryColumns c = new EntryColumns(plans.size());
    for (int i = 0; i < plans.size(); i++) {
      c.set(i, plans.get(i));
      c.facts[i] = plans.get(i).facts(place.publicId());
    }
    tx.sql(INSERT)
        .bind(tx.tenant(), place.holder(), place.connection(), place.leaf(), place.recordedAt())
        .bind(DetailSealer.FORMAT)
        .bind(all(c.revisions), all(c.kinds), all(c.states), all(c.versions), all(c.markets))
        .bind(all(c.feeAssets), all(c.domains), moved.from, moved.to, moved.assets)
        .bind(c.ids, each(c.revisions), c.evidence, c.times, each(c.kinds), each(c.states))
        .bind(each(c.versions), c.ranks, each(c.markets), c.sides, c.prices, c.quantities)
        .bind(c.quotes, some(c.fees), each(c.feeAssets), some(c.venueRefs), some(c.orderRefs))
        .bind(some(c.makers), some(c.networks), details, each(c.domains), some(c.facts))
        .bind(moved.first, moved.last, moved.amounts)
        .update();
  }

  // A page's entries are mostly alike: what all of them say is sent once.
  private static <T> @Nullable T all(@Nullable T[] column) {
    return alike(column) ? column[0] : null;
  }

  private static <T> @Nullable T[] each(@Nullable T[] column) {
    return alike(column) ? Arrays.copyOf(column, 0) : column;
  }

  private static boolean alike(@Nullable Object[] column) {
    Object first = column[0];
    for (Object one : column) {
      if (!Objects.equals(one, first)) {
        return false;
      }
    }
    return true;
  }

  // Where an array ends nulls follow, so a column that no entry fills need not be sent.
  private static <T> @Nullable T[] some(@Nullable T[] column) {
    boolean any = Arrays.stream(column).anyMatch(Objects::nonNull);
    return any ? column : Arrays.copyOf(column, 0);
  }

  /** Links further evidence to entries. */
  static void link(TenantTx tx, long holder, List<Matching.Echo> echoes) throws SQLException {
    if (echoes.isEmpty()) {
      return;
    }
    tx.sql(
            """
            insert into entry_evidence (tenant_id, holder_id, entry_id, evidence_id)
            select ?::bigint, ?::bigint, * from unnest(?::uuid[], ?::uuid[])
            on conflict do nothing
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) echoes.stream().map(Matching.Echo::entry).toArray(UUID[]::new))
        .bind((Object) echoes.stream().map(Matching.Echo::evidence).toArray(UUID[]::new))
        .update();
  }

  /** The further evidence of these entries, and whose it is. */
  static Map<UUID, Set<UUID>> linked(TenantTx tx, long holder, Collection<UUID> entries)
      throws SQLException {
    Map<UUID, Set<UUID>> linked = new HashMap<>();
    if (entries.isEmpty()) {
      return linked;
    }
    tx.sql(
            """
            select l.evidence_id, l.entry_id from unnest(?::uuid[]) as asked(id)
            cross join lateral (
              select evidence_id, entry_id from entry_evidence
              where tenant_id = ? and holder_id = ? and entry_id = asked.id) l
            """)
        .bind((Object) entries.toArray(UUID[]::new))
        .bind(tx.tenant(), holder)
        .list(row ->
            linked
                .computeIfAbsent(row.getObject(1, UUID.class), _ -> new TreeSet<>())
                .add(row.getObject(2, UUID.class)));
    return linked;
  }

  /** Notes what came in the place of entries that were taken back. */
  static void succeed(TenantTx tx, long holder, Map<UUID, Set<UUID>> successors)
      throws SQLException {
    List<UUID> old = new ArrayList<>();
    List<UUID> young = new ArrayList<>();
    successors.forEach((before, after) ->
        after.forEach(id -> {
          old.add(before);
          young.add(id);
        }));
    if (old.isEmpty()) {
      return;
    }
    tx.sql(
            """
            insert into entry_successor (tenant_id, holder_id, entry_id, successor_id)
            select ?::bigint, ?::bigint, * from unnest(?::uuid[], ?::uuid[])
            on conflict do nothing
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) old.toArray(UUID[]::new))
        .bind((Object) young.toArray(UUID[]::new))
        .update();
  }

  /** A stored revision; postings are left empty. Null when there is none. */
  static @Nullable Row read(
      TenantTx tx, long holder, UUID id, int revision, Identity identity, List<Posting> postings)
      throws SQLException {
    return tx.sql(
            """
            select evidence_id, occurred_at, kind, state, mapping_version, rank, market, side, price,
              quantity, quote_quantity, fee, fee_asset, venue_ref, order_ref, maker, network, details,
              domain
            from entry where tenant_id = ? and holder_id = ? and entry_id = ? and revision = ?
            """)
        .bind(tx.tenant(), holder, id, revision)
        .first(row -> row(row, identity, postings));
  }

  private static Row row(ResultSet row, Identity identity, List<Posting> postings)
      throws SQLException {
    Identity ranked =
        new Identity(
            identity.fact(),
            identity.parts(),
            identity.second(),
            row.getString("rank"),
            identity.once());
    Entry entry =
        new Entry(
            EntryKind.of(row.getString("kind")),
            EntryState.of(row.getString("state")),
            Objects.requireNonNull(Sql.instant(row, "occurred_at")),
            ranked,
            terms(row),
            row.getString("network"),
            Map.of(),
            postings);
    return new Row(
        entry,
        row.getObject("evidence_id", UUID.class),
        row.getInt("mapping_version"),
        row.getBytes("details"),
        row.getString("domain"));
  }

  static Entry.@Nullable Terms terms(ResultSet row) throws SQLException {
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

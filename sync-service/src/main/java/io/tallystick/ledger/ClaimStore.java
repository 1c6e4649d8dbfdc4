package io.tallystick.ledger;

import io.tallystick.kernel.Frame;
import io.tallystick.ledger.Books.Place;
import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.OrderRow;
import io.tallystick.ledger.Reach.Period;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of claims. */
final class ClaimStore {
  private static final String LEG = "leg";
  private static final String ORDER = "order";

  private static final String HELD =
      """
      select claim_id, form, starts_at, ends_at, count, evidence_id, wallet, asset, quote_asset,
        amount, quote_amount, role, contra, kind, family, market, order_ref, entries, event_id
      from claim
      """;

  private ClaimStore() {}

  /** Whether the connection has any claims: without, nothing needs to be merged. */
  static boolean any(TenantTx tx, Place place) throws SQLException {
    return tx.sql(
                """
                select 1 from claim
                where tenant_id = ? and holder_id = ? and connection_id = ? limit 1
                """)
            .bind(tx.tenant(), place.holder(), place.connection())
            .first(row -> 1)
        != null;
  }

  /**
   * Adds claims, or sets how often they count and what their words mean by now. One without
   * evidence is only set to its count, if it is there.
   */
  static void put(TenantTx tx, Place place, List<Claimed> claims) throws SQLException {
    Map<UUID, Claimed> byKey = new LinkedHashMap<>();
    Map<UUID, Integer> counts = new LinkedHashMap<>();
    byte[] connection = Frame.of(place.publicId());
    for (Claimed claimed : claims) {
      UUID key = claimed.claim().key(connection);
      counts.put(key, claimed.count());
      if (claimed.evidence() != null) {
        byKey.put(key, claimed);
      }
    }
    counts.keySet().removeAll(byKey.keySet());
    recount(tx, place, counts);
    Columns c = new Columns(byKey.size(), connection);
    byKey.forEach(c::add);
    tx.sql(
            """
            insert into claim (tenant_id, holder_id, connection_id, claim_id, form, starts_at,
              ends_at, count, evidence_id, wallet, asset, quote_asset, amount, quote_amount,
              role, contra, kind, family, market, order_ref, event_id)
            select ?::bigint, ?::bigint, ?::bigint, * from unnest(?::uuid[], ?::text[],
              ?::timestamptz[], ?::timestamptz[], ?::int[], ?::uuid[], ?::text[], ?::text[],
              ?::text[], ?::numeric[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::text[],
              ?::text[], ?::text[], ?::uuid[])
            on conflict (tenant_id, holder_id, connection_id, claim_id)
              do update set count = excluded.count, role = excluded.role,
                contra = excluded.contra, kind = excluded.kind,
                event_id = coalesce(claim.event_id, excluded.event_id)
            """)
        .bind(tx.tenant(), place.holder(), place.connection())
        .bind(c.keys, c.forms, c.starts, c.ends, c.counts, c.evidence, c.wallets, c.assets)
        .bind(c.quoteAssets, c.amounts, c.quoteAmounts, c.roles, c.contras, c.kinds, c.families)
        .bind(c.markets, c.orderRefs, c.events)
        .update();
  }

  /** Sets how often claims count, those that are there; returns when they happened. */
  static List<Instant> recount(TenantTx tx, Place place, Map<UUID, Integer> counts)
      throws SQLException {
    List<Instant> moments = new ArrayList<>();
    tx.sql(
            """
            update claim c set count = r.count from unnest(?::uuid[], ?::int[]) as r(id, count)
            where c.tenant_id = ? and c.holder_id = ? and c.connection_id = ? and c.claim_id = r.id
            returning c.starts_at, c.ends_at
            """)
        .bind(counts.keySet().toArray(UUID[]::new), counts.values().toArray(Integer[]::new))
        .bind(tx.tenant(), place.holder(), place.connection())
        .list(row -> {
          moments.add(Objects.requireNonNull(Sql.instant(row, "starts_at")));
          return moments.add(Objects.requireNonNull(Sql.instant(row, "ends_at")));
        });
    return moments;
  }

  /** The claims that touch a period, those that count no more included. */
  static List<Held> within(TenantTx tx, Place place, Period period) throws SQLException {
    return tx.sql(
            HELD
                + """
                where tenant_id = ? and holder_id = ? and connection_id = ?
                  and starts_at <= ? and ends_at >= ?
                """)
        .bind(tx.tenant(), place.holder(), place.connection(), period.to(), period.from())
        .list(ClaimStore::held);
  }

  /** The claims that name one of these entries as their event, whenever they happened. */
  static List<Held> naming(TenantTx tx, Place place, Collection<UUID> entries) throws SQLException {
    if (entries.isEmpty()) {
      return List.of();
    }
    SlotStore.begin(tx);
    List<Held> naming =
        tx.sql(
                "select c.* from unnest(?::uuid[]) as asked(id) cross join lateral ("
                    + HELD
                    + """
                    where tenant_id = ? and holder_id = ? and connection_id = ?
                      and event_id = asked.id
                    order by evidence_id) c
                    """)
            .bind((Object) entries.toArray(UUID[]::new))
            .bind(tx.tenant(), place.holder(), place.connection())
            .list(ClaimStore::held);
    SlotStore.end(tx);
    return naming;
  }

  private static Held held(ResultSet row) throws SQLException {
    Instant from = Objects.requireNonNull(Sql.instant(row, "starts_at"));
    Instant to = Objects.requireNonNull(Sql.instant(row, "ends_at"));
    BigDecimal amount = row.getBigDecimal("amount");
    Claim claim =
        row.getString("form").equals(LEG)
            ? new Leg(
                from,
                row.getString("wallet"),
                row.getString("asset"),
                amount,
                Claim.Role.valueOf(row.getString("role")),
                row.getString("contra"),
                EntryKind.of(row.getString("kind")),
                row.getString("family"))
            : new OrderRow(
                from,
                to,
                row.getString("market"),
                row.getString("asset"),
                row.getString("quote_asset"),
                amount.signum() > 0,
                amount.abs(),
                row.getBigDecimal("quote_amount"),
                row.getString("order_ref"));
    return new Held(
        row.getObject("claim_id", UUID.class),
        claim,
        row.getInt("count"),
        row.getObject("evidence_id", UUID.class),
        Set.of((UUID[]) row.getArray("entries").getArray()),
        row.getObject("event_id", UUID.class));
  }

  /** Notes by which entries claims are booked now. */
  static void booked(TenantTx tx, Place place, Map<UUID, Set<UUID>> entries) throws SQLException {
    UUID[] keys = entries.keySet().toArray(UUID[]::new);
    String[] lists =
        entries.values().stream()
            .map(ids -> "{" + String.join(",", ids.stream().map(UUID::toString).toList()) + "}")
            .toArray(String[]::new);
    tx.sql(
            """
            update claim c set entries = r.entries::uuid[]
            from unnest(?::uuid[], ?::text[]) as r(claim_id, entries)
            where c.tenant_id = ? and c.holder_id = ? and c.connection_id = ?
              and c.claim_id = r.claim_id
            """)
        .bind((Object) keys)
        .bind((Object) lists)
        .bind(tx.tenant(), place.holder(), place.connection())
        .update();
  }

  /** The columns of claims, as arrays. */
  private static final class Columns {
    final UUID[] keys;
    final String[] forms;
    final OffsetDateTime[] starts;
    final OffsetDateTime[] ends;
    final Integer[] counts;
    final UUID[] evidence;
    final BigDecimal[] amounts;
    final @Nullable BigDecimal[] quoteAmounts;
    final @Nullable String[] wallets;
    final @Nullable String[] assets;
    final @Nullable String[] quoteAssets;
    final @Nullable String[] roles;
    final @Nullable String[] contras;
    final @Nullable String[] kinds;
    final @Nullable String[] families;
    final @Nullable String[] markets;
    final @Nullable String[] orderRefs;
    final @Nullable UUID[] events;
    private final byte[] connection;
    private int at;

    Columns(int n, byte[] connection) {
      this.connection = connection.clone();
      events = new UUID[n];
      keys = new UUID[n];
      forms = new String[n];
      starts = new OffsetDateTime[n];
      ends = new OffsetDateTime[n];
      counts = new Integer[n];
      evidence = new UUID[n];
      amounts = new BigDecimal[n];
      quoteAmounts = new BigDecimal[n];
      List<@Nullable String[]> texts = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        texts.add(new String[n]);
      }
      wallets = texts.get(0);
      assets = texts.get(1);
      quoteAssets = texts.get(2);
      roles = texts.get(3);
      contras = texts.get(4);
      kinds = texts.get(5);
      families = texts.get(6);
      markets = texts.get(7);
      orderRefs = texts.get(8);
    }

    void add(UUID key, Claimed claimed) {
      int i = at++;
      keys[i] = key;
      starts[i] = claimed.claim().from().atOffset(ZoneOffset.UTC);
      ends[i] = claimed.claim().to().atOffset(ZoneOffset.UTC);
      counts[i] = claimed.count();
      evidence[i] = Objects.requireNonNull(claimed.evidence());
      switch (claimed.claim()) {
        case Leg leg -> {
          forms[i] = LEG;
          wallets[i] = leg.wallet();
          assets[i] = leg.asset();
          amounts[i] = leg.change();
          roles[i] = leg.role().name();
          contras[i] = leg.contra();
          kinds[i] = leg.kind().code();
          families[i] = leg.family();
          events[i] = leg.event() == null ? null : leg.event().id(connection, 0);
        }
        case OrderRow row -> {
          forms[i] = ORDER;
          assets[i] = row.base();
          quoteAssets[i] = row.quote();
          amounts[i] = row.buy() ? row.quantity() : row.quantity().negate();
          quoteAmounts[i] = row.total();
          markets[i] = row.market();
          orderRefs[i] = row.orderRef();
        }
      }
    }
  }
}

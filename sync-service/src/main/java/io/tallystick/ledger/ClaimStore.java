package io.tallystick.ledger;

import io.tallystick.kernel.Frame;
import io.tallystick.ledger.Act.Change;
import io.tallystick.ledger.Books.Place;
import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.OrderRow;
import io.tallystick.ledger.Claim.Page;
import io.tallystick.ledger.Reach.Period;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of claims. */
final class ClaimStore {
  /** The forms that claims have. */
  enum Form {
    LEG,
    ACT,
    ORDER;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String HELD =
      """
      select claim_id, form, starts_at, ends_at, count, evidence_id, wallet, asset, quote_asset,
        amount, quote_amount, role, contra, kind, family, market, order_ref, entries, event_id,
        page, dictionary
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
    ClaimColumns c = new ClaimColumns(byKey.size(), connection);
    byKey.forEach(c::add);
    tx.sql(
            """
            insert into claim (tenant_id, holder_id, connection_id, claim_id, form, starts_at,
              ends_at, count, evidence_id, wallet, asset, quote_asset, amount, quote_amount,
              role, contra, kind, family, market, order_ref, event_id, page,
              dictionary)
            select ?::bigint, ?::bigint, ?::bigint, * from unnest(?::uuid[], ?::text[],
              ?::timestamptz[], ?::timestamptz[], ?::int[], ?::uuid[], ?::text[], ?::text[],
              ?::text[], ?::numeric[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::text[],
              ?::text[], ?::text[], ?::uuid[], ?::text[], ?::int[])
            on conflict (tenant_id, holder_id, connection_id, claim_id)
              do update set count = excluded.count, role = excluded.role,
                contra = excluded.contra, kind = excluded.kind,
                dictionary = excluded.dictionary,
                event_id = coalesce(claim.event_id, excluded.event_id)
            """)
        .bind(tx.tenant(), place.holder(), place.connection())
        .bind(c.keys, c.forms, c.starts, c.ends, c.counts, c.evidence, c.wallets, c.assets)
        .bind(c.quoteAssets, c.amounts, c.quoteAmounts, c.roles, c.contras, c.kinds, c.families)
        .bind(c.markets, c.orderRefs, c.events, c.pages, c.dictionaries)
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
                  and starts_at between ? and ?
                union all
                """
                + HELD
                + """
                where tenant_id = ? and holder_id = ? and connection_id = ?
                  and ends_at > starts_at and starts_at < ? and ends_at >= ?
                """)
        .bind(tx.tenant(), place.holder(), place.connection(), period.from(), period.to())
        .bind(tx.tenant(), place.holder(), place.connection(), period.from(), period.from())
        .list(ClaimStore::held);
  }

  /** The claims that name one of these entries as their event, whenever they happened. */
  static List<Held> naming(TenantTx tx, Place place, Collection<UUID> entries) throws SQLException {
    if (entries.isEmpty()) {
      return List.of();
    }
    tx.byKey();
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
    tx.freely();
    return naming;
  }

  private static Held held(ResultSet row) throws SQLException {
    Instant from = Objects.requireNonNull(Sql.instant(row, "starts_at"));
    Instant to = Objects.requireNonNull(Sql.instant(row, "ends_at"));
    String page = row.getString("page");
    Claim claim =
        switch (Form.valueOf(row.getString("form").toUpperCase(Locale.ROOT))) {
          case LEG -> leg(row, from, page == null ? null : new Page(page, null));
          case ACT -> act(row, from, new Page(Objects.requireNonNull(page), null));
          case ORDER -> order(row, from, to);
        };
    return new Held(
        row.getObject("claim_id", UUID.class),
        claim,
        row.getInt("count"),
        row.getObject("evidence_id", UUID.class),
        Set.of((UUID[]) row.getArray("entries").getArray()),
        row.getObject("event_id", UUID.class),
        Math.max(1, row.getInt("dictionary")));
  }

  private static Leg leg(ResultSet row, Instant at, @Nullable Page page) throws SQLException {
    return new Leg(
        at,
        row.getString("wallet"),
        row.getString("asset"),
        row.getBigDecimal("amount"),
        Claim.Role.valueOf(row.getString("role")),
        row.getString("contra"),
        EntryKind.of(row.getString("kind")),
        row.getString("family"),
        null,
        page);
  }

  private static Act act(ResultSet row, Instant at, Page page) throws SQLException {
    return new Act(
        at,
        row.getString("wallet"),
        new Change(row.getString("asset"), row.getBigDecimal("amount")),
        new Change(row.getString("quote_asset"), row.getBigDecimal("quote_amount")),
        Act.Tie.valueOf(row.getString("role")),
        row.getString("family"),
        page);
  }

  private static OrderRow order(ResultSet row, Instant from, Instant to) throws SQLException {
    BigDecimal amount = row.getBigDecimal("amount");
    return new OrderRow(
        from,
        to,
        row.getString("market"),
        row.getString("asset"),
        row.getString("quote_asset"),
        amount.signum() > 0,
        amount.abs(),
        row.getBigDecimal("quote_amount"),
        row.getString("order_ref"),
        // Those of the spot market were kept without one.
        Objects.requireNonNullElse(row.getString("wallet"), "spot"));
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
}

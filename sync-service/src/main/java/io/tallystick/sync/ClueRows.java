package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.ledger.Books;
import io.tallystick.sync.search.Clues;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Stream;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL of what tells where to look next. */
final class ClueRows {
  private ClueRows() {}

  /** Everything that points to markets of this stream. */
  static Clues clues(TenantTx tx, Link link, String stream) throws SQLException {
    Map<String, BigDecimal> residuals = new HashMap<>();
    Set<String> silent = new HashSet<>();
    Set<String> seen = new HashSet<>();
    for (Asset asset : assets(tx, link)) {
      seen.add(asset.code());
      if (asset.residual().signum() != 0) {
        residuals.put(asset.code(), asset.residual());
      }
      if (!asset.booked()) {
        silent.add(asset.code());
      }
    }
    return new Clues(
        seen,
        residuals,
        silent,
        moved(tx, link),
        Bookmarks.answered(tx, link, stream),
        Set.copyOf(Bookmarks.advanced(tx, link, stream)));
  }

  private record Asset(String code, BigDecimal residual, boolean booked) {}

  // Over all wallets: what only went from one to another is not for a market to explain.
  private static List<Asset> assets(TenantTx tx, Link link) throws SQLException {
    String prefix = "venue/" + Books.accountName(link.publicId()) + "/";
    return tx.sql(
            """
            with reported as (
              select asset_id, sum(free + locked + frozen + withdrawing) as total
              from reported_balance
              where tenant_id = ? and holder_id = ? and connection_id = ?
              group by 1),
            derived as (
              select b.asset_id, sum(b.delta) as total
              from account a join balance b on b.tenant_id = a.tenant_id
                and b.holder_id = a.holder_id and b.account_id = a.account_id
              where a.tenant_id = ? and a.holder_id = ? and starts_with(a.path, ?)
              group by 1),
            seen as (
              select asset_id from seen_asset
              where tenant_id = ? and holder_id = ? and connection_id = ?
              union select asset_id from reported union select asset_id from derived)
            select c.code, coalesce(r.total, 0) - coalesce(d.total, 0) as residual,
              d.asset_id is not null as booked
            from seen s join asset c on c.asset_id = s.asset_id
            left join reported r on r.asset_id = s.asset_id
            left join derived d on d.asset_id = s.asset_id
            """)
        .bind(tx.tenant(), link.holder(), link.id())
        .bind(tx.tenant(), link.holder(), prefix)
        .bind(tx.tenant(), link.holder(), link.id())
        .list(row -> new Asset(row.getString(1), row.getBigDecimal(2), row.getBoolean(3)));
  }

  private static Map<String, Instant> moved(TenantTx tx, Link link) throws SQLException {
    Map<String, Instant> moved = new HashMap<>();
    tx.sql(
            """
            select a.code, max(r.reported_at) as moved
            from reported_balance r join asset a on a.asset_id = r.asset_id
            where r.tenant_id = ? and r.holder_id = ? and r.connection_id = ?
            group by 1
            """)
        .bind(tx.tenant(), link.holder(), link.id())
        .list(
            row -> moved.put(row.getString(1), Objects.requireNonNull(Sql.instant(row, "moved"))));
    return moved;
  }

  /**
   * When balances last moved, and what may yet change without moving one.
   *
   * @param any any part of any balance; null when none was reported yet
   * @param locked a part that is locked in orders; null when none ever was
   * @param unsettled domains of which a record is booked that is still pending
   */
  record Movement(@Nullable Instant any, @Nullable Instant locked, Set<String> unsettled) {}

  static Movement movement(TenantTx tx, Link link) throws SQLException {
    Set<String> unsettled =
        Set.copyOf(
            tx.sql(
                    """
                    select distinct e.domain from entry e
                    where e.tenant_id = ? and e.holder_id = ? and e.connection_id = ?
                      and e.state = 'pending' and e.domain is not null
                      and (select true from entry l
                        where l.tenant_id = e.tenant_id and l.holder_id = e.holder_id
                          and l.entry_id = e.entry_id and l.revision > e.revision
                          and l.revision > 1 limit 1) is null
                    """)
                .bind(tx.tenant(), link.holder(), link.id())
                .list(row -> row.getString(1)));
    Movement movement =
        tx.sql(
                """
                select max(reported_at) as any, max(locked_at) as locked from reported_balance
                where tenant_id = ? and holder_id = ? and connection_id = ?
                """)
            .bind(tx.tenant(), link.holder(), link.id())
            .first(row ->
                new Movement(Sql.instant(row, "any"), Sql.instant(row, "locked"), unsettled));
    return movement == null ? new Movement(null, null, unsettled) : movement;
  }

  /** Markets that hold funds in an open order, as far as orders were read. */
  static List<String> openOrderMarkets(TenantTx tx, Link link) throws SQLException {
    return tx.sql(
            """
            select distinct market from trade_order
            where tenant_id = ? and holder_id = ? and connection_id = ? and open
            """)
        .bind(tx.tenant(), link.holder(), link.id())
        .list(row -> row.getString(1));
  }

  /** A part of a stream, by their names. */
  record Part(String stream, String partition) {}

  /** When each part of these streams last gave a whole answer, be it that there is no such list. */
  static Map<Part, Instant> answered(TenantTx tx, Link link, Collection<Stream> streams)
      throws SQLException {
    String[] names = streams.stream().map(Stream::name).toArray(String[]::new);
    Map<Part, Instant> answered = new HashMap<>();
    tx.sql(
            """
            select stream, partition, max(at) as at
            from (
              select stream, partition, drained_at as at from bookmark
              where tenant_id = ? and holder_id = ? and connection_id = ?
                and stream = any(?::text[])
              union all
              select stream, partition, coalesce(told_at, opened_at) from gap
              where tenant_id = ? and holder_id = ? and connection_id = ?
                and stream = any(?::text[])
                and reason in ('not-offered', 'closed-to-the-key', 'firewall')) a
            where at is not null
            group by 1, 2
            """)
        .bind(tx.tenant(), link.holder(), link.id())
        .bind((Object) names)
        .bind(tx.tenant(), link.holder(), link.id())
        .bind((Object) names)
        .list(row ->
            answered.put(
                new Part(row.getString(1), row.getString(2)),
                Objects.requireNonNull(Sql.instant(row, "at"))));
    return answered;
  }
}

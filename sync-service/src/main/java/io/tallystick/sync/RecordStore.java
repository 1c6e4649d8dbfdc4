package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.kernel.Digests;
import io.tallystick.ledger.Booking;
import io.tallystick.ledger.Telling;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Reading;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of what is read but not booked: orders, reported balances, assets seen. */
final class RecordStore {
  private static final String ANEW = Bookmarks.encode(new Bookmark.Snapshot(null));

  private RecordStore() {}

  /** Stores an order's present state, unless a later one is there. */
  static void order(TenantTx tx, Link link, Reading.Order order, UUID evidence)
      throws SQLException {
    tx.sql(
            """
            insert into trade_order as o (tenant_id, holder_id, connection_id, market, order_ref,
              evidence_id, side, type, status, open, price, quantity, filled, quote_filled,
              placed_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::numeric, ?, ?, ?::numeric, ?, ?)
            on conflict (tenant_id, holder_id, connection_id, market, order_ref) do update
              set evidence_id = excluded.evidence_id, type = excluded.type,
                status = excluded.status, open = excluded.open, price = excluded.price,
                quantity = excluded.quantity, filled = excluded.filled,
                quote_filled = excluded.quote_filled, updated_at = excluded.updated_at
              where o.updated_at <= excluded.updated_at
            """)
        .bind(tx.tenant(), link.holder(), link.id(), order.market(), order.orderRef(), evidence)
        .bind(order.side(), order.type(), order.status(), order.open(), order.price())
        .bind(order.quantity(), order.filled(), order.quoteFilled())
        .bind(order.placedAt(), order.updatedAt())
        .update();
  }

  /**
   * Stores what the venue reports of one wallet; writes only what differs. What the venue told of a
   * later time than that at which it was asked stands.
   *
   * @param asked when the venue was asked, by its own clock, which is the news' too
   * @return whether news stands, which may be taken back unheard: the next report counts as new
   */
  static boolean balances(
      TenantTx tx, Link link, Reading.BalancesSeen seen, UUID evidence, Instant asked, Instant at)
      throws SQLException {
    for (Reading.Balance balance : seen.balances()) {
      tx.sql(
              """
              insert into reported_balance as b (tenant_id, holder_id, connection_id, wallet,
                asset_id, evidence_id, free, locked, frozen, withdrawing, reported_at, told_at,
                locked_at)
              values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              on conflict (tenant_id, holder_id, connection_id, wallet, asset_id) do update
                set evidence_id = excluded.evidence_id, free = excluded.free,
                  locked = excluded.locked, frozen = excluded.frozen,
                  withdrawing = excluded.withdrawing, reported_at = excluded.reported_at,
                  told_at = excluded.told_at,
                  locked_at = case when b.locked = excluded.locked then b.locked_at
                    else excluded.reported_at end
                where (b.told_at is null or b.told_at <= excluded.told_at)
                  and (b.free, b.locked, b.frozen, b.withdrawing) is distinct from
                    (excluded.free, excluded.locked, excluded.frozen, excluded.withdrawing)
              """)
          .bind(tx.tenant(), link.holder(), link.id(), seen.wallet(), key(balance.asset()))
          .bind(evidence, balance.free(), balance.locked(), balance.frozen())
          .bind(balance.withdrawing(), at, asked, balance.locked().signum() == 0 ? null : at)
          .update();
    }
    wallet(tx, link, seen, evidence, at);
    if (seen.complete()) {
      Long[] present =
          seen.balances().stream().map(balance -> key(balance.asset())).toArray(Long[]::new);
      tx.sql(
              """
              update reported_balance set evidence_id = ?, free = 0, locked = 0, frozen = 0,
                withdrawing = 0, reported_at = ?, told_at = ?,
                locked_at = case when locked = 0 then locked_at else ? end
              where tenant_id = ? and holder_id = ? and connection_id = ? and wallet = ?
                and asset_id <> all(?::bigint[]) and free + locked + frozen + withdrawing <> 0
                and (told_at is null or told_at <= ?)
              """)
          .bind(evidence, at, asked, at, tx.tenant(), link.holder(), link.id(), seen.wallet())
          .bind((Object) present)
          .bind(asked)
          .update();
    }
    return Boolean.TRUE.equals(
        tx.sql(
                """
                select exists (
                  select 1 from reported_balance
                  where tenant_id = ? and holder_id = ? and connection_id = ? and wallet = ?
                    and told_at > ?)
                """)
            .bind(tx.tenant(), link.holder(), link.id(), seen.wallet(), asked)
            .first(row -> row.getBoolean(1)));
  }

  private static void wallet(
      TenantTx tx, Link link, Reading.BalancesSeen seen, UUID evidence, Instant at)
      throws SQLException {
    tx.sql(
            """
            insert into reported_wallet (tenant_id, holder_id, connection_id, wallet, complete,
              evidence_id, reported_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, holder_id, connection_id, wallet) do update
              set complete = excluded.complete, evidence_id = excluded.evidence_id,
                reported_at = excluded.reported_at
            """)
        .bind(tx.tenant(), link.holder(), link.id(), seen.wallet(), seen.complete())
        .bind(evidence, at)
        .update();
  }

  /** Notes assets the account has touched; these steer the search for trades. */
  static void assets(TenantTx tx, Link link, Collection<String> codes, Instant at)
      throws SQLException {
    SortedSet<String> sorted = new TreeSet<>(codes);
    if (sorted.isEmpty()) {
      return;
    }
    Long[] keys = sorted.stream().map(RecordStore::key).toArray(Long[]::new);
    String[] names = sorted.toArray(String[]::new);
    tx.sql(
            """
            insert into asset (asset_id, code)
            select * from unnest(?::bigint[], ?::text[]) as a(id, code) order by id
            on conflict (asset_id) do nothing
            """)
        .bind(keys, names)
        .update();
    tx.sql(
            """
            insert into seen_asset (tenant_id, holder_id, connection_id, asset_id, first_seen)
            select ?::bigint, ?::bigint, ?::bigint, id, ?::timestamptz
            from unnest(?::bigint[]) as a(id) on conflict do nothing
            """)
        .bind(tx.tenant(), link.holder(), link.id(), at)
        .bind((Object) keys)
        .update();
  }

  /** Assets whose derived and reported balances differ in some wallet. */
  static List<String> residuals(TenantTx tx, Link link, String accountPrefix) throws SQLException {
    return tx.sql(
            """
            with reported as (
              select wallet, asset_id, free + locked + frozen + withdrawing as total
              from reported_balance
              where tenant_id = ? and holder_id = ? and connection_id = ?),
            derived as (
              select substr(a.path, length(?) + 1) as wallet, b.asset_id, sum(b.delta) as total
              from account a join balance b on b.tenant_id = a.tenant_id
                and b.holder_id = a.holder_id and b.account_id = a.account_id
              where a.tenant_id = ? and a.holder_id = ? and starts_with(a.path, ?)
              group by 1, 2)
            select distinct s.code
            from reported r full join derived d
              on d.wallet = r.wallet and d.asset_id = r.asset_id
            join asset s on s.asset_id = coalesce(r.asset_id, d.asset_id)
            where coalesce(r.total, 0) <> coalesce(d.total, 0)
            """)
        .bind(tx.tenant(), link.holder(), link.id(), accountPrefix)
        .bind(tx.tenant(), link.holder(), accountPrefix)
        .list(row -> row.getString(1));
  }

  /** When the connection was first listened to; null when it never was. */
  static @Nullable Instant since(TenantTx tx, Link link) throws SQLException {
    return tx.sql(
            """
            select since from live_lease
            where tenant_id = ? and holder_id = ? and connection_id = ?
            """)
        .bind(tx.tenant(), link.holder(), link.id())
        .first(row -> Objects.requireNonNull(Sql.instant(row, "since")));
  }

  /** The booking of a listed record, which may have been heard; clocks differ, but not by a day. */
  static Booking telling(@Nullable Instant since, Booking booking) {
    boolean may =
        since != null && booking.entry().occurredAt().isAfter(since.minus(Duration.ofDays(1)));
    return may ? booking.as(Telling.LISTED) : booking;
  }

  /**
   * Stores two parts of reported balances; the others stay. A report that is newer, which may have
   * been read while the news was on its way, stands; so does news of a later time of the venue. The
   * wallet's next report is taken for new whatever it says: what was heard may have been taken back
   * while nobody listened.
   */
  static void parts(
      TenantTx tx, Link link, Reading.PartsSeen seen, UUID evidence, Instant receivedAt)
      throws SQLException {
    for (Reading.Part part : seen.parts()) {
      tx.sql(
              """
              insert into reported_balance as b (tenant_id, holder_id, connection_id, wallet,
                asset_id, evidence_id, free, locked, frozen, withdrawing, reported_at, told_at,
                locked_at)
              values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)
              on conflict (tenant_id, holder_id, connection_id, wallet, asset_id) do update
                set evidence_id = excluded.evidence_id, free = excluded.free,
                  locked = excluded.locked, reported_at = excluded.reported_at,
                  told_at = excluded.told_at,
                  locked_at = case when b.locked = excluded.locked then b.locked_at
                    else excluded.reported_at end
                where coalesce(b.told_at, b.reported_at) <= excluded.told_at
              """)
          .bind(tx.tenant(), link.holder(), link.id(), seen.wallet())
          .bind(key(part.asset()), evidence, part.free(), part.locked())
          .bind(receivedAt, seen.at(), part.locked().signum() == 0 ? null : receivedAt)
          .update();
    }
    tx.sql(
            """
            update bookmark set position = ?
            where tenant_id = ? and holder_id = ? and connection_id = ? and position <> ?
              and stream in (select e.stream from reported_wallet w join evidence e
                on e.tenant_id = w.tenant_id and e.holder_id = w.holder_id
                  and e.evidence_id = w.evidence_id
                where w.tenant_id = ? and w.holder_id = ? and w.connection_id = ?
                  and w.wallet = ?)
            """)
        .bind(ANEW, tx.tenant(), link.holder(), link.id(), ANEW)
        .bind(tx.tenant(), link.holder(), link.id(), seen.wallet())
        .update();
  }

  private static long key(String asset) {
    return Digests.key63("asset", asset);
  }
}

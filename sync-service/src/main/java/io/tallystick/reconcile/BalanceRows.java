package io.tallystick.reconcile;

import io.tallystick.reconcile.Line.Reported;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of balances: sums of months, the rest of a month from postings, what was reported. */
final class BalanceRows {
  private BalanceRows() {}

  static List<Line> compare(TenantTx tx, long holder, long connection, String prefix)
      throws SQLException {
    return tx.sql(
            """
            with place as (
              select account_id, substr(path, length(?) + 1) as wallet from account
              where tenant_id = ? and holder_id = ? and starts_with(path, ?)),
            derived as (
              select p.wallet, b.asset_id, sum(b.delta) as amount
              from place p join balance b on b.account_id = p.account_id
              where b.tenant_id = ? and b.holder_id = ?
              group by p.wallet, b.asset_id),
            reported as (
              select wallet, asset_id, free, locked, frozen, withdrawing, reported_at
              from reported_balance
              where tenant_id = ? and holder_id = ? and connection_id = ?),
            heard as (
              select wallet, reported_at as at from reported_wallet
              where tenant_id = ? and holder_id = ? and connection_id = ? and complete)
            select coalesce(r.wallet, d.wallet) as wallet, a.code, r.free, r.locked, r.frozen,
              r.withdrawing, coalesce(r.reported_at, h.at) as at, coalesce(d.amount, 0) as derived
            from reported r
            full join derived d on d.wallet = r.wallet and d.asset_id = r.asset_id
            join asset a on a.asset_id = coalesce(r.asset_id, d.asset_id)
            left join heard h on h.wallet = coalesce(r.wallet, d.wallet)
            """)
        .bind(prefix, tx.tenant(), holder, prefix, tx.tenant(), holder)
        .bind(tx.tenant(), holder, connection)
        .bind(tx.tenant(), holder, connection)
        .list(row ->
            new Line(
                row.getString("wallet"),
                row.getString("code"),
                reported(row),
                row.getBigDecimal("derived")));
  }

  /**
   * Whole months from their sums, the month of the instant from its postings. What is current is a
   * scalar subquery on purpose: without statistics a join would compare each entry with all.
   */
  static List<Line> asOf(TenantTx tx, long holder, String prefix, Instant instant)
      throws SQLException {
    LocalDate month = instant.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    Instant start = month.atStartOfDay(ZoneOffset.UTC).toInstant();
    return tx.sql(
            """
            with place as (
              select account_id, substr(path, length(?) + 1) as wallet from account
              where tenant_id = ? and holder_id = ? and starts_with(path, ?)),
            tail as (
              -- what a revision moved, the next one took back
              select unnest(e.from_accounts) as from_account, unnest(e.to_accounts) as to_account,
                unnest(e.asset_ids) as asset_id, unnest(e.amounts) as amount
              from entry e
              where e.tenant_id = ? and e.holder_id = ? and e.occurred_at >= ?
                and e.occurred_at <= ?
                and (select true from entry n where n.tenant_id = e.tenant_id
                  and n.holder_id = e.holder_id and n.entry_id = e.entry_id
                  and n.revision > e.revision and n.revision > 1 limit 1) is null),
            moved as (
              select b.account_id, b.asset_id, b.delta as amount from balance b
              where b.tenant_id = ? and b.holder_id = ? and b.bucket < ?
              union all
              select to_account, asset_id, amount from tail
              union all
              select from_account, asset_id, -amount from tail)
            select p.wallet, a.code, sum(m.amount) as derived
            from place p join moved m on m.account_id = p.account_id
            join asset a on a.asset_id = m.asset_id
            group by p.wallet, a.code
            """)
        .bind(prefix, tx.tenant(), holder, prefix)
        .bind(tx.tenant(), holder, start, instant)
        .bind(tx.tenant(), holder, month)
        .list(row ->
            new Line(
                row.getString("wallet"),
                row.getString("code"),
                null,
                row.getBigDecimal("derived")));
  }

  // A complete report names what is there: an asset that it does not name is zero in the wallet.
  private static @Nullable Reported reported(ResultSet row) throws SQLException {
    OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
    return at == null
        ? null
        : new Reported(
            orZero(row.getBigDecimal("free")),
            orZero(row.getBigDecimal("locked")),
            orZero(row.getBigDecimal("frozen")),
            orZero(row.getBigDecimal("withdrawing")),
            at.toInstant());
  }

  private static BigDecimal orZero(@Nullable BigDecimal amount) {
    return amount == null ? BigDecimal.ZERO : amount;
  }
}

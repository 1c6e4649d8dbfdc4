package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.kernel.Digests;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Reading;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** The SQL of what is read beside orders and present balances: past balances, and plans. */
final class SurfaceStore {
  private SurfaceStore() {}

  /** Stores what a wallet held at an instant; said once, it stays. */
  static void point(TenantTx tx, Link link, Reading.BalancesAt seen, UUID evidence)
      throws SQLException {
    String[] names = seen.balances().stream().map(Reading.Balance::asset).toArray(String[]::new);
    Long[] keys =
        seen.balances().stream()
            .map(balance -> Digests.key63("asset", balance.asset()))
            .toArray(Long[]::new);
    BigDecimal[] totals =
        seen.balances().stream().map(Reading.Balance::total).toArray(BigDecimal[]::new);
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
            insert into balance_point (tenant_id, holder_id, connection_id, wallet, at, asset_id,
              total, evidence_id)
            select ?::bigint, ?::bigint, ?::bigint, ?::text, ?::timestamptz, b.id, b.total, ?::uuid
            from unnest(?::bigint[], ?::numeric[]) as b(id, total) on conflict do nothing
            """)
        .bind(tx.tenant(), link.holder(), link.id(), seen.wallet(), seen.at(), evidence)
        .bind(keys, totals)
        .update();
  }

  /** Stores a plan's present state. */
  static void plan(TenantTx tx, Link link, Reading.Plan plan, UUID evidence, Instant at)
      throws SQLException {
    tx.sql(
            """
            insert into plan (tenant_id, holder_id, connection_id, plan_ref, evidence_id, status,
              active, source, target, amount, cycle, cycle_hours, next_at, seen_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, holder_id, connection_id, plan_ref) do update
              set evidence_id = excluded.evidence_id, status = excluded.status,
                active = excluded.active, source = excluded.source, target = excluded.target,
                amount = excluded.amount, cycle = excluded.cycle,
                cycle_hours = excluded.cycle_hours, next_at = excluded.next_at,
                seen_at = excluded.seen_at
            """)
        .bind(tx.tenant(), link.holder(), link.id(), plan.ref(), evidence)
        .bind(plan.status(), plan.active(), plan.source(), plan.target(), plan.amount())
        .bind(plan.cycle(), plan.hours(), plan.next(), at)
        .update();
  }
}

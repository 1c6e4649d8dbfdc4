package io.tallystick.reconcile;

import io.tallystick.kernel.Digests;
import io.tallystick.records.BookedAccount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** Puts into an account what a sync would have left behind. */
final class Traces {
  private static final Instant START = Instant.parse("2026-01-15T00:00:00Z");

  private Traces() {}

  static void report(BookedAccount account, String asset, String amount) {
    account.run(
        """
        insert into reported_balance (tenant_id, holder_id, connection_id, wallet, asset_id,
          evidence_id, free, locked, frozen, withdrawing, reported_at)
        values (?, ?, ?, 'spot', ?, ?, ?, 0, 0, 0, ?)
        """,
        account.connection.key(),
        Digests.key63("asset", asset),
        new UUID(1, 2),
        new BigDecimal(amount),
        START);
  }

  static void run(BookedAccount account, String state) {
    Instant now = Instant.now();
    account.run(
        """
        insert into sync_run (tenant_id, holder_id, run_id, connection_id, trigger, state,
          started_at, updated_at)
        values (?, ?, ?, ?, 'schedule', ?, ?, ?)
        """,
        UUID.randomUUID(),
        account.connection.key(),
        state,
        now,
        now);
  }

  static void gap(
      BookedAccount account, int number, String domain, String market, Instant closedAt) {
    account.run(
        """
        insert into gap (tenant_id, holder_id, gap_id, connection_id, domain, stream, partition,
          reason, from_at, to_at, remedy, evidence_id, opened_at, closed_at)
        values (?, ?, ?, ?, ?, ?, ?, 'market-refused', null, null, 'Import it.', ?, ?,
          ?::timestamptz)
        """,
        new UUID(5, number),
        account.connection.key(),
        domain,
        "spot-" + domain,
        market,
        new UUID(9, number),
        START.plusSeconds(number),
        closedAt);
  }
}

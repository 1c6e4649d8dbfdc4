package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.kernel.Digests;
import io.tallystick.ledger.Booking;
import io.tallystick.ledger.Telling;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Reading;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of news as pages meet it: since when there is any, and balances told in part. */
final class NewsStore {
  private NewsStore() {}

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
   * been read while the news was on its way, stands.
   */
  static void parts(
      TenantTx tx, Link link, Reading.PartsSeen seen, UUID evidence, Instant receivedAt)
      throws SQLException {
    for (Reading.Part part : seen.parts()) {
      tx.sql(
              """
              insert into reported_balance as b (tenant_id, holder_id, connection_id, wallet,
                asset_id, evidence_id, free, locked, frozen, withdrawing, reported_at)
              values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)
              on conflict (tenant_id, holder_id, connection_id, wallet, asset_id) do update
                set evidence_id = excluded.evidence_id, free = excluded.free,
                  locked = excluded.locked, reported_at = excluded.reported_at
                where (b.free, b.locked) is distinct from (excluded.free, excluded.locked)
                  and b.reported_at <= ?
              """)
          .bind(tx.tenant(), link.holder(), link.id(), seen.wallet())
          .bind(Digests.key63("asset", part.asset()), evidence, part.free(), part.locked())
          .bind(receivedAt, seen.at())
          .update();
    }
  }
}

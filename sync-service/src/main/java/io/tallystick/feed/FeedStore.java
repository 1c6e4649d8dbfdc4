package io.tallystick.feed;

import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The SQL of the feed. */
final class FeedStore {
  // "tallyfed" in ASCII: every process of an installation asks for this lock.
  private static final long LOCK = 0x74616c6c79666564L;

  private FeedStore() {}

  /**
   * What one transaction wrote, in the feed.
   *
   * @param last the position of its last change
   * @param changes how many there are
   * @param passEnd the last position that became visible together with it
   */
  record Page(long last, int changes, long holder, UUID leaf, Instant recordedAt, long passEnd) {
    /** The position before its first change. */
    long base() {
      return last - changes;
    }
  }

  /** The tenants for whom something waits. */
  static List<Long> waiting(SequencerTx tx) throws SQLException {
    return tx.sql("select distinct tenant_id from outbox").list(row -> row.getLong(1));
  }

  /**
   * Takes the lock of the feed for this transaction; false when another sequencer is at work. The
   * statement stands alone, so that what follows sees everything that the one before committed.
   */
  static boolean alone(TenantTx tx) throws SQLException {
    return tx.tryLock(LOCK);
  }

  /**
   * Moves what waits for this tenant into the feed, in the order of arrival among what is visible;
   * returns how many rows were moved. Only under the lock: the head is read, not locked.
   */
  static int number(TenantTx tx, int most) throws SQLException {
    return tx.sql(
            """
            with taken as (
              delete from outbox
              where tenant_id = ? and (holder_id, leaf_id, recorded_at) in (
                select holder_id, leaf_id, recorded_at from outbox
                where tenant_id = ? order by arrival limit ?)
              returning holder_id, leaf_id, recorded_at, changes, arrival),
            head as (
              select coalesce(max(last_position), 0) as position from feed where tenant_id = ?)
            insert into feed (tenant_id, last_position, changes, holder_id, leaf_id, recorded_at,
              pass_end)
            select ?, h.position + sum(t.changes) over (order by t.arrival), t.changes,
              t.holder_id, t.leaf_id, t.recorded_at, h.position + sum(t.changes) over ()
            from taken t cross join head h
            """)
        .bind(tx.tenant(), tx.tenant(), most, tx.tenant(), tx.tenant())
        .update();
  }

  /** The last position of the tenant; zero when nothing was ever written. */
  static long head(TenantTx tx) throws SQLException {
    return Objects.requireNonNull(
        tx.sql("select coalesce(max(last_position), 0) from feed where tenant_id = ?")
            .bind(tx.tenant())
            .first(row -> row.getLong(1)));
  }

  /** The pages behind a position, in order; each has one change at least. */
  static List<Page> after(TenantTx tx, long position, int most) throws SQLException {
    return tx.sql(
            """
            select last_position, changes, holder_id, leaf_id, recorded_at, pass_end from feed
            where tenant_id = ? and last_position > ? order by last_position limit ?
            """)
        .bind(tx.tenant(), position, most)
        .list(row ->
            new Page(
                row.getLong("last_position"),
                row.getInt("changes"),
                row.getLong("holder_id"),
                row.getObject("leaf_id", UUID.class),
                Objects.requireNonNull(Sql.instant(row, "recorded_at")),
                row.getLong("pass_end")));
  }
}

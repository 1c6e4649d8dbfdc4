package io.tallystick.retention;

import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.RetentionClass;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The SQL of retention: what was erased, what is held, and whose time may be over. */
final class RetentionStore {
  private RetentionStore() {}

  /**
   * A class that was erased, or is being erased.
   *
   * @param doneAt null while its key is being destroyed
   */
  record Erased(
      RetentionClass retention, Instant requestedAt, @Nullable Instant doneAt, long removed) {}

  /** A holder whose erasure is under way, or was cut off. */
  record Open(long tenant, long holder) {}

  /**
   * A legal hold.
   *
   * @param liftedAt null while it is set
   */
  record Hold(
      long holder,
      long hold,
      byte[] reasonSealed,
      Instant setAt,
      long setBy,
      @Nullable Instant liftedAt,
      @Nullable Long liftedBy) {}

  /**
   * A holder all of whose consents have ended, or who never gave one.
   *
   * @param jurisdictions of his consents; none where there is no consent
   * @param end the last of their ends, or the last time that anything was done for him
   * @param deletion whether what he said last, after he last consented, was that he wants it
   *     deleted
   */
  record Ended(
      long holder,
      List<String> jurisdictions,
      Instant end,
      boolean deletion,
      boolean held,
      List<RetentionClass> erased) {}

  /**
   * What is processed for a purpose under the consents that are in force now.
   *
   * @param recipients keys of clients
   */
  record Purpose(
      String purpose,
      long holders,
      List<String> domains,
      List<Long> recipients,
      List<String> jurisdictions,
      List<String> bases) {}

  /** The purposes that consents in force name, in order. */
  static List<Purpose> purposes(TenantTx tx) throws SQLException {
    return tx.sql(
            """
            select p.purpose, count(distinct c.holder_id) as holders,
              array_agg(distinct d.domain) as domains,
              array_agg(distinct r.client) as recipients,
              array_agg(distinct c.jurisdiction) as jurisdictions,
              array_agg(distinct c.lawful_basis) as bases
            from consent c cross join unnest(c.purposes) as p(purpose)
              cross join unnest(c.domains) as d(domain)
              cross join unnest(c.recipients) as r(client)
            where c.tenant_id = ? and c.state in ('active', 'paused')
              and c.expires_at > clock_timestamp()
            group by p.purpose order by p.purpose
            """)
        .bind(tx.tenant())
        .list(row ->
            new Purpose(
                row.getString("purpose"),
                row.getLong("holders"),
                List.of((String[]) row.getArray("domains").getArray()),
                List.of((Long[]) row.getArray("recipients").getArray()),
                List.of((String[]) row.getArray("jurisdictions").getArray()),
                List.of((String[]) row.getArray("bases").getArray())));
  }

  /** The classes of a holder that stand erased, in order of time. */
  static List<Erased> erased(TenantTx tx, long holder) throws SQLException {
    return tx.sql(
            """
            select class, requested_at, done_at, removed from erased_class
            where tenant_id = ? and holder_id = ? and renewed_at is null
            order by requested_at, class
            """)
        .bind(tx.tenant(), holder)
        .list(row ->
            new Erased(
                retention(row.getString("class")),
                Objects.requireNonNull(Sql.instant(row, "requested_at")),
                Sql.instant(row, "done_at"),
                row.getLong("removed")));
  }

  /** Begins the erasure of a class, unless it stands begun or done. */
  static void begin(
      TenantTx tx, long holder, RetentionClass retention, Instant at, String cause, long client)
      throws SQLException {
    tx.sql(
            """
            insert into erased_class (tenant_id, holder_id, class, requested_at, cause, requested_by)
            values (?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """)
        .bind(tx.tenant(), holder, retention.code(), at, cause, client)
        .update();
  }

  /**
   * Removes the rows of a class whose key is gone and says so; how many went, or -1: done before.
   */
  static long finish(TenantTx tx, long holder, RetentionClass retention) throws SQLException {
    boolean open =
        !tx.sql(
                """
                select from erased_class
                where tenant_id = ? and holder_id = ? and class = ? and renewed_at is null
                  and done_at is null
                for update
                """)
            .bind(tx.tenant(), holder, retention.code())
            .list(row -> true)
            .isEmpty();
    if (!open) {
      return -1;
    }
    long removed =
        Objects.requireNonNull(
            tx.sql("select remove_erased(?, ?)")
                .bind(holder, retention.code())
                .first(row -> row.getLong(1)));
    tx.sql(
            """
            update erased_class set done_at = clock_timestamp(), removed = ?
            where tenant_id = ? and holder_id = ? and class = ? and renewed_at is null
              and done_at is null
            """)
        .bind(removed, tx.tenant(), holder, retention.code())
        .update();
    return removed;
  }

  /** Holders of any tenant for whom an erasure was begun and is not done. */
  static List<Open> open(SequencerTx tx) throws SQLException {
    return tx.sql(
            """
            select distinct tenant_id, holder_id from erased_class
            where done_at is null order by tenant_id, holder_id
            """)
        .list(row -> new Open(row.getLong(1), row.getLong(2)));
  }

  /** Lets erased classes of a holder begin anew. */
  static void renew(TenantTx tx, long holder, List<RetentionClass> classes) throws SQLException {
    tx.sql(
            """
            update erased_class set renewed_at = clock_timestamp()
            where tenant_id = ? and holder_id = ? and renewed_at is null and class = any(?)
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) classes.stream().map(RetentionClass::code).toArray(String[]::new))
        .update();
  }

  /** Sets a hold. */
  static void set(TenantTx tx, Hold hold) throws SQLException {
    tx.sql(
            """
            insert into legal_hold (tenant_id, holder_id, hold_id, reason_sealed, set_at, set_by)
            values (?, ?, ?, ?, ?, ?)
            """)
        .bind(tx.tenant(), hold.holder(), hold.hold(), hold.reasonSealed())
        .bind(hold.setAt(), hold.setBy())
        .update();
  }

  /** Lifts a hold; false when there is none that is set. */
  static boolean lift(TenantTx tx, long holder, long hold, long client) throws SQLException {
    return tx.sql(
                """
                update legal_hold set lifted_at = clock_timestamp(), lifted_by = ?
                where tenant_id = ? and holder_id = ? and hold_id = ? and lifted_at is null
                """)
            .bind(client, tx.tenant(), holder, hold)
            .update()
        == 1;
  }

  /** All holds of a holder, the first one first. */
  static List<Hold> holds(TenantTx tx, long holder) throws SQLException {
    return tx.sql(
            """
            select hold_id, reason_sealed, set_at, set_by, lifted_at, lifted_by from legal_hold
            where tenant_id = ? and holder_id = ? order by set_at, hold_id
            """)
        .bind(tx.tenant(), holder)
        .list(row ->
            new Hold(
                holder,
                row.getLong("hold_id"),
                row.getBytes("reason_sealed"),
                Objects.requireNonNull(Sql.instant(row, "set_at")),
                row.getLong("set_by"),
                Sql.instant(row, "lifted_at"),
                row.getObject("lifted_by", Long.class)));
  }

  /** Locks the holder's row, so that holds and erasures of one holder come one after the other. */
  static void alone(TenantTx tx, long holder) throws SQLException {
    // A hash, for a row lock would need the right to change holders.
    tx.sql("select pg_advisory_xact_lock(?, ?)")
        .bind(0x7265, Long.hashCode(holder))
        .list(row -> true);
  }

  static RetentionClass retention(String code) {
    return RetentionClass.valueOf(code.toUpperCase(Locale.ROOT));
  }
}

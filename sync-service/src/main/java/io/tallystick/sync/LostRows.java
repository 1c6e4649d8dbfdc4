package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Fetch.Loss;
import io.tallystick.venue.Fetch.Lost;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * States what the venue will never tell, less what it told in time: a walk that begins anew meets a
 * horizon that has moved on, and what lies behind it now was read before.
 */
final class LostRows {
  /**
   * What of a bookmark's part was walked to its end, this far into the present walk; takes the
   * first instant of which the list ever tells. Two days less than it was drained: so far back at
   * most does a bookmark rest, and what comes after that is read once more.
   */
  static final String KNOWN =
      """
      known + case
        when greatest(read_from, ?::timestamptz) < drained_at - interval '48 hours'
        then tstzmultirange(tstzrange(
          date_trunc('milliseconds', greatest(read_from, ?::timestamptz)),
          drained_at - interval '48 hours', '[]'))
        else '{}' end
      """;

  private LostRows() {}

  /**
   * States these periods as far as nobody read them. To be called before the page is noted as read.
   */
  static void state(TenantTx tx, Link link, Source source, List<Lost> periods, Instant at)
      throws SQLException {
    for (Lost period : periods) {
      for (Lost missed : unread(tx, link, source, period)) {
        if (missed.why() == Loss.SATURATED || !widened(tx, link, source, missed, at)) {
          Gaps.open(tx, Gaps.Missing.of(link, source, missed), at);
        }
      }
    }
  }

  private static List<Lost> unread(TenantTx tx, Link link, Source source, Lost period)
      throws SQLException {
    Instant since = source.stream().tellsSince();
    return tx.sql(
            "select lower(missed) as since, upper(missed) as until from unnest("
                + "tstzmultirange(tstzrange(?, ?, '[]')) - coalesce((select "
                + KNOWN
                + """
                from bookmark
                where tenant_id = ? and holder_id = ? and connection_id = ?
                  and stream = ? and partition = ?), '{}')) as missed
                order by 1
                """)
        .bind(period.from(), period.to(), since, since)
        .bind(tx.tenant(), link.holder(), link.id(), source.stream().name(), source.partition())
        .list(row ->
            new Lost(
                period.why(),
                Objects.requireNonNull(Sql.instant(row, "since")),
                Objects.requireNonNull(Sql.instant(row, "until"))));
  }

  /**
   * Makes a gap that is open longer by what goes on where it ends, so that a time has one gap;
   * false when there is none that the period touches.
   */
  private static boolean widened(TenantTx tx, Link link, Source source, Lost missed, Instant at)
      throws SQLException {
    record Open(UUID id, Instant from, Instant to) {}
    List<Open> touched =
        tx.sql(
                """
                select gap_id, from_at, to_at from gap
                where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
                  and partition = ? and reason = ? and closed_at is null
                  and from_at <= ? and to_at >= ?
                order by opened_at, gap_id
                """)
            .bind(tx.tenant(), link.holder(), link.id(), source.stream().name())
            .bind(source.partition(), Gaps.Reason.BEYOND_RETENTION.code())
            .bind(missed.to(), missed.from())
            .list(row ->
                new Open(
                    row.getObject("gap_id", UUID.class),
                    Objects.requireNonNull(Sql.instant(row, "from_at")),
                    Objects.requireNonNull(Sql.instant(row, "to_at"))));
    if (touched.isEmpty()) {
      return false;
    }
    Instant from = missed.from();
    Instant to = missed.to();
    for (Open gap : touched) {
      from = gap.from().isBefore(from) ? gap.from() : from;
      to = gap.to().isAfter(to) ? gap.to() : to;
    }
    UUID first = touched.getFirst().id();
    tx.sql(
            """
            update gap set from_at = ?, to_at = ?, told_at = ?
            where tenant_id = ? and holder_id = ? and gap_id = ? and (from_at, to_at) <> (?, ?)
            """)
        .bind(from, to, at, tx.tenant(), link.holder(), first, from, to)
        .update();
    UUID[] others = touched.stream().skip(1).map(Open::id).toArray(UUID[]::new);
    tx.sql(
            """
            update gap set closed_at = ?
            where tenant_id = ? and holder_id = ? and gap_id = any(?::uuid[])
            """)
        .bind(at, tx.tenant(), link.holder())
        .bind((Object) others)
        .update();
    return true;
  }
}

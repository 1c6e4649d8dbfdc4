package io.tallystick.ledger;

import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Finds fills by the venue's own id, around the instant at which they happened. */
final class RetoldStore {
  private RetoldStore() {}

  /** What the venue calls a fill: an id unique in its market, and the side. */
  record Ref(String market, String side, String venueRef) {}

  /** The current revision of a booked fill. */
  record Told(
      UUID entry,
      int revision,
      UUID evidence,
      boolean moved,
      Instant occurredAt,
      Entry.Terms terms) {}

  /**
   * The current revisions of these fills, as far as they are booked on the connection. Sources may
   * differ in the instant by a second or two; the index goes by it.
   */
  static Map<Ref, Told> find(TenantTx tx, long holder, long connection, List<Booking> bookings)
      throws SQLException {
    Map<Ref, Instant> asked = new HashMap<>();
    for (Booking booking : bookings) {
      Ref ref = Retold.ref(booking);
      if (ref != null) {
        asked.put(ref, booking.entry().occurredAt());
      }
    }
    Map<Ref, Told> told = new HashMap<>();
    if (asked.isEmpty()) {
      return told;
    }
    List<Ref> refs = List.copyOf(asked.keySet());
    OffsetDateTime[] times =
        refs.stream()
            .map(ref -> Objects.requireNonNull(asked.get(ref)).atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new);
    tx.byKey();
    tx.sql(
            """
            select e.entry_id, e.revision, e.evidence_id, e.rank, e.occurred_at, e.market, e.side,
              e.price, e.quantity, e.quote_quantity, e.fee, e.fee_asset, e.venue_ref, e.order_ref,
              e.maker
            from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[])
              as r(market, side, ref, at)
            cross join lateral (
              select * from entry
              where tenant_id = ? and holder_id = ? and connection_id = ?
                and occurred_at between r.at - interval '2 seconds' and r.at + interval '2 seconds'
                and market = r.market and side = r.side and venue_ref = r.ref
              order by occurred_at, entry_id) e
            where e.revision = (
              select n.revision from entry n where n.tenant_id = e.tenant_id
                and n.holder_id = e.holder_id and n.entry_id = e.entry_id
              order by n.revision desc limit 1)
            """)
        .bind(
            refs.stream().map(Ref::market).toArray(String[]::new),
            refs.stream().map(Ref::side).toArray(String[]::new),
            refs.stream().map(Ref::venueRef).toArray(String[]::new),
            times)
        .bind(tx.tenant(), holder, connection)
        .list(row -> {
          Told one = told(row);
          return told.put(
              new Ref(one.terms().market(), one.terms().side(), row.getString("venue_ref")), one);
        });
    tx.freely();
    return told;
  }

  private static Told told(ResultSet row) throws SQLException {
    Entry.Terms terms =
        new Entry.Terms(
            row.getString("market"),
            row.getString("side"),
            row.getBigDecimal("price"),
            row.getBigDecimal("quantity"),
            row.getBigDecimal("quote_quantity"),
            row.getBigDecimal("fee"),
            row.getString("fee_asset"),
            row.getString("venue_ref"),
            row.getString("order_ref"),
            row.getObject("maker", Boolean.class));
    return new Told(
        row.getObject("entry_id", UUID.class),
        row.getInt("revision"),
        row.getObject("evidence_id", UUID.class),
        row.getString("rank").startsWith(Slot.MOVED),
        Objects.requireNonNull(Sql.instant(row, "occurred_at")),
        terms);
  }
}

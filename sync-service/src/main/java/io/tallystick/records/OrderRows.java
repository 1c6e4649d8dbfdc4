package io.tallystick.records;

import io.tallystick.consent.ReadPermit;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads orders, the newest first. */
final class OrderRows {
  private OrderRows() {}

  /** A stored order in its present state. */
  record OrderRow(
      long connection,
      String symbol,
      String orderRef,
      UUID evidence,
      String side,
      String type,
      String status,
      boolean open,
      @Nullable BigDecimal price,
      BigDecimal quantity,
      BigDecimal filled,
      @Nullable BigDecimal quoteFilled,
      Instant placedAt,
      Instant updatedAt) {}

  /** Which orders a client asks for; null means any. */
  record OrderFilter(
      @Nullable String symbol,
      @Nullable String status,
      @Nullable Boolean open,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /** Where a page ended. */
  record Position(Instant placedAt, String symbol, String orderRef, long connection) {
    List<String> texts() {
      return List.of(placedAt.toString(), symbol, orderRef, Long.toString(connection));
    }

    static @Nullable Position of(List<String> texts) {
      return texts.isEmpty()
          ? null
          : new Position(
              Instant.parse(texts.get(0)),
              texts.get(1),
              texts.get(2),
              Long.parseLong(texts.get(3)));
    }
  }

  /** Orders on the permit's connections, each placed at or after the connection's instant. */
  static List<OrderRow> page(
      TenantTx tx, ReadPermit permit, OrderFilter filter, @Nullable Position after, int limit)
      throws SQLException {
    StringBuilder text =
        new StringBuilder(
            """
            select o.connection_id, o.market, o.order_ref, o.evidence_id, o.side, o.type, o.status,
              o.open, o.price, o.quantity, o.filled, o.quote_filled, o.placed_at, o.updated_at
            from trade_order o
            where o.tenant_id = ? and o.holder_id = ?
              and o.placed_at >= (select min(s.since)
                from unnest(?::bigint[], ?::timestamptz[]) as s(connection_id, since)
                where s.connection_id = o.connection_id)
            """);
    List<@Nullable Object> values = new ArrayList<>();
    values.add(tx.tenant());
    values.add(permit.holder());
    values.add(permit.connectionIds());
    values.add(
        Arrays.stream(permit.earliest())
            .map(since -> since.atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new));
    add(text, values, "  and o.market = ?\n", filter.symbol());
    add(text, values, "  and o.status = ?\n", filter.status());
    add(text, values, "  and o.open = ?\n", filter.open());
    add(text, values, "  and o.placed_at >= ?\n", filter.from());
    add(text, values, "  and o.placed_at < ?\n", filter.to());
    if (after != null) {
      text.append("  and (o.placed_at, o.market, o.order_ref, o.connection_id) < (?, ?, ?, ?)\n");
      values.addAll(
          List.of(after.placedAt(), after.symbol(), after.orderRef(), after.connection()));
    }
    text.append(
        """
        order by o.placed_at desc, o.market desc, o.order_ref desc, o.connection_id desc
        limit ?
        """);
    values.add(limit);
    return tx.sql(text.toString()).bind(values.toArray()).list(OrderRows::row);
  }

  private static void add(
      StringBuilder text, List<@Nullable Object> values, String condition, @Nullable Object value) {
    if (value != null) {
      text.append(condition);
      values.add(value);
    }
  }

  private static OrderRow row(ResultSet row) throws SQLException {
    return new OrderRow(
        row.getLong("connection_id"),
        row.getString("market"),
        row.getString("order_ref"),
        row.getObject("evidence_id", UUID.class),
        row.getString("side"),
        row.getString("type"),
        row.getString("status"),
        row.getBoolean("open"),
        row.getBigDecimal("price"),
        row.getBigDecimal("quantity"),
        row.getBigDecimal("filled"),
        row.getBigDecimal("quote_filled"),
        Objects.requireNonNull(Sql.instant(row, "placed_at")),
        Objects.requireNonNull(Sql.instant(row, "updated_at")));
  }
}

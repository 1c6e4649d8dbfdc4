package io.tallystick.records;

import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The SQL that reads plans. */
final class PlanRows {
  private PlanRows() {}

  /**
   * A stored plan.
   *
   * @param hours the cycle's length; 0 when it has no fixed one
   * @param next when it runs next; null when the venue does not say
   */
  record Row(
      String reference,
      String status,
      boolean active,
      String source,
      String target,
      BigDecimal amount,
      String cycle,
      int hours,
      @Nullable Instant next,
      Instant seenAt) {}

  /** The plans of a connection, in order of their reference. */
  static List<Row> of(TenantTx tx, long holder, long connection) throws SQLException {
    return tx.sql(
            """
            select plan_ref, status, active, source, target, amount, cycle, cycle_hours, next_at,
              seen_at
            from plan where tenant_id = ? and holder_id = ? and connection_id = ?
            order by plan_ref collate "C"
            """)
        .bind(tx.tenant(), holder, connection)
        .list(row ->
            new Row(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                row.getString(5),
                row.getBigDecimal(6),
                row.getString(7),
                row.getInt(8),
                Sql.instant(row, "next_at"),
                Objects.requireNonNull(Sql.instant(row, "seen_at"))));
  }
}

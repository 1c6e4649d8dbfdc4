package io.tallystick.reconcile;

import io.tallystick.reconcile.Completeness.Position;
import io.tallystick.reconcile.Completeness.Unexplained;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of completeness: how far was read, what is missing, what nobody has explained. */
final class CompletenessRows {
  private static final String GAPS =
      """
      select gap_id, domain, stream, partition, reason, from_at, to_at, remedy, evidence_id,
        opened_at, closed_at
      from gap where tenant_id = ? and holder_id = ? and connection_id = ?
      """;

  private CompletenessRows() {}

  /** Where a page of gaps ended. */
  record GapPosition(Instant openedAt, UUID id) {
    List<String> texts() {
      return List.of(openedAt.toString(), id.toString());
    }

    static @Nullable GapPosition of(List<String> texts) {
      return texts.isEmpty()
          ? null
          : new GapPosition(Instant.parse(texts.get(0)), UUID.fromString(texts.get(1)));
    }
  }

  static List<Position> positions(TenantTx tx, long holder, long connection) throws SQLException {
    return tx.sql(
            """
            select stream, partition, drained_at from bookmark
            where tenant_id = ? and holder_id = ? and connection_id = ?
            """)
        .bind(tx.tenant(), holder, connection)
        .list(row ->
            new Position(row.getString(1), row.getString(2), Sql.instant(row, "drained_at")));
  }

  /** When the newest run began that came to its end; null when none did since then. */
  static @Nullable Instant lastRun(TenantTx tx, long holder, long connection, Instant since)
      throws SQLException {
    List<OffsetDateTime> started =
        tx.sql(
                """
                select started_at from sync_run
                where tenant_id = ? and holder_id = ? and connection_id = ? and started_at >= ?
                  and state = 'finished'
                order by started_at desc limit 1
                """)
            .bind(tx.tenant(), holder, connection, since)
            .list(row -> row.getObject(1, OffsetDateTime.class));
    return started.isEmpty() ? null : started.getFirst().toInstant();
  }

  /** Whether every wallet's newest report could be read to the last asset. */
  static boolean wholeReports(TenantTx tx, long holder, long connection) throws SQLException {
    return tx.sql(
            """
            select 1 from reported_wallet
            where tenant_id = ? and holder_id = ? and connection_id = ? and not complete limit 1
            """)
        .bind(tx.tenant(), holder, connection)
        .list(row -> true)
        .isEmpty();
  }

  /** All gaps that are open. */
  static List<GapRow> openGaps(TenantTx tx, long holder, long connection) throws SQLException {
    return tx.sql(GAPS + " and closed_at is null")
        .bind(tx.tenant(), holder, connection)
        .list(CompletenessRows::gap);
  }

  /**
   * Gaps of these domains behind a position, the newest first.
   *
   * @param open only those that are open, or only those that are not; null for both
   */
  static List<GapRow> gaps(
      TenantTx tx,
      long holder,
      long connection,
      Collection<Domain> domains,
      @Nullable Boolean open,
      Page page)
      throws SQLException {
    StringBuilder text = new StringBuilder(GAPS).append(" and domain = any(?::text[])");
    List<@Nullable Object> values = new ArrayList<>();
    values.add(tx.tenant());
    values.add(holder);
    values.add(connection);
    values.add(domains.stream().map(Domain::code).toArray(String[]::new));
    if (open != null) {
      text.append(open ? " and closed_at is null" : " and closed_at is not null");
    }
    if (page.after() != null) {
      text.append(" and (opened_at, gap_id) < (?, ?)");
      values.add(page.after().openedAt());
      values.add(page.after().id());
    }
    values.add(page.limit());
    return tx.sql(text.append(" order by opened_at desc, gap_id desc limit ?").toString())
        .bind(values.toArray())
        .list(CompletenessRows::gap);
  }

  /** How many gaps behind which. */
  record Page(@Nullable GapPosition after, int limit) {}

  /**
   * Entries of the connection whose present revision posts to {@code suspense} or {@code opening}.
   * Those accounts are the holder's, not the connection's; mostly he has neither.
   */
  static Unexplained unexplained(TenantTx tx, long holder, long connection) throws SQLException {
    Map<Long, String> accounts = new HashMap<>();
    tx.sql(
            """
            select account_id, path from account
            where tenant_id = ? and holder_id = ? and path in ('suspense', 'opening')
            """)
        .bind(tx.tenant(), holder)
        .list(row -> accounts.put(row.getLong(1), row.getString(2)));
    Map<String, Integer> counts = new HashMap<>();
    for (Map.Entry<Long, String> account : accounts.entrySet()) {
      counts.put(account.getValue(), entries(tx, holder, connection, account.getKey()));
    }
    return new Unexplained(counts.getOrDefault("suspense", 0), counts.getOrDefault("opening", 0));
  }

  // A scalar subquery on purpose: without statistics a join would compare each entry with all.
  private static int entries(TenantTx tx, long holder, long connection, long account)
      throws SQLException {
    return Objects.requireNonNull(
        tx.sql(
                """
                select count(*) from entry e
                where e.tenant_id = ? and e.holder_id = ?
                  and (? = any(e.from_accounts) or ? = any(e.to_accounts)) and e.connection_id = ?
                  and (select true from entry n where n.tenant_id = e.tenant_id
                    and n.holder_id = e.holder_id and n.entry_id = e.entry_id
                    and n.revision > e.revision and n.revision > 1 limit 1) is null
                """)
            .bind(tx.tenant(), holder, account, account, connection)
            .first(row -> row.getInt(1)));
  }

  private static GapRow gap(ResultSet row) throws SQLException {
    return new GapRow(
        row.getObject("gap_id", UUID.class),
        row.getString("domain"),
        row.getString("stream"),
        row.getString("partition"),
        row.getString("reason"),
        Sql.instant(row, "from_at"),
        Sql.instant(row, "to_at"),
        row.getString("remedy"),
        row.getObject("evidence_id", UUID.class),
        Objects.requireNonNull(Sql.instant(row, "opened_at")),
        Sql.instant(row, "closed_at"));
  }
}

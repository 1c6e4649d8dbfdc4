package io.tallystick.ledger;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Frame;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One number for a whole ledger: equal for two databases exactly when they hold the same entries.
 *
 * <p>Version 1 is SHA-256 over frames (see {@link Frame}): the tag {@code tallystick/ledger/1};
 * then, in the order of their ids as bytes, for each current entry that is not void: id, kind,
 * instant in microseconds, number of postings; and after it its postings, each as from-path,
 * to-path, asset code and canonical amount, in the order of their framed bytes. Tenant, holder,
 * internal keys, revision numbers, ingest times and evidence are no part of it, and neither is the
 * state: what is not settled has no postings.
 */
public final class LedgerHash {
  /** The version of the format, bound to the hash. */
  public static final String TAG = "tallystick/ledger/1";

  // Rows held in memory at a time: a ledger of millions must not need more than a small one.
  private static final int FETCH = 2_000;

  private static final String CURRENT =
      """
      select e.entry_id, e.kind, e.occurred_at, f.path, t.path, a.code, p.amount
      from entry e
      left join posting p on p.tenant_id = e.tenant_id and p.holder_id = e.holder_id
        and p.entry_id = e.entry_id and p.revision = e.revision and not p.reversal
      left join account f on f.tenant_id = p.tenant_id and f.holder_id = p.holder_id
        and f.account_id = p.from_account
      left join account t on t.tenant_id = p.tenant_id and t.holder_id = p.holder_id
        and t.account_id = p.to_account
      left join asset a on a.asset_id = p.asset_id
      where e.tenant_id = ? and e.holder_id = ? and e.connection_id = ? and e.state <> 'void'
        and not exists (select 1 from entry n where n.tenant_id = e.tenant_id
          and n.holder_id = e.holder_id and n.entry_id = e.entry_id and n.revision > e.revision)
      order by e.entry_id
      """;

  private final MessageDigest digest;
  private final List<byte[]> postings = new ArrayList<>();
  private @Nullable Head head;

  private LedgerHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    digest.update(Frame.of(TAG));
  }

  private record Head(UUID id, String kind, Instant occurredAt) {}

  /**
   * The hash of a connection's ledger as this transaction sees it: 64 lower-case hexadecimal
   * digits. A connection without entries has the hash of an empty ledger.
   */
  public static String of(TenantTx tx, long holder, long connection) throws SQLException {
    LedgerHash hash = new LedgerHash();
    // Every row is read, so no row is looked up: right after a first sync the tables have no
    // statistics yet, and the planner, taking them for empty, would compare all rows with all.
    planning(tx, "off");
    // One statement, so that all rows are of one instant; read through a cursor, never as a whole.
    try (PreparedStatement statement = tx.connection().prepareStatement(CURRENT)) {
      statement.setFetchSize(FETCH);
      statement.setLong(1, tx.tenant());
      statement.setLong(2, holder);
      statement.setLong(3, connection);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          hash.take(rows);
        }
      }
    }
    planning(tx, "on");
    return hash.finish();
  }

  private static void planning(TenantTx tx, String nestedLoops) throws SQLException {
    try (Statement statement = tx.connection().createStatement()) {
      statement.execute("set local enable_nestloop = " + nestedLoops);
    }
  }

  private void take(ResultSet row) throws SQLException {
    UUID id = row.getObject(1, UUID.class);
    if (head == null || !head.id().equals(id)) {
      close();
      head = new Head(id, row.getString(2), row.getObject(3, OffsetDateTime.class).toInstant());
    }
    BigDecimal amount = row.getBigDecimal(7);
    if (amount != null) {
      postings.add(
          Frame.of(row.getString(4), row.getString(5), row.getString(6), Decimals.text(amount)));
    }
  }

  private void close() {
    if (head == null) {
      return;
    }
    digest.update(Frame.of(head.id(), head.kind(), head.occurredAt(), postings.size()));
    postings.sort(Arrays::compareUnsigned);
    postings.forEach(digest::update);
    postings.clear();
  }

  private String finish() {
    close();
    return HexFormat.of().formatHex(digest.digest());
  }
}

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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
      select e.entry_id, e.kind, e.occurred_at, p.from_account, p.to_account, p.asset_id, p.amount
      from entry e
      left join posting p on p.tenant_id = e.tenant_id and p.holder_id = e.holder_id
        and p.entry_id = e.entry_id and p.revision = e.revision and not p.reversal
      where e.tenant_id = ? and e.holder_id = ? and e.connection_id = ? and e.state <> 'void'
        and e.revision = (select max(n.revision) from entry n where n.tenant_id = e.tenant_id
          and n.holder_id = e.holder_id and n.entry_id = e.entry_id)
      order by e.entry_id
      """;

  private final TenantTx tx;
  private final long holder;
  private final Map<Long, String> accounts = new HashMap<>();
  private final Map<Long, String> assets = new HashMap<>();
  private final MessageDigest digest;
  private final List<byte[]> postings = new ArrayList<>();
  private @Nullable Head head;

  private LedgerHash(TenantTx tx, long holder) {
    this.tx = tx;
    this.holder = holder;
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
    LedgerHash hash = new LedgerHash(tx, holder);
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
    return hash.finish();
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
          Frame.of(
              account(row.getLong(4)),
              account(row.getLong(5)),
              asset(row.getLong(6)),
              Decimals.text(amount)));
    }
  }

  // A ledger of millions names few accounts and assets: each is looked up once.
  private String account(long key) throws SQLException {
    String known = accounts.get(key);
    if (known == null) {
      known =
          found(
              tx.sql(
                      """
                      select path from account
                      where tenant_id = ? and holder_id = ? and account_id = ?
                      """)
                  .bind(tx.tenant(), holder, key)
                  .first(row -> row.getString(1)));
      accounts.put(key, known);
    }
    return known;
  }

  private String asset(long key) throws SQLException {
    String known = assets.get(key);
    if (known == null) {
      known =
          found(
              tx.sql("select code from asset where asset_id = ?")
                  .bind(key)
                  .first(row -> row.getString(1)));
      assets.put(key, known);
    }
    return known;
  }

  private static String found(@Nullable String name) {
    if (name == null) {
      throw new IllegalStateException("a posting names an account or asset that is not there");
    }
    return name;
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

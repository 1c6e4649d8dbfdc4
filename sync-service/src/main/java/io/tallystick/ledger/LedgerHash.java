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

  // Entries in order before their postings are told one by one, without a join: a plan of joins
  // depends on statistics that a ledger which was filled a moment ago does not have yet.
  private static final String ROWS =
      """
      select e.entry_id, e.revision, e.kind, e.state, e.occurred_at, p.from_account, p.to_account,
        p.asset_id, p.amount
      from (select * from entry e
        where e.tenant_id = ? and e.holder_id = ? and e.connection_id = ?
        order by e.entry_id, e.revision desc) e
      left join lateral unnest(e.from_accounts, e.to_accounts, e.asset_ids, e.amounts)
        as p(from_account, to_account, asset_id, amount) on true
      order by e.entry_id, e.revision desc
      """;

  private final TenantTx tx;
  private final long holder;
  private final MessageDigest digest;
  private final Map<Long, String> words = new HashMap<>();
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

  private record Head(UUID id, int revision, String kind, boolean counts, Instant occurredAt) {}

  /**
   * The hash of a connection's ledger as this transaction sees it: 64 lower-case hexadecimal
   * digits. A connection without entries has the hash of an empty ledger.
   */
  public static String of(TenantTx tx, long holder, long connection) throws SQLException {
    LedgerHash hash = new LedgerHash(tx, holder);
    // One statement, so that all rows are of one instant; read through a cursor, never as a whole.
    try (PreparedStatement statement = tx.connection().prepareStatement(ROWS)) {
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

  // Read when a posting names one that is not known yet, so never before the rows that name it: a
  // page that commits meanwhile may bring both. Keys of accounts and assets are digests of their
  // words, so one map holds both.
  private String word(long key) throws SQLException {
    if (!words.containsKey(key)) {
      tx.sql("select account_id, path from account where tenant_id = ? and holder_id = ?")
          .bind(tx.tenant(), holder)
          .list(row -> words.put(row.getLong(1), row.getString(2)));
      tx.sql("select asset_id, code from asset")
          .list(row -> words.put(row.getLong(1), row.getString(2)));
    }
    String word = words.get(key);
    if (word == null) {
      throw new IllegalStateException("a posting names an account or asset that is not there");
    }
    return word;
  }

  private void take(ResultSet row) throws SQLException {
    UUID id = row.getObject(1, UUID.class);
    int revision = row.getInt(2);
    // Revisions come newest first: the first of an id is the current one.
    if (head == null || !head.id().equals(id)) {
      close();
      boolean counts = !EntryState.VOID.code().equals(row.getString(4));
      Instant at = row.getObject(5, OffsetDateTime.class).toInstant();
      head = new Head(id, revision, row.getString(3), counts, at);
    }
    BigDecimal amount = row.getBigDecimal(9);
    if (amount != null && head.revision() == revision) {
      postings.add(
          Frame.of(
              word(row.getLong(6)),
              word(row.getLong(7)),
              word(row.getLong(8)),
              Decimals.text(amount)));
    }
  }

  private void close() {
    if (head == null || !head.counts()) {
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

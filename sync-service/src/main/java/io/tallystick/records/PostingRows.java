package io.tallystick.records;

import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads what entries moved. */
final class PostingRows {
  // Entry by entry, and what a revision took back is that of the one before it: neither is a join,
  // so no statistics, however old, can make one of everything.
  private static final String MOVED =
      """
      select e.entry_id, e.revision, p.n, p.from_account, p.to_account, p.asset_id, p.amount
      from unnest(?::uuid[]) as asked(id)
      cross join lateral (
        select * from entry where tenant_id = ? and holder_id = ? and entry_id = asked.id
        order by revision) e
      left join lateral unnest(e.from_accounts, e.to_accounts, e.asset_ids, e.amounts)
        with ordinality as p(from_account, to_account, asset_id, amount, n) on true
      """;

  private PostingRows() {}

  /**
   * A stored posting.
   *
   * @param revision the revision that wrote it
   * @param reversal whether it takes back a posting of the revision before
   */
  record PostingRow(
      UUID entry,
      int revision,
      boolean reversal,
      String from,
      String to,
      String asset,
      BigDecimal amount) {}

  /** What a revision moved; without an amount where it moved nothing. */
  private record Moved(
      UUID entry,
      int revision,
      long n,
      long from,
      long to,
      long asset,
      @Nullable BigDecimal amount) {
    static Moved of(ResultSet row) throws SQLException {
      return new Moved(
          row.getObject(1, UUID.class),
          row.getInt(2),
          row.getLong(3),
          row.getLong(4),
          row.getLong(5),
          row.getLong(6),
          row.getBigDecimal(7));
    }
  }

  private record Words(Map<Long, String> accounts, Map<Long, String> assets) {
    /** A posting of a revision, or one that it takes back. */
    PostingRow row(Moved moved, int revision, boolean reversal) {
      String from = Objects.requireNonNull(accounts.get(moved.from));
      String to = Objects.requireNonNull(accounts.get(moved.to));
      return new PostingRow(
          moved.entry,
          revision,
          reversal,
          reversal ? to : from,
          reversal ? from : to,
          Objects.requireNonNull(assets.get(moved.asset)),
          Objects.requireNonNull(moved.amount));
    }
  }

  /**
   * Everything ever posted for these entries, in order of revision: first what it took back, then
   * what it posted, each in order.
   */
  static Map<UUID, List<PostingRow>> of(TenantTx tx, long holder, List<UUID> entries)
      throws SQLException {
    Map<UUID, List<PostingRow>> byEntry = new HashMap<>();
    if (entries.isEmpty()) {
      return byEntry;
    }
    tx.byKey();
    List<Moved> moved =
        tx.sql(MOVED)
            .bind((Object) entries.stream().distinct().toArray(UUID[]::new))
            .bind(tx.tenant(), holder)
            .list(Moved::of);
    tx.freely();
    Words words = words(tx, holder, moved);
    Map<UUID, NavigableMap<Integer, List<Moved>>> revisions = new HashMap<>();
    for (Moved one : moved) {
      List<Moved> ofRevision =
          revisions
              .computeIfAbsent(one.entry, _ -> new TreeMap<>())
              .computeIfAbsent(one.revision, _ -> new ArrayList<>());
      if (one.amount != null) {
        ofRevision.add(one);
      }
    }
    revisions.forEach((entry, of) -> {
      List<PostingRow> rows = new ArrayList<>();
      List<Moved> before = List.of();
      for (Map.Entry<Integer, List<Moved>> revision : of.entrySet()) {
        List<Moved> now = revision.getValue();
        now.sort(Comparator.comparingLong(Moved::n));
        before.forEach(one -> rows.add(words.row(one, revision.getKey(), true)));
        now.forEach(one -> rows.add(words.row(one, revision.getKey(), false)));
        before = now;
      }
      if (!rows.isEmpty()) {
        byEntry.put(entry, rows);
      }
    });
    return byEntry;
  }

  private static Words words(TenantTx tx, long holder, List<Moved> moved) throws SQLException {
    Words words = new Words(new HashMap<>(), new HashMap<>());
    tx.sql("select account_id, path from account where tenant_id = ? and holder_id = ?")
        .bind(tx.tenant(), holder)
        .list(row -> words.accounts.put(row.getLong(1), row.getString(2)));
    tx.sql("select asset_id, code from asset where asset_id = any(?::bigint[])")
        .bind((Object) moved.stream().map(Moved::asset).distinct().toArray(Long[]::new))
        .list(row -> words.assets.put(row.getLong(1), row.getString(2)));
    return words;
  }
}

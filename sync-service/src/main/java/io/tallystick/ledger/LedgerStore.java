package io.tallystick.ledger;

import io.tallystick.kernel.Digests;
import io.tallystick.ledger.Books.Place;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The SQL that books entries: a few set-based inserts a page, nothing updated but sums. */
final class LedgerStore {
  private LedgerStore() {}

  /** Where and when a page books. */
  record Book(Place place, String publicId) {
    long holder() {
      return place.holder();
    }

    long connection() {
      return place.connection();
    }

    UUID leaf() {
      return place.leaf();
    }

    Instant recordedAt() {
      return place.recordedAt();
    }
  }

  /** A posting of a revision, resolved to keys. */
  record Line(
      UUID entry, int revision, int n, boolean reversal, Instant occurredAt, Posting posting) {}

  /** Key of an account path; the same on every node, so nothing is looked up. */
  static long accountKey(String path) {
    return Digests.key63("account", path);
  }

  /** Key of an asset code. */
  static long assetKey(String code) {
    return Digests.key63("asset", code);
  }

  /** Keys of one page's words: a page says the same few again and again, and each costs a hash. */
  private static final class Keys {
    private final Map<String, Long> accounts = new HashMap<>();
    private final Map<String, Long> assets = new HashMap<>();

    long account(Account account) {
      return accounts.computeIfAbsent(account.path(), LedgerStore::accountKey);
    }

    long asset(Posting posting) {
      return assets.computeIfAbsent(posting.asset(), LedgerStore::assetKey);
    }
  }

  static Map<UUID, Slot> slots(TenantTx tx, long holder, List<UUID> ids) throws SQLException {
    Map<UUID, Slot> slots = new HashMap<>();
    tx.sql(
            """
            select distinct on (entry_id) entry_id, revision, evidence_id, rank from entry
            where tenant_id = ? and holder_id = ? and entry_id = any(?::uuid[])
            order by entry_id, revision desc
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) ids.toArray(UUID[]::new))
        .list(row -> {
          UUID id = row.getObject(1, UUID.class);
          return slots.put(
              id, new Slot(id, row.getInt(2), row.getObject(3, UUID.class), row.getString(4)));
        });
    return slots;
  }

  /** The live postings of a revision, in order. */
  static List<Posting> postings(TenantTx tx, long holder, UUID entry, int revision)
      throws SQLException {
    return tx.sql(
            """
            select f.path, t.path, a.code, p.amount
            from posting p
            join account f on f.tenant_id = p.tenant_id and f.holder_id = p.holder_id
              and f.account_id = p.from_account
            join account t on t.tenant_id = p.tenant_id and t.holder_id = p.holder_id
              and t.account_id = p.to_account
            join asset a on a.asset_id = p.asset_id
            where p.tenant_id = ? and p.holder_id = ? and p.entry_id = ? and p.revision = ?
              and not p.reversal
            order by p.n
            """)
        .bind(tx.tenant(), holder, entry, revision)
        .list(row ->
            new Posting(
                new Account(row.getString(1)),
                new Account(row.getString(2)),
                row.getString(3),
                row.getBigDecimal(4)));
  }

  static void insertPostings(TenantTx tx, Book book, List<Line> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    Keys keys = new Keys();
    words(tx, book.holder(), lines, keys);
    int n = lines.size();
    UUID[] entries = new UUID[n];
    Integer[] revisions = new Integer[n];
    Integer[] numbers = new Integer[n];
    Boolean[] reversals = new Boolean[n];
    OffsetDateTime[] times = new OffsetDateTime[n];
    Long[] from = new Long[n];
    Long[] to = new Long[n];
    Long[] assets = new Long[n];
    BigDecimal[] amounts = new BigDecimal[n];
    for (int i = 0; i < n; i++) {
      Line line = lines.get(i);
      entries[i] = line.entry();
      revisions[i] = line.revision();
      numbers[i] = line.n();
      reversals[i] = line.reversal();
      times[i] = line.occurredAt().atOffset(ZoneOffset.UTC);
      from[i] = keys.account(line.posting().from());
      to[i] = keys.account(line.posting().to());
      assets[i] = keys.asset(line.posting());
      amounts[i] = line.posting().amount();
    }
    tx.sql(
            """
            insert into posting (tenant_id, holder_id, entry_id, revision, n, reversal, occurred_at,
              from_account, to_account, asset_id, amount)
            select ?::bigint, ?::bigint, * from unnest(?::uuid[], ?::int[], ?::smallint[],
              ?::boolean[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[], ?::numeric[])
            on conflict do nothing
            """)
        .bind(tx.tenant(), book.holder())
        .bind(entries, revisions, numbers, reversals, times, from, to, assets, amounts)
        .update();
    addToBalances(tx, book.holder(), lines, keys);
  }

  // New words of the vocabulary; sorted, so that two pages never wait for each other in a circle.
  private static void words(TenantTx tx, long holder, List<Line> lines, Keys keys)
      throws SQLException {
    SortedMap<Long, String> accounts = new TreeMap<>();
    SortedMap<Long, String> assets = new TreeMap<>();
    for (Line line : lines) {
      for (Account account : List.of(line.posting().from(), line.posting().to())) {
        accounts.put(keys.account(account), account.path());
      }
      assets.put(keys.asset(line.posting()), line.posting().asset());
    }
    tx.sql(
            """
            insert into account (tenant_id, holder_id, account_id, path)
            select ?::bigint, ?::bigint, * from unnest(?::bigint[], ?::text[])
            on conflict (tenant_id, holder_id, account_id) do nothing
            """)
        .bind(tx.tenant(), holder)
        .bind(keys(accounts.keySet()), accounts.values().toArray(String[]::new))
        .update();
    assets(tx, assets);
  }

  /** Makes asset codes known. */
  static void assets(TenantTx tx, SortedMap<Long, String> assets) throws SQLException {
    tx.sql(
            """
            insert into asset (asset_id, code) select * from unnest(?::bigint[], ?::text[])
            on conflict (asset_id) do nothing
            """)
        .bind(keys(assets.keySet()), assets.values().toArray(String[]::new))
        .update();
  }

  private static void addToBalances(TenantTx tx, long holder, List<Line> lines, Keys keys)
      throws SQLException {
    record Cell(long account, long asset, LocalDate bucket) implements Comparable<Cell> {
      @Override
      public int compareTo(Cell other) {
        int byAccount = Long.compare(account, other.account);
        int byAsset = byAccount != 0 ? byAccount : Long.compare(asset, other.asset);
        return byAsset != 0 ? byAsset : bucket.compareTo(other.bucket);
      }
    }
    TreeMap<Cell, BigDecimal> deltas = new TreeMap<>();
    for (Line line : lines) {
      LocalDate month = line.occurredAt().atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
      long asset = keys.asset(line.posting());
      long from = keys.account(line.posting().from());
      long to = keys.account(line.posting().to());
      deltas.merge(new Cell(from, asset, month), line.posting().amount().negate(), BigDecimal::add);
      deltas.merge(new Cell(to, asset, month), line.posting().amount(), BigDecimal::add);
    }
    Collection<Cell> cells = deltas.keySet();
    tx.sql(
            """
            insert into balance as b (tenant_id, holder_id, account_id, asset_id, bucket, delta)
            select ?::bigint, ?::bigint, * from unnest(?::bigint[], ?::bigint[], ?::date[],
              ?::numeric[])
            on conflict (tenant_id, holder_id, account_id, asset_id, bucket)
              do update set delta = b.delta + excluded.delta
            """)
        .bind(tx.tenant(), holder)
        .bind(
            cells.stream().map(Cell::account).toArray(Long[]::new),
            cells.stream().map(Cell::asset).toArray(Long[]::new),
            cells.stream().map(Cell::bucket).toArray(LocalDate[]::new),
            deltas.values().toArray(BigDecimal[]::new))
        .update();
  }

  private static Long[] keys(Collection<Long> keys) {
    return keys.toArray(Long[]::new);
  }
}

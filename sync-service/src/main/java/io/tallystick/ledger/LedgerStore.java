package io.tallystick.ledger;

import io.tallystick.kernel.Digests;
import io.tallystick.ledger.Books.Place;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The SQL of what entries move: words and sums; the amounts themselves are the entry's. */
final class LedgerStore {
  private LedgerStore() {}

  /** Where and when a page books. */
  record Book(Place place, String publicId, Map<Account, Account> seats) {
    Book(Place place, String publicId) {
      this(place, publicId, new HashMap<>());
    }

    /** The account on this connection: a page names the same few again and again. */
    Account seat(Account account) {
      return seats.computeIfAbsent(account, one -> one.on(publicId));
    }

    /** What an entry moves, on this connection. */
    List<Posting> placed(Entry entry) {
      List<Posting> placed = new ArrayList<>(entry.postings().size());
      for (Posting one : entry.postings()) {
        placed.add(new Posting(seat(one.from()), seat(one.to()), one.asset(), one.amount()));
      }
      return placed;
    }

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

  /** An amount that moved, or was taken back, and when. */
  record Line(Instant occurredAt, Posting posting) {}

  /** Key of an account path; the same on every node, so nothing is looked up. */
  static long accountKey(String path) {
    return Digests.key63("account", path);
  }

  /** Key of an asset code. */
  static long assetKey(String code) {
    return Digests.key63("asset", code);
  }

  /** Keys of one page's words: a page says the same few again and again, and each costs a hash. */
  static final class Keys {
    private final Map<String, Long> accounts = new HashMap<>();
    private final Map<String, Long> assets = new HashMap<>();

    Long account(Account account) {
      return accounts.computeIfAbsent(account.path(), LedgerStore::accountKey);
    }

    Long asset(String code) {
      return assets.computeIfAbsent(code, LedgerStore::assetKey);
    }
  }

  /** Makes words known. */
  static void words(TenantTx tx, long holder, Keys keys) throws SQLException {
    if (keys.assets.isEmpty()) {
      return;
    }
    // Sorted, so that two pages never wait for each other in a circle.
    SortedMap<Long, String> accounts = new TreeMap<>();
    SortedMap<Long, String> assets = new TreeMap<>();
    keys.accounts.forEach((path, key) -> accounts.put(key, path));
    keys.assets.forEach((code, key) -> assets.put(key, code));
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

  /** Adds what moved to the sums. */
  static void addToBalances(TenantTx tx, long holder, List<Line> lines, Keys keys)
      throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    record Cell(long account, long asset, LocalDate bucket) implements Comparable<Cell> {
      @Override
      public int compareTo(Cell other) {
        int byAccount = Long.compare(account, other.account);
        int byAsset = byAccount != 0 ? byAccount : Long.compare(asset, other.asset);
        return byAsset != 0 ? byAsset : bucket.compareTo(other.bucket);
      }
    }
    record Way(Account from, Account to, String asset, LocalDate bucket) {}
    Map<Way, BigDecimal> ways = new HashMap<>();
    Instant at = Instant.EPOCH;
    LocalDate month = LocalDate.EPOCH;
    for (Line line : lines) {
      if (!line.occurredAt().equals(at)) {
        at = line.occurredAt();
        month = at.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
      }
      Posting posting = line.posting();
      Way way = new Way(posting.from(), posting.to(), posting.asset(), month);
      ways.merge(way, posting.amount(), BigDecimal::add);
    }
    Map<Cell, BigDecimal> sums = new HashMap<>();
    ways.forEach((way, sum) -> {
      long asset = keys.asset(way.asset());
      sums.merge(
          new Cell(keys.account(way.from()), asset, way.bucket()), sum.negate(), BigDecimal::add);
      sums.merge(new Cell(keys.account(way.to()), asset, way.bucket()), sum, BigDecimal::add);
    });
    // Sorted, so that two pages never wait for each other in a circle.
    SortedMap<Cell, BigDecimal> deltas = new TreeMap<>(sums);
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

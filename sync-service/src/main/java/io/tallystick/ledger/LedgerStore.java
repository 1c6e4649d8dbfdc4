package io.tallystick.ledger;

import io.tallystick.kernel.Digests;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The SQL of what entries move: words and sums; the amounts themselves are the entry's. */
final class LedgerStore {
  private LedgerStore() {}

  /** Key of an account path; the same on every node, so nothing is looked up. */
  static long accountKey(String path) {
    return Digests.key63("account", path);
  }

  /** Key of an asset code. */
  static long assetKey(String code) {
    return Digests.key63("asset", code);
  }

  /**
   * Keys of one page's words: a page says the same few again and again, and each costs a hash.
   * Accounts that are on no connection yet are on this one.
   */
  static final class Keys {
    private final String connection;
    private final Map<Account, Long> accounts = new HashMap<>();
    private final Map<String, Long> assets = new HashMap<>();

    Keys(String connection) {
      this.connection = connection;
    }

    Long account(Account account) {
      return accounts.computeIfAbsent(account, one -> accountKey(one.on(connection).path()));
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
    keys.accounts.forEach((one, key) -> accounts.put(key, one.on(keys.connection).path()));
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
  static void addToBalances(TenantTx tx, long holder, Deltas moved) throws SQLException {
    if (moved.isEmpty()) {
      return;
    }
    SortedMap<Deltas.Cell, BigDecimal> deltas = moved.cells();
    Collection<Deltas.Cell> cells = deltas.keySet();
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
            cells.stream().map(Deltas.Cell::account).toArray(Long[]::new),
            cells.stream().map(Deltas.Cell::asset).toArray(Long[]::new),
            cells.stream().map(Deltas.Cell::bucket).toArray(LocalDate[]::new),
            deltas.values().toArray(BigDecimal[]::new))
        .update();
  }

  private static Long[] keys(Collection<Long> keys) {
    return keys.toArray(Long[]::new);
  }
}

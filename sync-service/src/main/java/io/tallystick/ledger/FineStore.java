package io.tallystick.ledger;

import io.tallystick.ledger.Books.Place;
import io.tallystick.ledger.Reach.Period;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** The SQL of the finer entries that claims are compared with. */
final class FineStore {
  private static final String ENTRY =
      """
      select entry_id, revision, occurred_at, kind, state, market, side, price, quantity,
        quote_quantity, fee, fee_asset, venue_ref, order_ref, maker, rank, from_accounts,
        to_accounts, asset_ids, amounts
      from entry where tenant_id = ? and holder_id = ?
      """;

  // Each part in the order of its key, so that the key is what it is found by.
  private static final String HEAD = "select e.*, p.from_path, p.to_path, p.code, p.amount from ";

  private static final String POSTINGS =
      """
      cross join lateral (
        select f.path as from_path, t.path as to_path, a.code, p.amount
        from (
          select * from unnest(e.from_accounts, e.to_accounts, e.asset_ids, e.amounts)
            with ordinality as p(from_account, to_account, asset_id, amount, n)
          order by n) p
        join account f on f.tenant_id = ? and f.holder_id = ? and f.account_id = p.from_account
        join account t on t.tenant_id = f.tenant_id and t.holder_id = f.holder_id
          and t.account_id = p.to_account
        join asset a on a.asset_id = p.asset_id) p
      where e.state = 'settled' and not starts_with(e.rank, ?)
      """;

  private FineStore() {}

  /** The settled entries of finer sources in a period, with what they did to wallets. */
  static List<Fine> within(TenantTx tx, Place place, Period period) throws SQLException {
    Map<UUID, Head> heads = new TreeMap<>();
    tx.byKey();
    tx.sql(
            HEAD
                + "("
                + ENTRY
                + """
                and connection_id = ? and occurred_at >= ? and occurred_at <= ?
                order by occurred_at, entry_id) e
                """
                + POSTINGS
                + """
                and e.revision = (
                  select n.revision from entry n
                  where n.tenant_id = ? and n.holder_id = ? and n.entry_id = e.entry_id
                  order by n.revision desc limit 1)
                """)
        .bind(tx.tenant(), place.holder(), place.connection(), period.from(), period.to())
        .bind(tx.tenant(), place.holder(), Coarse.MARK)
        .bind(tx.tenant(), place.holder())
        .list(row -> add(row, heads));
    tx.freely();
    return fine(heads);
  }

  /** The same of these entries, as far as they are there and settled. */
  static List<Fine> of(TenantTx tx, Place place, Collection<UUID> entries) throws SQLException {
    if (entries.isEmpty()) {
      return List.of();
    }
    Map<UUID, Head> heads = new TreeMap<>();
    tx.byKey();
    tx.sql(
            HEAD
                + "unnest(?::uuid[]) as asked(id) cross join lateral ("
                + ENTRY
                + "and entry_id = asked.id order by revision desc limit 1) e "
                + POSTINGS)
        .bind((Object) entries.toArray(UUID[]::new))
        .bind(tx.tenant(), place.holder())
        .bind(tx.tenant(), place.holder(), Coarse.MARK)
        .list(row -> add(row, heads));
    tx.freely();
    return fine(heads);
  }

  private record Head(Fine fine, List<Posting> postings) {}

  private static boolean add(ResultSet row, Map<UUID, Head> heads) throws SQLException {
    UUID id = row.getObject("entry_id", UUID.class);
    Head head = heads.get(id);
    if (head == null) {
      EntryKind kind = EntryKind.of(row.getString("kind"));
      String rank = row.getString("rank");
      Fine bare =
          new Fine(
              id,
              Objects.requireNonNull(Sql.instant(row, "occurred_at")),
              kind,
              EntryStore.terms(row),
              Fine.anyWallet(kind, rank),
              rank.startsWith(Slot.EXPORTED),
              List.of());
      head = new Head(bare, new ArrayList<>());
      heads.put(id, head);
    }
    return head.postings()
        .add(
            new Posting(
                new Account(row.getString("from_path")),
                new Account(row.getString("to_path")),
                row.getString("code"),
                row.getBigDecimal("amount")));
  }

  private static List<Fine> fine(Map<UUID, Head> heads) {
    return heads.values().stream().map(head -> head.fine().after(head.postings())).toList();
  }
}

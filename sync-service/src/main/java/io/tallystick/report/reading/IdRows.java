package io.tallystick.report.reading;

import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Books;
import io.tallystick.tenancy.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads what venues and chains call entries. */
public final class IdRows {
  // Only transfers have a chain's id, and opening what is sealed costs.
  private static final String NAMED =
      """
      select e.entry_id, e.market, e.venue_ref,
        case when e.kind in ('deposit', 'withdrawal') then e.details end
      from entry e
      join unnest(?::uuid[], ?::int[]) as w(entry_id, revision)
        on w.entry_id = e.entry_id and w.revision = e.revision
      where e.tenant_id = ? and e.holder_id = ?
        and (e.venue_ref is not null or e.kind in ('deposit', 'withdrawal'))
      """;

  private IdRows() {}

  /** In words, by the entry's own id; without those that nobody named. */
  public static Map<String, String> of(
      TenantTx tx, Books books, long holder, Collection<Input.Root> entries) throws SQLException {
    Map<String, String> ids = new HashMap<>();
    if (entries.isEmpty()) {
      return ids;
    }
    List<Input.Root> wanted = List.copyOf(entries);
    tx.sql(NAMED)
        .bind((Object) wanted.stream().map(IdRows::key).toArray(UUID[]::new))
        .bind((Object) wanted.stream().map(Input.Root::revision).toArray(Integer[]::new))
        .bind(tx.tenant(), holder)
        .list(row -> {
          UUID entry = row.getObject(1, UUID.class);
          String words = words(tx, books, holder, entry, row);
          if (words != null) {
            ids.put(PublicIds.entry(holder, entry), words);
          }
          return entry;
        });
    return ids;
  }

  private static UUID key(Input.Root root) {
    return PublicIds.orNotFound(PublicIds.entry(root.entry())).id();
  }

  private static @Nullable String words(
      TenantTx tx, Books books, long holder, UUID entry, ResultSet row) throws SQLException {
    String trade = row.getString(3);
    if (trade != null) {
      String market = row.getString(2);
      return "trade " + trade + (market == null ? "" : " of " + market);
    }
    byte[] details = row.getBytes(4);
    String txid =
        details == null ? null : books.details(tx.tenant(), holder, entry, details).get("txid");
    return txid == null || txid.isBlank() ? null : "transaction " + txid;
  }
}

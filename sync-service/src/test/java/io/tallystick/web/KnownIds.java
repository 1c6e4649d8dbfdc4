package io.tallystick.web;

import io.tallystick.kernel.Ids;
import io.tallystick.records.BookedAccount;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Ids of what an account has, by the names that the contract's paths give them. */
final class KnownIds {
  private KnownIds() {}

  static Map<String, String> of(BookedAccount account) {
    Map<String, String> ids = new HashMap<>();
    ids.put("holder", account.holder);
    ids.put("connection", account.connection.id());
    ids.put("consent", account.connection.consent());
    ids.put("client", account.tenant.publicClient("tracker"));
    ids.put("token", Ids.of("tok", 1L));
    ids.put("engagement", Ids.of("eng", 1L));
    ids.put("hold", Ids.of("lgh", account.holderKey, 1L));
    ids.put("run", Ids.of("run", account.holderKey, new UUID(0, 1)));
    // The consent was the first act: it is sealed by now, or soon.
    ids.put("leaf", Awaitility.await().until(() -> sealed(account), Objects::nonNull));
    ids.put("declaration", Ids.of("dec", account.holderKey, new UUID(0, 1)));
    ids.put("table", "disposals");
    ids.put("syntax", "hledger");
    account.in(tx ->
        tx.sql("select report_id from report limit 1")
            .first(row ->
                ids.put("report", Ids.of("rep", account.holderKey, row.getObject(1, UUID.class)))));
    account.in(tx ->
        tx.sql("select batch_id from import_batch limit 1")
            .first(row ->
                ids.put("import", Ids.of("imp", account.holderKey, row.getObject(1, UUID.class)))));
    account.in(tx ->
        tx.sql("select entry_id, evidence_id from entry where kind = 'trade' limit 1")
            .first(row -> {
              ids.put("entry", Ids.of("ent", account.holderKey, row.getObject(1, UUID.class)));
              ids.put("evidence", Ids.of("evd", account.holderKey, row.getObject(2, UUID.class)));
              return true;
            }));
    return ids;
  }

  private static @Nullable String sealed(BookedAccount account) {
    String leaves = "select leaf_id from leaf_position where holder_id = ? and position >= 0";
    return account
        .in(tx ->
            tx
                .sql(leaves)
                .bind(account.holderKey)
                .list(row -> row.getObject(1, UUID.class))
                .stream()
                .map(leaf -> Ids.of("log", account.holderKey, leaf))
                .findFirst())
        .orElse(null);
  }
}

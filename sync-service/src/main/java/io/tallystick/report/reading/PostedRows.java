package io.tallystick.report.reading;

import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.EntryKind;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.tenancy.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts entries together from rows that tell an entry and one of its postings each. */
final class PostedRows {
  private final long holder;
  private final Words words;
  private final Open open;
  private final Txid txid;

  PostedRows(TenantTx tx, long holder, Consumer<BookEntry> into, Txid txid) throws SQLException {
    this.holder = holder;
    this.words = new Words(tx, holder);
    this.open = new Open(into);
    this.txid = txid;
  }

  /** Reads the chain's id of an entry; null when it has none. */
  @FunctionalInterface
  interface Txid {
    @Nullable String of(UUID entry, ResultSet row) throws SQLException;
  }

  /** Takes the next row; those of an entry stand together, in no order. */
  void row(ResultSet row) throws SQLException {
    UUID id = row.getObject(1, UUID.class);
    if (!id.equals(open.id)) {
      open.close();
      open.id = id;
    }
    int revision = row.getInt(7);
    if (!row.wasNull()) {
      open.head = head(holder, id, revision, words, txid.of(id, row), row);
    }
    long from = row.getLong(3);
    if (!row.wasNull()) {
      open.add(
          row.getInt(2),
          new Flow(
              known(words.accounts.get(from)),
              known(words.accounts.get(row.getLong(4))),
              known(words.assets.get(row.getLong(5))),
              row.getBigDecimal(6)));
    }
  }

  /** Gives out the last entry. */
  void end() {
    open.close();
  }

  private static BookEntry head(
      long holder, UUID id, int revision, Words words, @Nullable String txid, ResultSet row)
      throws SQLException {
    return new BookEntry(
        PublicIds.entry(holder, id),
        revision,
        EntryKind.of(row.getString(9)),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        words.connection(row.getLong(8)),
        row.getString(11),
        row.getString(12),
        txid,
        PublicIds.evidence(holder, row.getObject(13, UUID.class)),
        List.of());
  }

  private static String known(@Nullable String word) {
    return Objects.requireNonNull(word, "a posting's words are there before the posting");
  }

  /** The words behind the keys of postings. */
  private static final class Words {
    private final Map<Long, String> accounts = new HashMap<>();
    private final Map<Long, String> assets = new HashMap<>();
    private final Map<Long, String> connections = new HashMap<>();
    private final long holder;

    Words(TenantTx tx, long holder) throws SQLException {
      this.holder = holder;
      tx.sql("select account_id, path from account where tenant_id = ? and holder_id = ?")
          .bind(tx.tenant(), holder)
          .list(row -> accounts.put(row.getLong(1), row.getString(2)));
      tx.sql("select asset_id, code from asset")
          .bind()
          .list(row -> assets.put(row.getLong(1), row.getString(2)));
    }

    String connection(long key) {
      return connections.computeIfAbsent(key, one -> PublicIds.connection(holder, one));
    }
  }

  /** The entry whose postings are being read. */
  private static final class Open {
    private record Numbered(int n, Flow flow) {}

    private static final Comparator<Numbered> BY_NUMBER = Comparator.comparingInt(Numbered::n);

    private final Consumer<BookEntry> into;
    private final List<Numbered> flows = new ArrayList<>();
    private @Nullable UUID id;
    private @Nullable BookEntry head;

    Open(Consumer<BookEntry> into) {
      this.into = into;
    }

    void add(int n, Flow flow) {
      flows.add(new Numbered(n, flow));
    }

    void close() {
      if (id != null) {
        flows.sort(BY_NUMBER);
        List<Flow> ordered = new ArrayList<>(flows.size());
        flows.forEach(one -> ordered.add(one.flow()));
        into.accept(Objects.requireNonNull(head, "the first posting tells it").with(ordered));
      }
      flows.clear();
      head = null;
      id = null;
    }
  }
}

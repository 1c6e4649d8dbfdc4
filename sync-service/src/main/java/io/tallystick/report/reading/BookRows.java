package io.tallystick.report.reading;

import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.EntryKind;
import io.tallystick.records.EntryRows;
import io.tallystick.records.Span;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads the books for a report: one walk along time, postings beside their entry. */
public final class BookRows {
  private static final String OPEN =
      """
        and e.occurred_at >= (select min(s.since)
          from unnest(?::text[], ?::bigint[], ?::timestamptz[])
            as s(domain, connection_id, since)
          where s.connection_id = e.connection_id and s.domain =
      """
          + EntryRows.DOMAIN
          + ")\n";

  private static final String ALL =
      """
      select e.entry_id, e.revision, e.connection_id, e.kind, e.occurred_at, e.market, e.side,
        e.details, p.from_account, p.to_account, p.asset_id, p.amount, e.evidence_id
      from entry e
      left join posting p on p.tenant_id = e.tenant_id and p.holder_id = e.holder_id
        and p.entry_id = e.entry_id and p.revision = e.revision and not p.reversal
      where e.tenant_id = ? and e.holder_id = ? and e.state = 'settled'
        and e.revision = (select max(n.revision) from entry n
          where n.tenant_id = e.tenant_id and n.holder_id = e.holder_id
            and n.entry_id = e.entry_id)
      """
          + OPEN
          + "order by e.occurred_at, e.entry_id, p.n";

  // The others have no chain's id, and opening what is sealed costs.
  private static final Set<EntryKind> JOURNEYS =
      EnumSet.of(EntryKind.DEPOSIT, EntryKind.WITHDRAWAL);

  private BookRows() {}

  /** Which of these entries are there and inside the spans. */
  public static Set<UUID> open(TenantTx tx, long holder, List<Span> spans, Collection<UUID> entries)
      throws SQLException {
    return new HashSet<>(
        tx.sql(
                """
                select distinct e.entry_id from entry e
                where e.tenant_id = ? and e.holder_id = ? and e.entry_id = any(?::uuid[])
                """
                    + OPEN)
            .bind(tx.tenant(), holder, entries.toArray(UUID[]::new))
            .bind(domains(spans), connections(spans), since(spans))
            .list(row -> row.getObject(1, UUID.class)));
  }

  private static String[] domains(List<Span> spans) {
    return spans.stream().map(span -> span.domain().code()).toArray(String[]::new);
  }

  private static Long[] connections(List<Span> spans) {
    return spans.stream().map(Span::connection).toArray(Long[]::new);
  }

  private static OffsetDateTime[] since(List<Span> spans) {
    return spans.stream()
        .map(span -> span.since().atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }

  /** Settled entries in their current revision inside the spans, in order of time and id. */
  public static List<BookEntry> read(TenantTx tx, Books books, long holder, List<Span> spans)
      throws SQLException {
    Map<Long, String> accounts = new HashMap<>();
    tx.sql("select account_id, path from account where tenant_id = ? and holder_id = ?")
        .bind(tx.tenant(), holder)
        .list(row -> accounts.put(row.getLong(1), row.getString(2)));
    Map<Long, String> assets = new HashMap<>();
    tx.sql("select asset_id, code from asset")
        .bind()
        .list(row -> assets.put(row.getLong(1), row.getString(2)));
    Map<Long, String> connections = new HashMap<>();
    List<BookEntry> entries = new ArrayList<>();
    Open open = new Open(entries);
    tx.sql(ALL)
        .bind(tx.tenant(), holder)
        .bind(domains(spans), connections(spans), since(spans))
        .list(row -> {
          UUID id = row.getObject(1, UUID.class);
          if (!id.equals(open.id)) {
            open.close();
            String connection =
                connections.computeIfAbsent(
                    row.getLong(3), key -> PublicIds.connection(holder, key));
            open.begin(id, head(tx, books, holder, id, connection, row));
          }
          long from = row.getLong(9);
          if (!row.wasNull()) {
            open.flows.add(
                new Flow(
                    known(accounts.get(from)),
                    known(accounts.get(row.getLong(10))),
                    known(assets.get(row.getLong(11))),
                    row.getBigDecimal(12)));
          }
          return id;
        });
    open.close();
    return entries;
  }

  private static BookEntry head(
      TenantTx tx, Books books, long holder, UUID id, String connection, ResultSet row)
      throws SQLException {
    EntryKind kind = EntryKind.of(row.getString(4));
    byte[] details = JOURNEYS.contains(kind) ? row.getBytes(8) : null;
    String txid =
        details == null ? null : books.details(tx.tenant(), holder, id, details).get("txid");
    Instant at = Objects.requireNonNull(Sql.instant(row, "occurred_at"));
    return new BookEntry(
        PublicIds.entry(holder, id),
        row.getInt(2),
        kind,
        at,
        connection,
        row.getString(6),
        row.getString(7),
        txid == null || txid.isBlank() ? null : txid.toLowerCase(Locale.ROOT),
        PublicIds.evidence(holder, row.getObject(13, UUID.class)),
        List.of());
  }

  private static String known(@Nullable String word) {
    return Objects.requireNonNull(word, "a posting's words are there before the posting");
  }

  /** The entry whose postings are being read. */
  private static final class Open {
    private final List<BookEntry> entries;
    private final List<Flow> flows = new ArrayList<>();
    private @Nullable UUID id;
    private @Nullable BookEntry head;

    Open(List<BookEntry> entries) {
      this.entries = entries;
    }

    void begin(UUID entry, BookEntry without) {
      id = entry;
      head = without;
    }

    void close() {
      BookEntry h = head;
      if (h != null) {
        entries.add(
            new BookEntry(
                h.id(),
                h.revision(),
                h.kind(),
                h.at(),
                h.connection(),
                h.market(),
                h.side(),
                h.txid(),
                h.evidence(),
                flows));
      }
      flows.clear();
      head = null;
    }
  }
}

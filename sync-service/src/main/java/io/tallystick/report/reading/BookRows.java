package io.tallystick.report.reading;

import io.tallystick.ledger.Books;
import io.tallystick.records.EntryRows;
import io.tallystick.records.Span;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

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

  // An expression and scalar subqueries on purpose, and postings walked to entry by entry: no
  // statistics, however old, can turn them into a join of everything.
  private static final String CURRENT =
      """
        and e.state = 'settled'
        and (select true from entry n
          where n.tenant_id = e.tenant_id and n.holder_id = e.holder_id
            and n.entry_id = e.entry_id and n.revision > 1 and n.revision > e.revision
          limit 1) is null
        and e.occurred_at >= (?::timestamptz[])[
          (array_position(?::bigint[], e.connection_id) - 1) * ?::int + array_position(?::text[],
      """
          + EntryRows.DOMAIN
          + ")]\n";

  // What is the same for all postings of an entry is told with its first one only: a long history
  // has several rows an entry, and each column of each costs.
  private static final String HEAD =
      """
      select e.entry_id, p.n, p.from_account, p.to_account, p.asset_id, p.amount,
        case when coalesce(p.n, 1) = 1 then e.revision end,
        case when coalesce(p.n, 1) = 1 then e.connection_id end,
        case when coalesce(p.n, 1) = 1 then e.kind end,
        case when coalesce(p.n, 1) = 1 then e.occurred_at end,
        case when coalesce(p.n, 1) = 1 then e.market end,
        case when coalesce(p.n, 1) = 1 then e.side end,
        case when coalesce(p.n, 1) = 1 then e.evidence_id end
      """;

  // Entries are put in order before their postings are told one by one: those are several times as
  // many.
  private static final String ORDERED =
      """
      from (select * from entry e
      where e.tenant_id = ? and e.holder_id = ? and e.occurred_at > ?
      """
          + CURRENT
          + "%s order by e.occurred_at, e.entry_id offset 0) e\n"
          + """
          left join lateral unnest(e.from_accounts, e.to_accounts, e.asset_ids, e.amounts)
            with ordinality as p(from_account, to_account, asset_id, amount, n) on true
          order by e.occurred_at, e.entry_id
          """;

  private static final String ALL = HEAD + ORDERED.formatted("");

  // The others have no chain's id, and opening what is sealed costs.
  private static final String TRANSFERS =
      HEAD
          + ", case when coalesce(p.n, 1) = 1 then e.details end\n"
          + ORDERED.formatted("and e.kind in ('deposit', 'withdrawal')");

  /** Before everything that can be in the books. */
  public static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
  private static final int AT_ONCE = 10_000;

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

  /** Where the books are read from. */
  public record Range(long holder, List<Span> spans, Instant after) {
    public Range {
      spans = List.copyOf(spans);
    }
  }

  /** All settled entries in their current revision inside the spans, in order of time and id. */
  public static List<BookEntry> read(TenantTx tx, long holder, List<Span> spans)
      throws SQLException {
    List<BookEntry> entries = new ArrayList<>();
    each(tx, new Range(holder, spans, BEGINNING), entries::add);
    return entries;
  }

  /** Walks settled entries in their current revision, in order of time and id; without txid. */
  public static void each(TenantTx tx, Range range, Consumer<BookEntry> into) throws SQLException {
    walk(tx, ALL, range, into, (id, row) -> null);
  }

  /** Deposits and withdrawals in their current revision with the chain's id, in the same order. */
  public static List<BookEntry> transfers(TenantTx tx, Books books, Range range)
      throws SQLException {
    List<BookEntry> entries = new ArrayList<>();
    walk(
        tx,
        TRANSFERS,
        range,
        entries::add,
        (id, row) -> {
          byte[] details = row.getBytes(14);
          String txid =
              details == null
                  ? null
                  : books.details(tx.tenant(), range.holder(), id, details).get("txid");
          return txid == null || txid.isBlank() ? null : txid.toLowerCase(Locale.ROOT);
        });
    return entries;
  }

  /** The first and the last instant of entries after one; empty when there is none. */
  public static List<Instant> bounds(TenantTx tx, long holder, Instant after) throws SQLException {
    List<Instant> bounds = new ArrayList<>();
    tx.sql(
            """
            select min(occurred_at), max(occurred_at) from entry
            where tenant_id = ? and holder_id = ? and occurred_at > ?
            """)
        .bind(tx.tenant(), holder, after)
        .list(row -> {
          for (int at = 1; at <= 2; at++) {
            OffsetDateTime time = row.getObject(at, OffsetDateTime.class);
            if (time != null) {
              bounds.add(time.toInstant());
            }
          }
          return bounds;
        });
    return bounds;
  }

  /** The leaves of the pulls that wrote entries of connections up to an instant. */
  public static List<UUID> leaves(
      TenantTx tx, long holder, Collection<Long> connections, Instant until) throws SQLException {
    return tx.sql(
            """
            select leaf_id from entry
            where tenant_id = ? and holder_id = ? and connection_id = any(?::bigint[])
              and recorded_at <= ?
            group by leaf_id order by min(recorded_at), leaf_id
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) connections.toArray(Long[]::new))
        .bind(until)
        .list(row -> row.getObject(1, UUID.class));
  }

  /** Every asset that is in a posting of the holder. */
  public static Set<String> assets(TenantTx tx, long holder) throws SQLException {
    // Sums by month are few; walked asset by asset, the postings of a holder of whom the database
    // has no statistics may be read whole for each.
    return new HashSet<>(
        tx.sql(
                """
                select distinct a.code from balance b join asset a on a.asset_id = b.asset_id
                where b.tenant_id = ? and b.holder_id = ?
                """)
            .bind(tx.tenant(), holder)
            .list(row -> row.getString(1)));
  }

  private static void walk(
      TenantTx tx, String sql, Range range, Consumer<BookEntry> into, PostedRows.Txid txid)
      throws SQLException {
    PostedRows walk = new PostedRows(tx, range.holder(), into, txid);
    List<Long> connections = range.spans().stream().map(Span::connection).distinct().toList();
    List<String> domains =
        range.spans().stream().map(span -> span.domain().code()).distinct().toList();
    // What is not open is open from the end of time on.
    OffsetDateTime[] since = new OffsetDateTime[connections.size() * domains.size()];
    Arrays.fill(since, END.atOffset(ZoneOffset.UTC));
    for (Span span : range.spans()) {
      int place =
          connections.indexOf(span.connection()) * domains.size()
              + domains.indexOf(span.domain().code());
      OffsetDateTime at = span.since().atOffset(ZoneOffset.UTC);
      since[place] = at.isBefore(since[place]) ? at : since[place];
    }
    tx.sql(sql)
        .bind(tx.tenant(), range.holder(), range.after())
        .bind(since, connections.toArray(Long[]::new), domains.size())
        .bind((Object) domains.toArray(String[]::new))
        .each(AT_ONCE, walk::row);
    walk.end();
  }
}

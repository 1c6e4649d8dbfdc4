package io.tallystick.report;

import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.costbasis.Settings;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.EntryKind;
import io.tallystick.records.Kinds;
import io.tallystick.records.Span;
import io.tallystick.report.reading.BookEntry;
import io.tallystick.report.reading.BookRows;
import io.tallystick.report.reading.Interpreter;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.valuation.Candles;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Valuation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Gathers what a report is made of: books, declarations, and prices, fetched where they lack. */
@ApplicationScoped
class Gathering {
  private static final List<EntryKind> KINDS = List.of(EntryKind.values());

  private final Reads reads;
  private final Books books;
  private final Connections connections;
  private final Valuation valuation;
  private final Candles candles;
  private final StatementStore statements;

  Gathering(
      Reads reads,
      Books books,
      Connections connections,
      Valuation valuation,
      Candles candles,
      StatementStore statements) {
    this.reads = reads;
    this.books = books;
    this.connections = connections;
    this.valuation = valuation;
    this.candles = candles;
    this.statements = statements;
  }

  // What has no price is looked for at the venues first; nobody is asked inside a transaction.
  void fetch(Caller caller, String holder, Settings settings) {
    Map<Link, List<Candles.Need>> missing =
        reads.read(
            caller,
            "POST /v1/reports",
            holder,
            null,
            Kinds.domains(KINDS),
            (tx, permits) -> {
              Interpreter read = interpreter(tx, permits, settings);
              Map<Link, List<Candles.Need>> needs = new HashMap<>();
              for (long connection : covered(Kinds.spans(permits))) {
                long key = permits.getFirst().holder();
                Link link = Objects.requireNonNull(connections.find(tx, key, connection));
                needs.put(link, read.unpriced());
              }
              return new Reads.Served<>(needs, 0);
            });
    missing.forEach((link, needs) ->
        candles.fetch(
            caller.tenant(), link.venue(), link.environment(), settings.currency(), needs));
  }

  /** The books that the permits open, read as events. */
  Interpreter interpreter(TenantTx tx, List<ReadPermit> permits, Settings settings)
      throws SQLException {
    long holder = permits.getFirst().holder();
    List<Span> spans = Kinds.spans(permits);
    List<BookEntry> entries = BookRows.read(tx, books, holder, spans);
    // An opening balance of a connection that is not open is as closed as the connection.
    Set<String> wallets =
        covered(spans).stream()
            .map(connection -> PublicIds.connection(holder, connection))
            .collect(Collectors.toSet());
    return new Interpreter(
        known(tx, holder, covered(spans), entries),
        settings.currency(),
        entries,
        statements.standing(tx, holder).stream()
            .filter(one -> one.connection() == null || wallets.contains(one.connection()))
            .toList());
  }

  private Prices known(TenantTx tx, long holder, Set<Long> covered, List<BookEntry> entries)
      throws SQLException {
    Set<String> places = new TreeSet<>();
    for (long connection : covered) {
      Link link = Objects.requireNonNull(connections.find(tx, holder, connection));
      places.add(Valuation.place(link.venue(), link.environment()));
    }
    return entries.isEmpty()
        ? new Prices(List.of())
        : valuation.prices(
            tx, places, assets(entries), entries.getFirst().at(), entries.getLast().at());
  }

  private static Set<String> assets(List<BookEntry> entries) {
    Set<String> assets = new TreeSet<>();
    entries.forEach(entry -> entry.flows().forEach(flow -> assets.add(flow.asset())));
    return assets;
  }

  /** The connections of the spans, in order of key. */
  static Set<Long> covered(List<Span> spans) {
    return spans.stream().map(Span::connection).collect(Collectors.toCollection(TreeSet::new));
  }
}

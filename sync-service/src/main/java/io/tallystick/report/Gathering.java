package io.tallystick.report;

import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.consent.ReadPermit;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.TaxCalendar;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Books;
import io.tallystick.reconcile.Standings;
import io.tallystick.records.Kinds;
import io.tallystick.records.Span;
import io.tallystick.report.reading.BookRows;
import io.tallystick.report.reading.Declaration;
import io.tallystick.report.reading.Interpreter;
import io.tallystick.report.reading.Journeys;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.valuation.Candles;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Valuation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what a report is made of: books, declarations and prices that are known. */
@ApplicationScoped
class Gathering {
  // The year in which units were first sold for money.
  private static final int FIRST_YEAR = 2010;

  private final Books books;
  private final Connections connections;
  private final Valuation valuation;
  private final StatementStore statements;
  private final Candles candles;
  private final Standings standings;
  private final Pace pace;

  Gathering(
      Books books,
      Connections connections,
      Valuation valuation,
      StatementStore statements,
      Candles candles,
      Standings standings,
      Pace pace) {
    this.standings = standings;
    this.candles = candles;
    this.pace = pace;
    this.books = books;
    this.connections = connections;
    this.valuation = valuation;
    this.statements = statements;
  }

  /** The connections that the permits open, in order of key. */
  List<Link> links(TenantTx tx, List<ReadPermit> permits) throws SQLException {
    List<Link> links = new ArrayList<>();
    for (long connection : covered(Kinds.spans(permits))) {
      Link link = connections.find(tx, permits.getFirst().holder(), connection);
      links.add(Objects.requireNonNull(link));
    }
    return links;
  }

  /** Which of the prices that are missing are worth asking for, and by which connection. */
  Map<Link, List<Candles.Need>> worthwhile(
      TenantTx tx, List<ReadPermit> permits, String currency, List<Candles.Need> needs)
      throws SQLException {
    // One of each place will do: candles belong to nobody.
    Map<String, Link> places = new LinkedHashMap<>();
    for (Link link : links(tx, permits)) {
      places.putIfAbsent(Valuation.place(link.venue(), link.environment()), link);
    }
    Map<Link, List<Candles.Need>> worthwhile = new LinkedHashMap<>();
    places.forEach((_, link) -> {
      List<Candles.Need> wanted =
          candles.worthwhile(link.venue(), link.environment(), currency, needs);
      if (!wanted.isEmpty()) {
        worthwhile.put(link, wanted);
      }
    });
    return worthwhile;
  }

  /** What is declared and concerns what the permits open. */
  List<Declaration> declared(TenantTx tx, List<ReadPermit> permits) throws SQLException {
    long holder = permits.getFirst().holder();
    // An opening balance of a connection that is not open is as closed as the connection.
    Set<String> wallets =
        covered(Kinds.spans(permits)).stream()
            .map(connection -> PublicIds.connection(holder, connection))
            .collect(Collectors.toSet());
    return statements.standing(tx, holder).stream()
        .filter(one -> one.connection() == null || wallets.contains(one.connection()))
        .toList();
  }

  /** Every asset that the books or an opening balance tell of. */
  static Set<String> assets(TenantTx tx, long holder, List<Declaration> declared)
      throws SQLException {
    Set<String> assets = BookRows.assets(tx, holder);
    openings(declared).forEach(one -> assets.add(Objects.requireNonNull(one.asset())));
    return assets;
  }

  private static Stream<Declaration> openings(List<Declaration> declared) {
    return declared.stream().filter(one -> one.kind() == Declaration.Kind.OPENING);
  }

  /** Whose prices count for these connections. */
  static List<String> places(List<Link> links) {
    return links.stream()
        .map(link -> Valuation.place(link.venue(), link.environment()))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Reads the books that the permits open and computes them, from a place on.
   *
   * @param stood what was known of their completeness before they are read
   */
  Draft.Finished run(
      TenantTx tx,
      List<ReadPermit> permits,
      Settings settings,
      List<Declaration> declared,
      Draft.Origin origin,
      Stood stood)
      throws SQLException {
    Progress start = origin.progress();
    long holder = permits.getFirst().holder();
    Instant after = start.last().equals(Instant.MIN) ? BookRows.BEGINNING : start.last();
    BookRows.Range range = new BookRows.Range(holder, Kinds.spans(permits), after);
    Journeys journeys = new Journeys(start.underway(), BookRows.transfers(tx, books, range));
    List<Instant> ends = ends(settings.calendar());
    List<Instant> besides = paid(declared, settings.currency());
    openings(declared)
        .map(one -> Objects.requireNonNull(one.at()))
        .filter(at -> at.isAfter(after))
        .forEach(besides::add);
    Set<String> assets = assets(tx, holder, declared);
    Prices prices = known(tx, permits, start, assets, ends, besides);
    Interpreter interpreter =
        new Interpreter(prices, settings.currency(), journeys, declared, start.rest(), ends);
    Draft draft = new Draft(settings, interpreter, journeys, origin);
    BookRows.each(tx, range, draft::read);
    return draft.finish(stood.until());
  }

  /**
   * How complete the books are.
   *
   * @param until up to when all of them are; null when something is missing anywhere
   */
  record Stood(List<ReportHead.Standing> all, @Nullable Instant until) {}

  /** What is known of the completeness of what the permits open, by connection. */
  Stood standing(TenantTx tx, List<ReadPermit> permits) throws SQLException {
    List<ReportHead.Standing> all = new ArrayList<>();
    Instant until = Instant.MAX;
    for (Link link : links(tx, permits)) {
      Standings.Standing one =
          standings.of(tx, link, permits.stream().map(ReadPermit::domain).toList());
      all.add(
          new ReportHead.Standing(
              one.connection(),
              Valuation.place(link.venue(), link.environment()),
              one.verdict(),
              one.reasons(),
              one.held().stream()
                  .map(held -> new ReportHead.Held(held.asset(), held.quantity(), held.at()))
                  .toList()));
      Instant its = one.until() == null ? Instant.MIN : one.until();
      until = its.isBefore(until) ? its : until;
    }
    return new Stood(all, all.isEmpty() || until.equals(Instant.MIN) ? null : until);
  }

  // What is stated in other money is valued at the day on which it was paid.
  private static List<Instant> paid(List<Declaration> declared, String currency) {
    List<Instant> paid = new ArrayList<>();
    for (Declaration one : declared) {
      if (one.currency() != null && !one.currency().equals(currency)) {
        Stream.concat(
                Stream.ofNullable(one.at()),
                one.lots().stream().flatMap(lot -> Stream.ofNullable(lot.acquired())))
            .forEach(paid::add);
      }
    }
    return paid;
  }

  // The ends of all years that are over and can have books.
  private List<Instant> ends(TaxCalendar calendar) {
    Instant now = pace.instant();
    List<Instant> ends = new ArrayList<>();
    for (int year = FIRST_YEAR; ; year++) {
      Instant end = calendar.yearStart().atYear(year).atStartOfDay(calendar.zone()).toInstant();
      if (end.isAfter(now)) {
        return ends;
      }
      ends.add(end);
    }
  }

  private Prices known(
      TenantTx tx,
      List<ReadPermit> permits,
      Progress start,
      Set<String> assets,
      List<Instant> ends,
      List<Instant> besides)
      throws SQLException {
    long holder = permits.getFirst().holder();
    boolean fresh = start.last().equals(Instant.MIN);
    Instant after = fresh ? BookRows.BEGINNING : start.last();
    List<Instant> bounds = new ArrayList<>(BookRows.bounds(tx, holder, after));
    bounds.addAll(besides);
    if (fresh && bounds.isEmpty()) {
      return new Prices(List.of());
    }
    if (!fresh) {
      bounds.add(after);
    }
    ends.stream().filter(end -> end.isAfter(Collections.min(bounds))).forEach(bounds::add);
    return valuation.prices(
        tx, places(links(tx, permits)), assets, Collections.min(bounds), Collections.max(bounds));
  }

  /** The connections of the spans, in order of key. */
  static Set<Long> covered(List<Span> spans) {
    return spans.stream().map(Span::connection).collect(Collectors.toCollection(TreeSet::new));
  }
}

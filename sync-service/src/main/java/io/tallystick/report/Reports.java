package io.tallystick.report;

import io.tallystick.access.AccessLog;
import io.tallystick.connection.Link;
import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Settings;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.records.Kinds;
import io.tallystick.records.Span;
import io.tallystick.report.ReportStore.Content;
import io.tallystick.report.ReportStore.Stored;
import io.tallystick.report.journal.Journal;
import io.tallystick.report.layout.Table;
import io.tallystick.report.reading.BookEntry;
import io.tallystick.report.reading.BookRows;
import io.tallystick.report.reading.Input;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.valuation.Candles;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes reports, keeps them and makes them again. Open to accountants whom a consent names for
 * taxes or accounting; each use is a leaf of the access log.
 */
@ApplicationScoped
class Reports {
  private final OpenBooks books;
  private final Gathering gathering;
  private final Continuing continuing;
  private final Candles candles;
  private final AccessLog log;
  private final Pace pace;

  Reports(
      OpenBooks books,
      Gathering gathering,
      Continuing continuing,
      Candles candles,
      AccessLog log,
      Pace pace) {
    this.books = books;
    this.gathering = gathering;
    this.continuing = continuing;
    this.candles = candles;
    this.log = log;
    this.pace = pace;
  }

  /** What a report is to be made of. */
  record Order(
      String holder,
      String profile,
      Map<String, String> settings,
      List<Input.Statement> statements) {}

  /** A report with what it says of itself. */
  record Made(long holder, Stored stored, ReportHead head) {}

  /** Work on a report that the caller may read. */
  @FunctionalInterface
  interface Reading<T> {
    Reads.Served<T> in(TenantTx tx, Made report) throws SQLException;
  }

  /** Makes a report of everything that is open to the caller and keeps it. */
  Made make(Caller caller, Order order) {
    Profile profile = Orders.profile(order.profile());
    Settings settings = Orders.settings(profile, order.settings());
    Terms terms = new Terms(profile, settings, order.statements());
    Attempt first = attempt(caller, order.holder(), terms, true);
    // What has no price is looked for at the venues; nobody is asked inside a transaction.
    first
        .missing()
        .forEach((link, needs) ->
            candles.fetch(
                caller.tenant(), link.venue(), link.environment(), settings.currency(), needs));
    Made made = first.made();
    return made == null
        ? Objects.requireNonNull(attempt(caller, order.holder(), terms, false).made())
        : made;
  }

  /** A report, or the prices that are missing for one. */
  private record Attempt(@Nullable Made made, Map<Link, List<Candles.Need>> missing) {}

  private Attempt attempt(Caller caller, String holder, Terms terms, boolean whole) {
    return books.of(
        caller,
        "POST /v1/reports",
        holder,
        (tx, permits) -> {
          Continuing.Computed computed = continuing.run(tx, permits, terms.settings());
          Draft.Finished finished = computed.finished();
          List<Candles.Need> needs = new ArrayList<>(finished.figures().unpriced());
          finished.rest().worths().stream()
              .filter(one -> one.price() == null && one.end() != null)
              .forEach(one -> needs.add(new Candles.Need(one.asset(), one.end().minusMillis(1))));
          Map<Link, List<Candles.Need>> missing =
              whole && !needs.isEmpty()
                  ? gathering.worthwhile(tx, permits, terms.settings().currency(), needs)
                  : Map.of();
          if (!missing.isEmpty()) {
            if (finished.figures().unpriced().isEmpty()) {
              // Only what is held lacks a price: the next time goes on from the end of this one.
              contents(tx, permits.getFirst().holder(), finished);
              continuing.keep(tx, permits.getFirst().holder(), computed);
            }
            return new Reads.Served<>(new Attempt(null, missing), 0);
          }
          Made made = keep(tx, caller, permits, terms, computed);
          continuing.keep(tx, made.holder(), computed);
          return new Reads.Served<>(new Attempt(made, Map.of()), made.head().events());
        });
  }

  /** Reads a stored report, if everything that it was made of is open to the caller now. */
  <T> T read(Caller caller, String route, String id, Reading<T> reading) {
    PublicIds.Timed key = PublicIds.orNotFound(PublicIds.report(id));
    return books.of(
        caller,
        route,
        PublicIds.holder(key.holder()),
        (tx, permits) -> {
          Stored stored = PublicIds.orNotFound(ReportStore.find(tx, key.holder(), key.id()));
          if (!open(stored, Kinds.spans(permits))) {
            throw Problem.notFound();
          }
          return reading.in(tx, of(key.holder(), stored));
        });
  }

  /** The newest reports of a holder that are open to the caller. */
  List<Made> list(Caller caller, String route, String holder, int most) {
    return books.of(
        caller,
        route,
        holder,
        (tx, permits) -> {
          long key = permits.getFirst().holder();
          List<Span> spans = Kinds.spans(permits);
          List<Made> made =
              ReportStore.list(tx, key, most).stream()
                  .filter(stored -> open(stored, spans))
                  .map(stored -> of(key, stored))
                  .toList();
          return new Reads.Served<>(made, made.size());
        });
  }

  /** The books that are open to the caller, as a journal tells them. */
  List<Journal.Posted> posted(Caller caller, String route, String holder) {
    return books.of(
        caller,
        route,
        holder,
        (tx, permits) -> {
          long key = permits.getFirst().holder();
          List<Journal.Posted> posted = new ArrayList<>();
          for (BookEntry entry : BookRows.read(tx, key, Kinds.spans(permits))) {
            posted.add(
                new Journal.Posted(
                    entry.id(),
                    entry.kind().code(),
                    entry.at(),
                    entry.flows().stream()
                        .map(flow ->
                            new Journal.Move(flow.from(), flow.to(), flow.asset(), flow.amount()))
                        .toList()));
          }
          return new Reads.Served<>(posted, posted.size());
        });
  }

  private record Terms(Profile profile, Settings settings, List<Input.Statement> statements) {}

  private Made keep(
      TenantTx tx,
      Caller caller,
      List<ReadPermit> permits,
      Terms terms,
      Continuing.Computed computed)
      throws SQLException {
    Draft.Finished finished = computed.finished();
    Profile profile = terms.profile();
    Settings settings = terms.settings();
    long holder = permits.getFirst().holder();
    List<Span> spans = Kinds.spans(permits);
    Input.Rest rest = finished.rest().with(terms.statements());
    ReportHead head =
        new ReportHead(
            profile.id(),
            profile.version(),
            profile.checked().toString(),
            settings.entries(),
            profile.notes(),
            finished.figures().events(),
            finished.figures().from(),
            finished.figures().to(),
            Computation.input(finished.inputs(), rest),
            Computation.prices(finished.prices(), rest),
            computed.standing(),
            rest.declarations(),
            finished.totals(),
            finished.refused(),
            Table.LAYOUT,
            Orders.rounding(profile, settings),
            profile.figures());
    Content kept = Content.of(Canon.text(rest).getBytes(StandardCharsets.UTF_8));
    ReportStore.keep(tx, holder, kept);
    contents(tx, holder, finished);
    Stored stored =
        new Stored(
            log.newId(),
            pace.instant(),
            caller.client(),
            spans,
            ReportStore.FORMAT,
            Canon.text(head),
            kept.id(),
            HexFormat.of().parseHex(head.prices()),
            finished.inputs().stream().map(HexFormat.of()::parseHex).toList(),
            finished.lines().stream().map(HexFormat.of()::parseHex).toList(),
            Computation.digest(finished.lines(), finished.totals(), settings));
    ReportStore.insert(tx, holder, stored);
    return new Made(holder, stored, head);
  }

  private static void contents(TenantTx tx, long holder, Draft.Finished finished)
      throws SQLException {
    for (Content content : finished.contents()) {
      ReportStore.keep(tx, holder, content);
    }
  }

  // A consent that was given later may open less, or look back less far, than the report does.
  private static boolean open(Stored stored, List<Span> spans) {
    return stored.spans().stream()
        .allMatch(made ->
            spans.stream()
                .anyMatch(now ->
                    now.domain() == made.domain()
                        && now.connection() == made.connection()
                        && !now.since().isAfter(made.since())));
  }

  private static Made of(long holder, Stored stored) {
    return new Made(holder, stored, Canon.read(stored.head(), ReportHead.class));
  }
}

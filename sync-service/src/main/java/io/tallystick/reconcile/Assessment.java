package io.tallystick.reconcile;

import io.tallystick.connection.Link;
import io.tallystick.connection.Onlookers.Sight;
import io.tallystick.consent.Coverage;
import io.tallystick.consent.Permits;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.PublicIds;
import io.tallystick.reconcile.Completeness.Facts;
import io.tallystick.reconcile.Completeness.State;
import io.tallystick.reconcile.Completeness.Unexplained;
import io.tallystick.reconcile.CompletenessViews.CompletenessView;
import io.tallystick.reconcile.CompletenessViews.DomainView;
import io.tallystick.reconcile.CompletenessViews.UnexplainedView;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Gathers what is known of a connection and states how complete it is. */
@ApplicationScoped
class Assessment {
  private final Reconciliation reconciliation;
  private final Permits permits;
  private final Pace pace;
  private final Map<String, List<Stream>> streams = new HashMap<>();

  Assessment(Reconciliation reconciliation, Permits permits, Pace pace) {
    this.reconciliation = reconciliation;
    this.permits = permits;
    this.pace = pace;
    for (Venue venue : ServiceLoader.load(Venue.class)) {
      streams.put(venue.id(), List.copyOf(venue.streams()));
    }
  }

  /** What can be said of a connection, and the balances that it was said of. */
  record Assessed(CompletenessView view, List<Line> lines) {}

  /** How complete the connection's records are, as far as the asker may know. */
  CompletenessView of(TenantTx tx, Sight sight) throws SQLException {
    return with(tx, sight).view();
  }

  /** The same, with all balances, which the asker may know only if balances are open to him. */
  Assessed with(TenantTx tx, Sight sight) throws SQLException {
    Link link = sight.link();
    long holder = link.holder();
    Coverage coverage = permits.coverage(tx, holder, link.consent());
    List<Line> lines = reconciliation.compare(tx, holder, link.id());
    Unexplained unexplained = CompletenessRows.unexplained(tx, holder, link.id());
    List<State> states =
        Completeness.of(
            new Facts(
                coverage,
                sight.domains(),
                streams.getOrDefault(link.venue(), List.of()),
                CompletenessRows.positions(tx, holder, link.id()),
                CompletenessRows.lastRun(tx, holder, link.id(), coverage.since()),
                CompletenessRows.openGaps(tx, holder, link.id()),
                lines,
                CompletenessRows.wholeReports(tx, holder, link.id()),
                unexplained));
    Instant now = pace.instant();
    List<DomainView> domains =
        states.stream().map(state -> CompletenessViews.domain(holder, state, now)).toList();
    CompletenessView view =
        new CompletenessView(
            PublicIds.connection(holder, link.id()),
            now,
            verdict(domains),
            coverage.earliest(),
            domains,
            sight.domains().contains(Domain.BALANCES)
                ? CompletenessViews.wallets(lines, sight.amounts())
                : null,
            new UnexplainedView(unexplained.suspense(), unexplained.opening()));
    return new Assessed(view, lines);
  }

  private static String verdict(List<DomainView> domains) {
    List<String> verdicts =
        domains.stream().filter(DomainView::inConsent).map(DomainView::verdict).toList();
    return List.of("gap", "unknown").stream()
        .filter(verdicts::contains)
        .findFirst()
        .orElse(verdicts.isEmpty() ? "unknown" : "complete");
  }
}

package io.tallystick.reconcile;

import io.tallystick.connection.Link;
import io.tallystick.connection.Onlookers;
import io.tallystick.reconcile.CompletenessViews.CompletenessView;
import io.tallystick.reconcile.CompletenessViews.DomainView;
import io.tallystick.reconcile.CompletenessViews.PeriodView;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** States in brief how complete a connection's records are, for what is made of them. */
@ApplicationScoped
public class Standings {
  private final Assessment assessment;

  Standings(Assessment assessment) {
    this.assessment = assessment;
  }

  /**
   * The state of a connection.
   *
   * @param connection its public id
   * @param verdict {@code complete}, {@code gap} or {@code unknown}
   * @param reasons domain and reason of all that is not complete or not open, sorted
   */
  public record Standing(String connection, String verdict, List<String> reasons) {}

  /** How complete the connection is, as far as these domains tell. */
  public Standing of(TenantTx tx, Link link, Collection<Domain> domains) throws SQLException {
    Set<Domain> open = domains.isEmpty() ? Set.of() : EnumSet.copyOf(domains);
    CompletenessView view = assessment.of(tx, new Onlookers.Sight(link, open, Role.ACCOUNTANT));
    Set<String> reasons = new TreeSet<>();
    for (DomainView domain : view.byDomain()) {
      for (PeriodView period : domain.periods()) {
        if (!period.verdict().equals("complete")) {
          reasons.add(domain.domain() + ": " + Objects.requireNonNullElse(period.reason(), "gap"));
        }
      }
    }
    boolean shut = view.byDomain().stream().anyMatch(domain -> !domain.inConsent());
    String verdict = shut && view.verdict().equals("complete") ? "gap" : view.verdict();
    return new Standing(view.connection(), verdict, List.copyOf(reasons));
  }
}

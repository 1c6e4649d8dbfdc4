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
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
   * @param held what the venue reported, by asset; empty when balances are not among the domains
   * @param until up to when the records that are read here are known to be complete; null while
   *     something of them is missing
   */
  public record Standing(
      String connection,
      String verdict,
      List<String> reasons,
      List<Held> held,
      @Nullable Instant until) {}

  /**
   * What a venue reported of an asset over all wallets.
   *
   * @param quantity null when one of the wallets that has some of it was not reported
   * @param at when the newest of it was first seen; null when there is none
   */
  public record Held(String asset, @Nullable BigDecimal quantity, @Nullable Instant at) {}

  /** How complete the connection is, as far as these domains tell. */
  public Standing of(TenantTx tx, Link link, Collection<Domain> domains) throws SQLException {
    Set<Domain> open = domains.isEmpty() ? Set.of() : EnumSet.copyOf(domains);
    Assessment.Assessed assessed =
        assessment.with(tx, new Onlookers.Sight(link, open, Role.ACCOUNTANT));
    CompletenessView view = assessed.view();
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
    List<Held> held = open.contains(Domain.BALANCES) ? held(assessed.lines()) : List.of();
    return new Standing(view.connection(), verdict, List.copyOf(reasons), held, until(view));
  }

  // What no consent opens, and what this version has no source for, has no time of its own: entries
  // of it never come.
  private static @Nullable Instant until(CompletenessView view) {
    Instant until = null;
    for (DomainView domain : view.byDomain()) {
      if (!domain.inConsent() || unread(domain)) {
        continue;
      }
      Instant proved = domain.provedUntil();
      if (proved == null || !domain.verdict().equals("complete")) {
        return null;
      }
      until = until == null || proved.isBefore(until) ? proved : until;
    }
    return until;
  }

  private static boolean unread(DomainView domain) {
    String unread = Verdict.Cause.NOT_READ_BY_THIS_VERSION.code();
    return domain.periods().stream().anyMatch(period -> unread.equals(period.reason()));
  }

  private static List<Held> held(List<Line> lines) {
    Map<String, List<Line>> assets = new TreeMap<>();
    lines.stream()
        .filter(Line::nonzero)
        .forEach(line -> assets.computeIfAbsent(line.asset(), _ -> new ArrayList<>()).add(line));
    List<Held> held = new ArrayList<>();
    assets.forEach((asset, all) -> held.add(held(asset, all)));
    return held;
  }

  private static Held held(String asset, List<Line> lines) {
    BigDecimal sum = BigDecimal.ZERO;
    Instant at = null;
    for (Line line : lines) {
      Line.Reported reported = line.reported();
      if (reported == null) {
        return new Held(asset, null, null);
      }
      sum = sum.add(reported.total());
      at = at == null || reported.at().isAfter(at) ? reported.at() : at;
    }
    return new Held(asset, sum, at);
  }
}

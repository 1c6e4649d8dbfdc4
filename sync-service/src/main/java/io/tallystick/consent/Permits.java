package io.tallystick.consent;

import io.tallystick.consent.ReadPermit.Covered;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The only place that says yes. Nothing is remembered: each call reads the consent as it is now,
 * and the database's clock decides about expiry.
 */
@ApplicationScoped
public class Permits {
  Permits() {}

  /** Whether records of this domain may be pulled under this consent now. */
  public PullDecision forPull(TenantTx tx, long holder, long consent, Domain domain)
      throws SQLException {
    Terms terms = ConsentStore.find(tx, holder, consent);
    if (terms == null) {
      return new PullDecision.Refused(Refusal.NO_CONSENT);
    }
    Refusal reason = terms.againstPull(domain);
    return reason == null
        ? new PullDecision.Granted(
            new PullPermit(tx.tenant(), holder, consent, domain, terms.earliest()))
        : new PullDecision.Refused(reason);
  }

  /** What a consent covers, whoever asks; the consent must exist. */
  public Coverage coverage(TenantTx tx, long holder, long consent) throws SQLException {
    return Objects.requireNonNull(ConsentStore.coverage(tx, holder, consent));
  }

  /**
   * Whether the permit's consent still covers its domain, and keeps it so until this transaction
   * ends: the row is share-locked, so a withdrawal either came before and is seen, or waits. What
   * was pulled is stored only in a transaction in which this is true.
   */
  public boolean holds(TenantTx tx, PullPermit permit) throws SQLException {
    if (permit.tenant() != tx.tenant()) {
      return false;
    }
    Terms terms = ConsentStore.hold(tx, permit.holder(), permit.consent());
    return terms != null && terms.againstPull(permit.domain()) == null;
  }

  /**
   * What of a holder's this client may read of a domain now.
   *
   * @param connection one connection that is asked for; null for all that are open to the client
   */
  public ReadDecision forRead(
      TenantTx tx, Caller caller, long holder, @Nullable Long connection, Domain domain)
      throws SQLException {
    return forRead(tx, caller, holder, connection, List.of(domain)).getFirst();
  }

  /**
   * What of a holder's this client may read of several domains now: one decision for each, in their
   * order, all made on one reading of the consents.
   *
   * @param connection one connection that is asked for; null for all that are open to the client
   */
  public List<ReadDecision> forRead(
      TenantTx tx,
      Caller caller,
      long holder,
      @Nullable Long connection,
      Collection<Domain> domains)
      throws SQLException {
    Map<Long, Long> connections = ConsentStore.connections(tx, holder);
    if (connection != null && !connections.containsKey(connection)) {
      return same(domains, Refusal.UNKNOWN);
    }
    Map<Long, Terms> consents = ConsentStore.all(tx, holder);
    if (consents.isEmpty()) {
      return same(
          domains, ConsentStore.hasHolder(tx, holder) ? Refusal.NO_CONSENT : Refusal.UNKNOWN);
    }
    if (connection != null) {
      connections.keySet().retainAll(List.of(connection));
    }
    List<ReadDecision> decisions = new ArrayList<>(domains.size());
    for (Domain domain : domains) {
      decisions.add(decide(tx, caller, holder, domain, connections, consents));
    }
    return decisions;
  }

  /**
   * Whether everything that was granted is granted still, for work that took long: one decision for
   * each permit, in their order. What is still granted names the same connections, under the
   * consents of now: an amendment may have come in between.
   */
  List<ReadDecision> again(TenantTx tx, Caller caller, List<ReadPermit> granted)
      throws SQLException {
    List<Domain> domains = granted.stream().map(ReadPermit::domain).toList();
    List<ReadDecision> now = forRead(tx, caller, granted.getFirst().holder(), null, domains);
    List<ReadDecision> again = new ArrayList<>(now.size());
    for (int n = 0; n < now.size(); n++) {
      again.add(
          switch (now.get(n)) {
            case ReadDecision.Granted(ReadPermit permit) ->
                again(tx, caller, granted.get(n), permit);
            case ReadDecision.Refused refused -> refused;
          });
    }
    return again;
  }

  private ReadDecision again(TenantTx tx, Caller caller, ReadPermit before, ReadPermit now)
      throws SQLException {
    List<Covered> still = new ArrayList<>();
    for (Covered was : before.connections()) {
      List<Covered> is =
          now.connections().stream()
              .filter(one -> one.connection() == was.connection())
              .filter(one -> !one.earliest().isAfter(was.earliest()))
              .toList();
      if (is.isEmpty()) {
        return switch (forRead(tx, caller, now.holder(), was.connection(), now.domain())) {
          // Still open, but no longer as far back.
          case ReadDecision.Granted _ -> new ReadDecision.Refused(Refusal.SUPERSEDED);
          case ReadDecision.Refused refused -> refused;
        };
      }
      still.addAll(is);
    }
    List<Long> consents =
        still.isEmpty() ? now.consents() : still.stream().map(Covered::consent).distinct().toList();
    return new ReadDecision.Granted(
        new ReadPermit(now.tenant(), now.holder(), now.domain(), still, consents));
  }

  private static List<ReadDecision> same(Collection<Domain> domains, Refusal reason) {
    return Collections.nCopies(domains.size(), new ReadDecision.Refused(reason));
  }

  // A connection is opened by its own consent alone; before there is one, any fitting consent
  // answers, with nothing to show yet.
  private static ReadDecision decide(
      TenantTx tx,
      Caller caller,
      long holder,
      Domain domain,
      Map<Long, Long> connections,
      Map<Long, Terms> consents) {
    List<Covered> covered = new ArrayList<>();
    List<Terms> judged = new ArrayList<>();
    connections.forEach((id, consent) -> {
      Terms terms = Objects.requireNonNull(consents.get(consent));
      judged.add(terms);
      if (terms.againstRead(caller, domain) == null) {
        covered.add(new Covered(id, terms.consent(), terms.earliest()));
      }
    });
    if (connections.isEmpty()) {
      judged.addAll(consents.values());
    }
    return decide(tx, caller, holder, domain, covered, judged);
  }

  private static ReadDecision decide(
      TenantTx tx,
      Caller caller,
      long holder,
      Domain domain,
      List<Covered> covered,
      List<Terms> judged) {
    List<Long> fitting = new ArrayList<>();
    Refusal closest = Refusal.NO_CONSENT;
    for (Terms terms : judged) {
      Refusal reason = terms.againstRead(caller, domain);
      if (reason == null) {
        fitting.add(terms.consent());
      } else if (reason.compareTo(closest) > 0) {
        closest = reason;
      }
    }
    return fitting.isEmpty()
        ? new ReadDecision.Refused(closest)
        : new ReadDecision.Granted(
            new ReadPermit(
                tx.tenant(), holder, domain, covered, fitting.stream().distinct().toList()));
  }

  /** What of a holder is open to a client, over all connections; empty when nothing is. */
  List<ReadPermit> open(TenantTx tx, Caller caller, long holder, Collection<Domain> domains)
      throws SQLException {
    return forRead(tx, caller, holder, null, domains).stream()
        .filter(ReadDecision.Granted.class::isInstance)
        .map(ReadDecision.Granted.class::cast)
        .map(ReadDecision.Granted::permit)
        .toList();
  }
}

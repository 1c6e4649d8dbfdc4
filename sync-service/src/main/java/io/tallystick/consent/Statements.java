package io.tallystick.consent;

import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.Consents.Terms;
import io.tallystick.consent.Controllers.Controller;
import io.tallystick.consent.Stated.Party;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Clients;
import io.tallystick.tenancy.LawfulBasis;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes down what is said of the processing when a version of a consent is made. */
@ApplicationScoped
class Statements {
  private final Controllers controllers;
  private final Clients clients;
  private final Event<PeriodsAsked> periods;

  Statements(Controllers controllers, Clients clients, Event<PeriodsAsked> periods) {
    this.controllers = controllers;
    this.clients = clients;
    this.periods = periods;
  }

  /** What is said with a version that is made now, and on what its processing rests. */
  record Now(LawfulBasis basis, Stated stated) {}

  /** What is to be said with terms that are given now. */
  Now now(TenantTx tx, Terms terms) throws SQLException {
    Controller controller = controllers.of(tx);
    PeriodsAsked asked = new PeriodsAsked(terms.jurisdiction());
    periods.fire(asked);
    return new Now(
        controller.basis(),
        new Stated(
            Stated.FORM,
            controller.party(),
            controller.processors(),
            recipients(tx, terms),
            terms.purposes().stream().map(controllers::purpose).toList(),
            controller.storage(),
            controller.transfers(),
            asked.told(),
            controllers.besides()));
  }

  /**
   * What was said with a version. Of one from before such things were kept only that is known which
   * never changes: names, and what the clients are for.
   */
  Stated of(TenantTx tx, Consent consent) throws SQLException {
    Stated stated = consent.stated();
    if (stated != null) {
      return stated;
    }
    Party controller = controllers.of(tx).party();
    return new Stated(
        Stated.FORM,
        Party.named(controller.id(), controller.name()),
        List.of(),
        recipients(tx, consent.terms()),
        consent.terms().purposes().stream()
            .map(code -> new Stated.Purpose(code, null, null, null))
            .toList(),
        List.of(),
        List.of(),
        null,
        Stated.Besides.NOTHING);
  }

  private List<Party> recipients(TenantTx tx, Terms terms) {
    Map<Long, Clients.Client> known =
        clients.of(tx).stream()
            .collect(Collectors.toMap(Clients.Client::client, Function.identity()));
    return terms.recipients().stream().map(one -> recipient(one, known)).toList();
  }

  // One that came from another installation is unknown here.
  private static Party recipient(long client, Map<Long, Clients.Client> known) {
    String id = PublicIds.client(client);
    Clients.Client found = known.get(client);
    return found == null
        ? Party.named(id, "unknown")
        : new Party(
            id,
            found.name(),
            found.contact(),
            found.address(),
            found.country(),
            found.role(),
            found.purpose());
  }
}

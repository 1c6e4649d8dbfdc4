package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets callers look at how a connection was read and what was brought to it. Whoever reads ledger
 * data needs the holder's consent and sees what it covers; whoever runs or watches the service sees
 * the state of everything, and no amount. Each look is in the access log.
 */
@ApplicationScoped
public class Onlookers {
  private static final Set<Domain> ALL = EnumSet.allOf(Domain.class);

  private final Transactions transactions;
  private final Connections connections;
  private final Reads reads;
  private final AccessLog log;

  Onlookers(Transactions transactions, Connections connections, Reads reads, AccessLog log) {
    this.transactions = transactions;
    this.connections = connections;
    this.reads = reads;
    this.log = log;
  }

  /**
   * How much may be seen.
   *
   * @param domains the kinds of record that the caller may look at
   */
  public record Sight(Link link, Set<Domain> domains, Role role) {
    /** Whether balances may be shown. */
    public boolean amounts() {
      return byConsent() && domains.contains(Domain.BALANCES);
    }

    /** Whether what a file is called may be shown, and what is asked about it. */
    public boolean names() {
      return byConsent() || role == Role.OWNER;
    }

    private boolean byConsent() {
      return switch (role) {
        case TRACKER, ACCOUNTANT -> true;
        case OWNER, COMPLIANCE, OPERATOR -> false;
      };
    }
  }

  /** What is looked at. */
  @FunctionalInterface
  public interface Look<T> {
    Reads.Served<T> at(TenantTx tx, Sight sight) throws SQLException;
  }

  /** Looks at a connection; a problem when there is none, or no consent opens it. */
  public <T> T look(Caller caller, String route, String connectionId, Look<T> look) {
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.connection(connectionId));
    return switch (caller.role()) {
      case TRACKER, ACCOUNTANT ->
          reads.read(
              caller,
              route,
              PublicIds.holder(id.holder()),
              connectionId,
              ALL,
              (tx, permits) -> {
                Set<Domain> open =
                    permits.stream().map(ReadPermit::domain).collect(Collectors.toSet());
                return look.at(tx, new Sight(link(tx, id), open, caller.role()));
              });
      case OWNER, COMPLIANCE, OPERATOR ->
          transactions.as(
              caller.tenant(),
              tx -> {
                Reads.Served<T> served = look.at(tx, new Sight(link(tx, id), ALL, caller.role()));
                log.append(tx, leaf(caller, route, id, served.rows()));
                return served.value();
              });
    };
  }

  private Link link(TenantTx tx, PublicIds.Keyed id) {
    return PublicIds.orNotFound(connections.find(tx, id.holder(), id.key()));
  }

  private static Leaf leaf(Caller caller, String route, PublicIds.Keyed id, int rows) {
    return new Leaf(
        Leaf.Kind.READ,
        id.holder(),
        null,
        id.key(),
        caller.client(),
        Map.of("route", route, "rows", Integer.toString(rows)));
  }
}

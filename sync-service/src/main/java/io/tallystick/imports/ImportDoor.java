package io.tallystick.imports;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
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
 * Who may see or bring files. Whoever reads ledger data needs the holder's consent, and sees files
 * of the kinds that it covers; whoever runs or watches the service sees how far each file has come,
 * and only the owner its name. Each look is in the access log.
 */
@ApplicationScoped
class ImportDoor {
  private static final Set<Domain> ALL = EnumSet.allOf(Domain.class);

  private final Transactions transactions;
  private final Connections connections;
  private final Reads reads;
  private final AccessLog log;

  ImportDoor(Transactions transactions, Connections connections, Reads reads, AccessLog log) {
    this.transactions = transactions;
    this.connections = connections;
    this.reads = reads;
    this.log = log;
  }

  /**
   * How much may be seen.
   *
   * @param names whether what a file is called may be shown, and what is asked about it
   */
  record Sight(Link link, Set<Domain> domains, boolean names) {
    boolean sees(Batch batch) {
      return batch.domain() == null || domains.contains(batch.domain());
    }
  }

  /** What is looked at. */
  @FunctionalInterface
  interface Look<T> {
    Reads.Served<T> at(TenantTx tx, Sight sight) throws SQLException;
  }

  /** Opens a connection's files; a problem when there is no such connection, or no consent. */
  <T> T look(Caller caller, String route, String connectionId, Look<T> look) {
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
                return look.at(tx, new Sight(link(tx, id), open, true));
              });
      case OWNER -> look(caller, route, id, true, look);
      case COMPLIANCE, OPERATOR -> look(caller, route, id, false, look);
    };
  }

  private <T> T look(Caller caller, String route, PublicIds.Keyed id, boolean names, Look<T> look) {
    return transactions.as(
        caller.tenant(),
        tx -> {
          Reads.Served<T> served = look.at(tx, new Sight(link(tx, id), ALL, names));
          Map<String, String> facts =
              Map.of("route", route, "rows", Integer.toString(served.rows()));
          log.append(
              tx, new Leaf(Leaf.Kind.READ, id.holder(), null, id.key(), caller.client(), facts));
          return served.value();
        });
  }

  private Link link(TenantTx tx, PublicIds.Keyed id) {
    return PublicIds.orNotFound(connections.find(tx, id.holder(), id.key()));
  }
}

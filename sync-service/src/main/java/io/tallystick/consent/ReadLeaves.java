package io.tallystick.consent;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.ReadPermit.Covered;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes into the access log what clients read of holders, and what they were refused. */
@ApplicationScoped
class ReadLeaves {
  private final AccessLog log;

  ReadLeaves(AccessLog log) {
    this.log = log;
  }

  /**
   * That rows were read by these permits, which are of one holder. One leaf for each consent, so
   * that whoever looks up a consent finds every read it allowed. All but the first say with which
   * other one they are of one reading: rows are counted there.
   */
  void read(TenantTx tx, Caller caller, String route, List<ReadPermit> granted, int rows)
      throws SQLException {
    long holder = granted.getFirst().holder();
    List<Covered> covered =
        granted.stream().flatMap(permit -> permit.connections().stream()).distinct().toList();
    List<Long> connections = covered.stream().map(Covered::connection).distinct().toList();
    Long single = connections.size() == 1 ? connections.getFirst() : null;
    List<Long> consents =
        granted.stream().flatMap(permit -> permit.consents().stream()).distinct().toList();
    UUID first = null;
    for (long consent : consents) {
      Map<String, String> facts =
          facts(
              caller,
              route,
              granted.stream()
                  .filter(permit -> permit.consents().contains(consent))
                  .map(ReadPermit::domain)
                  .toList());
      facts.put("rows", Integer.toString(rows));
      facts.put(
          "connections",
          covered.stream()
              .filter(one -> one.consent() == consent)
              .map(one -> PublicIds.connection(holder, one.connection()))
              .collect(Collectors.joining(" ")));
      if (first != null) {
        facts.put("with", PublicIds.leaf(holder, first));
      }
      UUID leaf =
          log.append(tx, new Leaf(Leaf.Kind.READ, holder, consent, single, caller.client(), facts));
      first = first == null ? leaf : first;
    }
  }

  /** That the end of a consent was told. */
  void told(TenantTx tx, Caller caller, String route, Ending ending) throws SQLException {
    // No consent allowed this, so it stands under none; it is of nothing that was pulled.
    Map<String, String> facts = Map.of("route", route, "rows", "1");
    Long of = ending.connection();
    log.append(tx, new Leaf(Leaf.Kind.READ, ending.holder(), null, of, caller.client(), facts));
  }

  /** That a read was refused. */
  UUID refused(
      TenantTx tx,
      Caller caller,
      String route,
      long holder,
      @Nullable Long connection,
      Collection<Domain> domains,
      Refusal reason)
      throws SQLException {
    Map<String, String> facts = facts(caller, route, domains);
    facts.put("reason", reason.code());
    Leaf.Kind kind = Leaf.Kind.READ_REFUSED;
    return log.append(tx, new Leaf(kind, holder, null, connection, caller.client(), facts));
  }

  private static Map<String, String> facts(
      Caller caller, String route, Collection<Domain> domains) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("route", route);
    facts.put("domain", domains.stream().map(Domain::code).collect(Collectors.joining(" ")));
    facts.put("purpose", caller.purpose());
    return facts;
  }
}

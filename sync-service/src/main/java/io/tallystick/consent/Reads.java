package io.tallystick.consent;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import io.tallystick.web.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one way for a client to read a holder's data: permit, work and access-log leaf share one
 * transaction, so nothing is answered that is not in the log.
 */
@ApplicationScoped
public class Reads {
  private final Transactions transactions;
  private final Permits permits;
  private final AccessLog log;

  Reads(Transactions transactions, Permits permits, AccessLog log) {
    this.transactions = transactions;
    this.permits = permits;
    this.log = log;
  }

  /** What a read does once it is allowed. */
  @FunctionalInterface
  public interface ReadWork<T> {
    /** Reads only what the permit names: its connections, from their earliest instants on. */
    Served<T> in(TenantTx tx, ReadPermit permit) throws SQLException;
  }

  /** An answer and how many rows of the holder's data it holds. */
  public record Served<T>(T value, int rows) {
    /** A page, each item a row. */
    public static <R> Served<Page<R>> page(Page<R> page) {
      return new Served<>(page, page.items().size());
    }
  }

  private sealed interface Outcome<T> {
    record Answered<T>(T value) implements Outcome<T> {}

    record Denied<T>(Refusal reason) implements Outcome<T> {}
  }

  /**
   * Reads as a client. Ids that are unknown, foreign or no ids at all are answered alike, 404; a
   * holder without a consent that names client, purpose and domain is answered 403, and logged.
   *
   * @param route the operation in the contract's words, such as {@code GET /v1/trades}
   * @param holderId public id of the holder
   * @param connectionId public id of one connection; null for all that are open to the client
   */
  public <T> T read(
      Caller caller,
      String route,
      String holderId,
      @Nullable String connectionId,
      Domain domain,
      ReadWork<T> work) {
    long holder = PublicIds.orNotFound(PublicIds.holder(holderId));
    Long connection = connectionOf(holder, connectionId);
    Outcome<T> outcome =
        transactions.as(
            caller.tenant(),
            tx ->
                switch (permits.forRead(tx, caller, holder, connection, domain)) {
                  case ReadDecision.Granted granted -> {
                    Served<T> served = work.in(tx, granted.permit());
                    append(tx, caller, route, granted.permit(), served.rows());
                    yield new Outcome.Answered<>(served.value());
                  }
                  case ReadDecision.Refused refused -> new Outcome.Denied<>(refused.reason());
                });
    return switch (outcome) {
      case Outcome.Answered<T> answered -> answered.value();
      case Outcome.Denied<T> denied -> {
        if (denied.reason() != Refusal.UNKNOWN) {
          logRefusal(caller, route, holder, connection, domain, denied.reason());
        }
        throw denied.reason().problem();
      }
    };
  }

  private static @Nullable Long connectionOf(long holder, @Nullable String connectionId) {
    if (connectionId == null) {
      return null;
    }
    PublicIds.Keyed connection = PublicIds.orNotFound(PublicIds.connection(connectionId));
    return PublicIds.orNotFound(connection.holder() == holder ? connection.key() : null);
  }

  // One leaf for each consent, so that whoever looks up a consent finds every read it allowed.
  private void append(TenantTx tx, Caller caller, String route, ReadPermit permit, int rows)
      throws SQLException {
    for (long consent : permit.consents()) {
      Map<String, String> facts = facts(caller, route, permit.domain());
      facts.put("rows", Integer.toString(rows));
      facts.put(
          "connections",
          permit.connections().stream()
              .filter(covered -> covered.consent() == consent)
              .map(covered -> PublicIds.connection(permit.holder(), covered.connection()))
              .collect(Collectors.joining(" ")));
      Long single =
          permit.connections().size() == 1 ? permit.connections().getFirst().connection() : null;
      log.append(
          tx, new Leaf(Leaf.Kind.READ, permit.holder(), consent, single, caller.client(), facts));
    }
  }

  private void logRefusal(
      Caller caller,
      String route,
      long holder,
      @Nullable Long connection,
      Domain domain,
      Refusal reason) {
    Map<String, String> facts = facts(caller, route, domain);
    facts.put("reason", reason.code());
    Leaf leaf = new Leaf(Leaf.Kind.READ_REFUSED, holder, null, connection, caller.client(), facts);
    transactions.as(caller.tenant(), tx -> log.append(tx, leaf));
  }

  private static Map<String, String> facts(Caller caller, String route, Domain domain) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("route", route);
    facts.put("domain", domain.code());
    facts.put("purpose", caller.purpose());
    return facts;
  }
}

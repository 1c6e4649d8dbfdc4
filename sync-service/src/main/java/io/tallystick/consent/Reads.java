package io.tallystick.consent;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.ReadPermit.Covered;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import io.tallystick.web.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

  /** What a read of several domains does once one of them is allowed. */
  @FunctionalInterface
  public interface WideWork<T> {
    /** Reads only what the permits name; there is one for each domain that is open, never none. */
    Served<T> in(TenantTx tx, List<ReadPermit> permits) throws SQLException;
  }

  /** What a read across holders does; it asks about each holder that it comes upon. */
  @FunctionalInterface
  public interface AcrossWork<T> {
    /** Reads only what the permits name that {@code holders} gives out. */
    T in(TenantTx tx, Across holders) throws SQLException;
  }

  /** Opens holders to a client one by one, and keeps count of what was read of them. */
  public interface Across {
    /** What of the holder is open to the client; empty when nothing is. */
    List<ReadPermit> permits(long holder) throws SQLException;

    /** Says that so many rows were read by these permits, which are of one holder. */
    void served(List<ReadPermit> used, int rows);

    /**
     * Which of these acts ended a consent of the holder that named the client. All of them are
     * told; no permit is needed, for there is none any more.
     *
     * @param leaves ids of acts in the access log
     */
    List<Ending> endings(long holder, Collection<UUID> leaves) throws SQLException;
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
    return read(
        caller,
        route,
        holderId,
        connectionId,
        List.of(domain),
        (tx, granted) -> work.in(tx, granted.getFirst()));
  }

  /**
   * Reads as a client from several domains at once, those of them that are open to it; refused when
   * none is. Otherwise like the read of one domain.
   */
  public <T> T read(
      Caller caller,
      String route,
      String holderId,
      @Nullable String connectionId,
      Collection<Domain> domains,
      WideWork<T> work) {
    long holder = PublicIds.orNotFound(PublicIds.holder(holderId));
    Long connection = connectionOf(holder, connectionId);
    Asked asked = new Asked(caller, route, holder, connection, List.copyOf(domains));
    return answered(asked, transactions.as(caller.tenant(), tx -> judged(tx, asked, work)));
  }

  /**
   * The same of all connections that are open, for work that may take longer than others: reports
   * of a long history.
   */
  public <T> T read(
      Caller caller,
      String route,
      String holderId,
      Collection<Domain> domains,
      Duration most,
      WideWork<T> work) {
    long holder = PublicIds.orNotFound(PublicIds.holder(holderId));
    Asked asked = new Asked(caller, route, holder, null, List.copyOf(domains));
    return answered(asked, transactions.as(caller.tenant(), most, tx -> judged(tx, asked, work)));
  }

  private record Asked(
      Caller caller, String route, long holder, @Nullable Long connection, List<Domain> domains) {}

  private <T> Outcome<T> judged(TenantTx tx, Asked asked, WideWork<T> work) throws SQLException {
    List<ReadPermit> granted = new ArrayList<>();
    Refusal closest = Refusal.UNKNOWN;
    for (ReadDecision one :
        permits.forRead(tx, asked.caller(), asked.holder(), asked.connection(), asked.domains())) {
      switch (one) {
        case ReadDecision.Granted(ReadPermit permit) -> granted.add(permit);
        case ReadDecision.Refused(Refusal why) ->
            closest = why.compareTo(closest) > 0 ? why : closest;
      }
    }
    if (granted.isEmpty()) {
      return new Outcome.Denied<>(closest);
    }
    Served<T> served = work.in(tx, granted);
    append(tx, asked.caller(), asked.route(), granted, served.rows());
    return new Outcome.Answered<>(served.value());
  }

  private <T> T answered(Asked asked, Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Answered<T> answered -> answered.value();
      case Outcome.Denied<T> denied -> {
        if (denied.reason() != Refusal.UNKNOWN) {
          logRefusal(asked, denied.reason());
        }
        throw denied.reason().problem();
      }
    };
  }

  /**
   * Reads as a client what of all holders of the tenant is open to it. Nothing is refused: what is
   * not open is left out, and a holder of whom nothing was served has no leaf.
   *
   * @param domains those that may open something
   */
  public <T> T across(Caller caller, String route, Collection<Domain> domains, AcrossWork<T> work) {
    return transactions.as(
        caller.tenant(),
        tx -> {
          Opened opened =
              new Opened(permits, tx, caller, domains, new ArrayList<>(), new ArrayList<>());
          T value = work.in(tx, opened);
          for (Use use : opened.uses) {
            append(tx, caller, route, use.permits(), use.rows());
          }
          for (Ending ending : opened.told) {
            // No consent allowed this, so it stands under none; it is of nothing that was pulled.
            Map<String, String> facts = Map.of("route", route, "rows", "1");
            Long of = ending.connection();
            log.append(
                tx, new Leaf(Leaf.Kind.READ, ending.holder(), null, of, caller.client(), facts));
          }
          return value;
        });
  }

  private record Use(List<ReadPermit> permits, int rows) {}

  private record Opened(
      Permits judge,
      TenantTx tx,
      Caller caller,
      Collection<Domain> domains,
      List<Use> uses,
      List<Ending> told)
      implements Across {
    @Override
    public List<ReadPermit> permits(long holder) throws SQLException {
      return judge.open(tx, caller, holder, domains);
    }

    @Override
    public void served(List<ReadPermit> used, int rows) {
      uses.add(new Use(used, rows));
    }

    @Override
    public List<Ending> endings(long holder, Collection<UUID> leaves) throws SQLException {
      List<Ending> endings = ConsentStore.endings(tx, caller, holder, leaves);
      told.addAll(endings);
      return endings;
    }
  }

  private static @Nullable Long connectionOf(long holder, @Nullable String connectionId) {
    if (connectionId == null) {
      return null;
    }
    PublicIds.Keyed connection = PublicIds.orNotFound(PublicIds.connection(connectionId));
    return PublicIds.orNotFound(connection.holder() == holder ? connection.key() : null);
  }

  // One leaf for each consent, so that whoever looks up a consent finds every read it allowed. All
  // but the first say with which other one they are of one reading: rows are counted there.
  private void append(TenantTx tx, Caller caller, String route, List<ReadPermit> granted, int rows)
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

  private void logRefusal(Asked asked, Refusal reason) {
    Caller caller = asked.caller();
    Map<String, String> facts = facts(caller, asked.route(), asked.domains());
    facts.put("reason", reason.code());
    Leaf.Kind kind = Leaf.Kind.READ_REFUSED;
    Leaf leaf = new Leaf(kind, asked.holder(), null, asked.connection(), caller.client(), facts);
    transactions.as(caller.tenant(), tx -> log.append(tx, leaf));
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

package io.tallystick.consent;

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
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one way for a client to read a holder's data: permit, work and access-log leaf share one
 * transaction, so nothing is answered that is not in the log.
 */
@ApplicationScoped
public class Reads {
  private final Transactions transactions;
  private final Permits permits;
  private final ReadLeaves log;

  Reads(Transactions transactions, Permits permits, ReadLeaves log) {
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

  /** Undoes what a read has stored that is not allowed any more. */
  private static final class Stopped extends RuntimeException {
    private final Refusal reason;

    Stopped(Refusal reason) {
      super(reason.code());
      this.reason = reason;
    }
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
    return answered(asked, transactions.as(caller.tenant(), tx -> judged(tx, asked, false, work)));
  }

  /**
   * The same of all connections that are open, for work that may take longer than others: reports
   * of a long history. What is not open any more at its end is refused, and what the work stored is
   * undone.
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
    Outcome<T> outcome;
    try {
      outcome = transactions.as(caller.tenant(), most, tx -> judged(tx, asked, true, work));
    } catch (Stopped e) {
      outcome = new Outcome.Denied<>(e.reason);
    }
    return answered(asked, outcome);
  }

  private record Asked(
      Caller caller, String route, long holder, @Nullable Long connection, List<Domain> domains) {}

  private <T> Outcome<T> judged(TenantTx tx, Asked asked, boolean lasting, WideWork<T> work)
      throws SQLException {
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
    List<ReadPermit> still = lasting ? still(tx, asked.caller(), granted) : granted;
    log.read(tx, asked.caller(), asked.route(), still, served.rows());
    return new Outcome.Answered<>(served.value());
  }

  // Each statement sees what is committed by then: also a withdrawal while the work went on.
  private List<ReadPermit> still(TenantTx tx, Caller caller, List<ReadPermit> granted)
      throws SQLException {
    List<ReadPermit> still = new ArrayList<>();
    for (ReadDecision one : permits.again(tx, caller, granted)) {
      switch (one) {
        case ReadDecision.Granted(ReadPermit permit) -> still.add(permit);
        case ReadDecision.Refused(Refusal why) -> throw new Stopped(why);
      }
    }
    return still;
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
            log.read(tx, caller, route, use.permits(), use.rows());
          }
          for (Ending ending : opened.told) {
            log.told(tx, caller, route, ending);
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

  private void logRefusal(Asked asked, Refusal reason) {
    transactions.as(
        asked.caller().tenant(),
        tx ->
            log.refused(
                tx,
                asked.caller(),
                asked.route(),
                asked.holder(),
                asked.connection(),
                asked.domains(),
                reason));
  }
}

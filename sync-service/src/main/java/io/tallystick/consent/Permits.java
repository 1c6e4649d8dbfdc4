package io.tallystick.consent;

import io.tallystick.consent.ReadPermit.Covered;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The only place that says yes. Nothing is remembered: each call reads the consent as it is now,
 * and the database's clock decides about expiry.
 */
@ApplicationScoped
public class Permits {
  private static final String COLUMNS =
      """
      select consent_id, recipients, purposes, domains, look_back_days, given_at, expires_at, state,
        state_at, clock_timestamp() as now
      from consent where tenant_id = ? and holder_id = ?
      """;

  Permits() {}

  private record Row(
      long consent,
      List<Long> recipients,
      List<String> purposes,
      List<String> domains,
      Instant earliest,
      ConsentState state) {

    static Row read(ResultSet row) throws SQLException {
      Instant given = instant(row, "given_at");
      return new Row(
          row.getLong("consent_id"),
          List.of((Long[]) row.getArray("recipients").getArray()),
          List.of((String[]) row.getArray("purposes").getArray()),
          List.of((String[]) row.getArray("domains").getArray()),
          given.minus(Duration.ofDays(row.getInt("look_back_days"))),
          ConsentState.of(row.getString("state"), instant(row, "expires_at"), instant(row, "now")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
      return Objects.requireNonNull(Sql.instant(row, column));
    }

    /** Why this consent does not allow a pull; null when it does. */
    @Nullable Refusal againstPull(Domain domain) {
      Refusal ended = ended();
      if (ended != null) {
        return ended;
      }
      return domains.contains(domain.code()) ? null : Refusal.WRONG_DOMAIN;
    }

    /** Why this consent does not allow the client to read; null when it does. */
    @Nullable Refusal againstRead(Caller caller, Domain domain) {
      // Whom it does not name learns nothing else about it.
      if (!recipients.contains(caller.client())) {
        return Refusal.NOT_A_RECIPIENT;
      }
      Refusal ended = ended();
      if (ended != null) {
        return ended;
      }
      if (!purposes.contains(caller.purpose())) {
        return Refusal.WRONG_PURPOSE;
      }
      return domains.contains(domain.code()) ? null : Refusal.WRONG_DOMAIN;
    }

    private @Nullable Refusal ended() {
      return switch (state) {
        case ACTIVE -> null;
        case EXPIRED -> Refusal.EXPIRED;
        case WITHDRAWN -> Refusal.WITHDRAWN;
        case REVOKED -> Refusal.REVOKED;
        case INVALIDATED -> Refusal.INVALIDATED;
      };
    }
  }

  /** Whether records of this domain may be pulled under this consent now. */
  public PullDecision forPull(TenantTx tx, long holder, long consent, Domain domain)
      throws SQLException {
    Row row =
        tx.sql(COLUMNS + " and consent_id = ?").bind(tx.tenant(), holder, consent).first(Row::read);
    if (row == null) {
      return new PullDecision.Refused(Refusal.NO_CONSENT);
    }
    Refusal reason = row.againstPull(domain);
    return reason == null
        ? new PullDecision.Granted(
            new PullPermit(tx.tenant(), holder, consent, domain, row.earliest()))
        : new PullDecision.Refused(reason);
  }

  /** What a consent covers, whoever asks; the consent must exist. */
  public Coverage coverage(TenantTx tx, long holder, long consent) throws SQLException {
    return Objects.requireNonNull(
        tx.sql(COLUMNS + " and consent_id = ?")
            .bind(tx.tenant(), holder, consent)
            .first(row -> {
              Row read = Row.read(row);
              boolean unchanged = row.getString("state").equals(ConsentState.ACTIVE.code());
              return new Coverage(
                  read.state(),
                  read.domains().stream()
                      .flatMap(code -> Domain.of(code).stream())
                      .collect(Collectors.toSet()),
                  read.earliest(),
                  Row.instant(row, unchanged ? "state_at" : "given_at"));
            }));
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
    Row row =
        tx.sql(COLUMNS + " and consent_id = ? for share")
            .bind(tx.tenant(), permit.holder(), permit.consent())
            .first(Row::read);
    return row != null && row.againstPull(permit.domain()) == null;
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
    Map<Long, Long> connections = connections(tx, holder);
    if (connection != null && !connections.containsKey(connection)) {
      return same(domains, Refusal.UNKNOWN);
    }
    Map<Long, Row> consents = new LinkedHashMap<>();
    tx.sql(COLUMNS + " order by consent_id")
        .bind(tx.tenant(), holder)
        .list(Row::read)
        .forEach(row -> consents.put(row.consent(), row));
    if (consents.isEmpty()) {
      return same(domains, exists(tx, holder) ? Refusal.NO_CONSENT : Refusal.UNKNOWN);
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
      Map<Long, Row> consents) {
    List<Covered> covered = new ArrayList<>();
    List<Row> judged = new ArrayList<>();
    connections.forEach((id, consent) -> {
      Row row = Objects.requireNonNull(consents.get(consent));
      judged.add(row);
      if (row.againstRead(caller, domain) == null) {
        covered.add(new Covered(id, row.consent(), row.earliest()));
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
      List<Row> judged) {
    List<Long> fitting = new ArrayList<>();
    Refusal closest = Refusal.NO_CONSENT;
    for (Row row : judged) {
      Refusal reason = row.againstRead(caller, domain);
      if (reason == null) {
        fitting.add(row.consent());
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

  private static Map<Long, Long> connections(TenantTx tx, long holder) throws SQLException {
    Map<Long, Long> connections = new LinkedHashMap<>();
    tx.sql(
            """
            select connection_id, consent_id from connection
            where tenant_id = ? and holder_id = ? order by connection_id
            """)
        .bind(tx.tenant(), holder)
        .list(row -> connections.put(row.getLong("connection_id"), row.getLong("consent_id")));
    return connections;
  }

  private static boolean exists(TenantTx tx, long holder) throws SQLException {
    return !tx.sql("select 1 from holder where tenant_id = ? and holder_id = ?")
        .bind(tx.tenant(), holder)
        .list(row -> true)
        .isEmpty();
  }
}

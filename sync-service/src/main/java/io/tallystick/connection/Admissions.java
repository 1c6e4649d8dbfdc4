package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.egress.Environments;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is decided before a key is looked at: the consent, the venue and its environment. And how a
 * refusal is told: to the caller as a problem, to the access log as a leaf without the key.
 */
@ApplicationScoped
class Admissions {
  private final Transactions transactions;
  private final Environments environments;
  private final AccessLog log;

  Admissions(Transactions transactions, Environments environments, AccessLog log) {
    this.transactions = transactions;
    this.environments = environments;
    this.log = log;
  }

  /**
   * The venue of the place, when consent, tenant and settings allow a key there.
   *
   * @param connection the connection that gets the key; null when there is none yet
   */
  Venue admit(Caller caller, Place place, @Nullable Long connection) {
    Optional<Refusal> refusal = transactions.as(caller.tenant(), tx -> refusal(tx, place));
    if (refusal.isPresent()) {
      throw refused(caller, place, connection, null, refusal.get());
    }
    return environments.venue(place.venue()).orElseThrow();
  }

  private Optional<Refusal> refusal(TenantTx tx, Place place) throws SQLException {
    Refusal withoutConsent = ConsentGate.refusal(tx, place.holder(), place.consent());
    if (withoutConsent != null) {
      return Optional.of(withoutConsent);
    }
    if (environments.venue(place.venue()).isEmpty()) {
      return Optional.of(
          Refusal.of(
              "venue-unknown", Problem.invalid("venue", "This service does not know the venue.")));
    }
    boolean known = environments.find(place.venue(), place.environment()).isPresent();
    if (!known || !allowed(tx).contains(place.environment())) {
      // Not allowed and not there are one answer: which ones exist is the operator's business.
      return Optional.of(
          Refusal.of(
              "environment-not-allowed",
              Problem.invalid(
                  "environment",
                  "Your tenant may not connect to this environment of the venue. Ask the"
                      + " operator.")));
    }
    return Optional.empty();
  }

  private static List<String> allowed(TenantTx tx) throws SQLException {
    List<String> allowed =
        tx.sql("select environments from tenant where tenant_id = ?")
            .bind(tx.tenant())
            .first(row -> List.of((String[]) row.getArray("environments").getArray()));
    return allowed == null ? List.of() : allowed;
  }

  /** Writes the refusal into the access log; returns the problem to throw. */
  Problem refused(
      Caller caller,
      Place place,
      @Nullable Long connection,
      @Nullable String fingerprint,
      Refusal refusal) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("reason", refusal.reason());
    facts.put("venue", place.venue());
    facts.put("environment", place.environment());
    if (fingerprint != null) {
      facts.put("fingerprint", fingerprint);
    }
    if (!refusal.rights().isEmpty()) {
      facts.put("rights", String.join(",", refusal.rights()));
    }
    Leaf leaf =
        new Leaf(
            Leaf.Kind.CONNECTION_REFUSED,
            place.holder(),
            place.consent(),
            connection,
            caller.client(),
            facts);
    transactions.as(caller.tenant(), tx -> log.append(tx, leaf));
    return refusal.problem();
  }
}

package io.tallystick.connection;

import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.Unopenable;
import io.tallystick.venue.KeyVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a connection's rights again and moves the connection where the answer says. For the person
 * who asks, and for the engine before each run; never inside a transaction.
 */
@ApplicationScoped
public class RightsChecks {
  private static final String KEY_DESTROYED = "key-destroyed";

  private final Transactions transactions;
  private final Connections connections;
  private final KeyProof proofs;
  private final Pace pace;
  private final Event<ConnectionReady> ready;

  RightsChecks(
      Transactions transactions,
      Connections connections,
      KeyProof proofs,
      Pace pace,
      Event<ConnectionReady> ready) {
    this.ready = ready;
    this.transactions = transactions;
    this.connections = connections;
    this.proofs = proofs;
    this.pace = pace;
  }

  /** What a check came to. */
  public sealed interface Checked {
    /** The venue told the rights, or refused the key: the connection is in this state now. */
    record Told(ConnectionState state) implements Checked {}

    /** No answer about the key; the problem says why and for how long. */
    record NotTold(ConnectionState state, Problem problem) implements Checked {}
  }

  /** What is known before the venue is asked. */
  private record Start(@Nullable Refusal refusal, @Nullable SealedCredential credential) {}

  /** Checks now. */
  public Checked check(Link link) {
    Start start =
        transactions.as(
            link.tenant(),
            tx ->
                new Start(
                    ConsentGate.refusal(tx, link.holder(), link.consent()),
                    connections.credential(tx, link)));
    Refusal refusal = start.refusal();
    if (refusal != null) {
      boolean paused = refusal.reason().equals(ConnectionState.PAUSED);
      String why = paused ? ConnectionState.PAUSED : "consent-ended";
      return notTold(link, ConnectionState.CONSENT_MISSING, why, refusal.problem());
    }
    if (start.credential() == null) {
      return notTold(link, ConnectionState.KEY_REJECTED, KEY_DESTROYED, noKey());
    }
    Proof.Rights rights;
    try {
      rights = proofs.rights(start.credential());
    } catch (Unopenable closed) {
      return unopenable(link, closed);
    }
    return switch (rights) {
      case Proof.Rights.Told told -> {
        ConnectionState now = transactions.as(link.tenant(), tx -> judge(tx, link, told.verdict()));
        if (now.mayPull() && !link.state().mayPull()) {
          ready.fire(new ConnectionReady(link));
        }
        yield new Checked.Told(now);
      }
      case Proof.Rights.Elsewhere elsewhere ->
          notTold(
              link, elsewhere.state(), elsewhere.refusal().reason(), elsewhere.refusal().problem());
    };
  }

  /** Stores a verdict and moves the connection where it says; returns the state it is in then. */
  public ConnectionState judge(TenantTx tx, Link link, KeyVerdict verdict) throws SQLException {
    connections.rightsRead(tx, link, verdict);
    ConnectionState before =
        Objects.requireNonNull(connections.find(tx, link.holder(), link.id())).state();
    boolean told =
        verdict instanceof KeyVerdict.ReadOnly || verdict instanceof KeyVerdict.TooPowerful;
    if (before == ConnectionState.RIGHTS_WIDENED && !told) {
      // Whoever does not tell the rights does not say that they are gone.
      return before;
    }
    return switch (verdict) {
      case KeyVerdict.ReadOnly ignored -> to(tx, link, ConnectionState.ACTIVE, "rights-read", null);
      case KeyVerdict.TooPowerful tooMuch ->
          to(
              tx,
              link,
              ConnectionState.RIGHTS_WIDENED,
              String.join(",", RightsText.names(tooMuch.rights())),
              null);
      case KeyVerdict.Rejected rejected ->
          connections.keyRefused(
              tx,
              Objects.requireNonNull(connections.find(tx, link.holder(), link.id())),
              rejected.denial());
      case KeyVerdict.Unverifiable ignored ->
          connections.locked(tx, link).rightsAcknowledgedSealed != null
              // It was taken as unverifiable, knowingly: that nothing is told is no news.
              ? to(tx, link, ConnectionState.ACTIVE, "rights-not-verified", null)
              : to(
                  tx,
                  link,
                  ConnectionState.KEY_DOUBTED,
                  "rights-not-told",
                  pace.instant().plus(Connections.DOUBT_SPACING));
    };
  }

  // What the venue says of the key now counts, whatever was known of the connection before.
  private ConnectionState to(
      TenantTx tx, Link link, ConnectionState state, String reason, @Nullable Instant until)
      throws SQLException {
    Link now = Objects.requireNonNull(connections.find(tx, link.holder(), link.id()));
    if (now.state() != ConnectionState.CONSENT_MISSING || link.state() == now.state()) {
      connections.moveTo(tx, now, state, reason, until);
      return state;
    }
    return now.state();
  }

  private Checked notTold(Link link, ConnectionState state, String reason, Problem problem) {
    boolean told =
        state == ConnectionState.CONSENT_MISSING || state == ConnectionState.KEY_REJECTED;
    if (!link.state().mayPull() && !told) {
      // Where only a person helps, no answer is no help: what stopped it stands.
      return new Checked.NotTold(link.state(), problem);
    }
    Instant until =
        problem.extras().get("retry_after") instanceof Long seconds
            ? pace.instant().plusSeconds(seconds)
            : null;
    transactions.as(
        link.tenant(),
        tx -> {
          connections.moveTo(tx, link, state, reason, until);
          return state;
        });
    return new Checked.NotTold(state, problem);
  }

  private Checked unopenable(Link link, Unopenable closed) {
    return switch (closed.reason()) {
      case KEY_DESTROYED, KEY_MISSING, TAMPERED ->
          notTold(link, ConnectionState.KEY_REJECTED, "credential-unopenable", noKey());
      case MASTER_KEY, STORE_UNAVAILABLE ->
          // The service's own trouble says nothing about the connection.
          new Checked.NotTold(
              link.state(),
              new Problem(
                  Problem.Kind.UNAVAILABLE, "Keys cannot be opened now. Try again in a minute."));
    };
  }

  private static Problem noKey() {
    return new Problem(
        Problem.Kind.CONFLICT,
        "The connection has no usable key any more. Give it a new one of the same account.");
  }
}

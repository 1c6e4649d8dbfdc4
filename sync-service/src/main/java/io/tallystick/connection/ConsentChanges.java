package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.ConsentEnded;
import io.tallystick.consent.ConsentPaused;
import io.tallystick.consent.ConsentReplaced;
import io.tallystick.consent.OneReading;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What becomes of connections when a consent ends, and how they come under another. */
@ApplicationScoped
class ConsentChanges {
  private static final Logger LOG = Logger.getLogger(ConsentChanges.class);
  private static final String ENDED = "consent-ended";
  private static final String KEY_DESTROYED = "key-destroyed";

  private final Transactions transactions;
  private final Connections connections;
  private final CredentialRows credentials;
  private final ConnectionRow.Rows rows;
  private final Offers offers;
  private final HolderKeys keys;
  private final OneReading reading;
  private final AccessLog log;
  private final Event<ConnectionReady> ready;

  ConsentChanges(
      Transactions transactions,
      Connections connections,
      CredentialRows credentials,
      ConnectionRow.Rows rows,
      Offers offers,
      HolderKeys keys,
      OneReading reading,
      AccessLog log,
      Event<ConnectionReady> ready) {
    this.transactions = transactions;
    this.connections = connections;
    this.credentials = credentials;
    this.rows = rows;
    this.offers = offers;
    this.keys = keys;
    this.reading = reading;
    this.log = log;
    this.ready = ready;
  }

  void onEnded(@Observes ConsentEnded event) throws SQLException {
    ended(event.tx(), event.holder(), event.consent());
  }

  // The rows are empty already; this makes their copies in backups unopenable too. It needs a
  // transaction of its own, which the thread of the one that just committed cannot open yet. Where
  // it does not come to that, the sweep does: it finds him by the time that is over for his keys.
  void afterEnded(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConsentEnded event) {
    Thread.ofVirtual()
        .name("holder-key-of-ended-consent")
        .start(() -> destroyKey(event.tx().tenant(), event.holder()));
  }

  void onRead(@Observes ConnectionRead event) {
    Link link = event.link();
    if (transactions.as(link.tenant(), tx -> readOnce(tx, link))) {
      destroyKey(link.tenant(), link.holder());
    }
  }

  // A consent may open several accounts: it is used up with the last of them, each key goes at
  // once.
  private boolean readOnce(TenantTx tx, Link link) throws SQLException {
    long holder = link.holder();
    long consent = link.consent();
    if (!reading.isToCome(tx, holder, consent)) {
      return false;
    }
    ConnectionRow row = connections.locked(tx, link);
    if (row.consent != consent || isReadOnce(row)) {
      return false;
    }
    credentials.destroy(tx, row);
    row.formerKeyUntil = tx.now();
    String why = ConnectionState.READ_ONCE.code();
    connections.move(tx, row, ConnectionState.READ_ONCE, why, null);
    Map<String, String> facts = Map.of("change", KEY_DESTROYED, "reason", why);
    log.append(tx, new Leaf(Leaf.Kind.CONNECTION_CHANGED, holder, consent, link.id(), null, facts));
    rows.flush();
    if (connectionsUnder(tx, holder, consent).stream().allMatch(ConsentChanges::isReadOnce)) {
      offers.consentEnded(tx, holder, consent);
      reading.done(tx, holder, consent);
    }
    return true;
  }

  private static boolean isReadOnce(ConnectionRow row) {
    return row.state.equals(ConnectionState.READ_ONCE.code());
  }

  void onPaused(@Observes ConsentPaused event) throws SQLException {
    TenantTx tx = event.tx();
    for (ConnectionRow found : connectionsUnder(tx, event.holder(), event.consent())) {
      ConnectionRow row = connections.locked(tx, found.link());
      ConnectionState state = ConnectionState.of(row.state);
      if (event.paused() && state.mayPull()) {
        connections.move(tx, row, ConnectionState.CONSENT_MISSING, ConnectionState.PAUSED, null);
      } else if (!event.paused() && state == ConnectionState.CONSENT_MISSING) {
        connections.move(tx, row, ConnectionState.ACTIVE, "consent-resumed", null);
      }
    }
    rows.flush();
  }

  // Reading goes on at once and not at the next interval; the schedule wants a transaction of its
  // own, like the key above.
  void afterPaused(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConsentPaused event) {
    if (!event.paused()) {
      Thread.ofVirtual()
          .name("resumed-consent")
          .start(() -> goOn(event.tx().tenant(), event.holder(), event.consent()));
    }
  }

  private void goOn(long tenant, long holder, long consent) {
    transactions
        .as(
            tenant,
            tx -> connectionsUnder(tx, holder, consent).stream().map(ConnectionRow::link).toList())
        .stream()
        .filter(link -> link.state() == ConnectionState.ACTIVE)
        .forEach(link -> ready.fire(new ConnectionReady(link)));
  }

  void onReplaced(@Observes ConsentReplaced event) throws SQLException {
    TenantTx tx = event.tx();
    for (ConnectionRow found : connectionsUnder(tx, event.holder(), event.before())) {
      ConnectionRow row = connections.locked(tx, found.link());
      row.consent = event.after();
      if (event.anew() && isReadOnce(row)) {
        connections.move(tx, row, ConnectionState.KEY_REJECTED, KEY_DESTROYED, null);
      }
      log.append(
          tx,
          new Leaf(
              Leaf.Kind.CONNECTION_CHANGED,
              event.holder(),
              event.after(),
              row.key.connection(),
              null,
              Map.of("change", "consent")));
      if (event.drops()) {
        announceEnd(tx, row, event.before(), Map.of("change", "recipients", "reason", "amended"));
      }
    }
    rows.flush();
    // A pair that waits for its key was asked for under the version before.
    offers.consentEnded(tx, event.holder(), event.before());
  }

  private List<ConnectionRow> connectionsUnder(TenantTx tx, long holder, long consent) {
    return rows.list(
        "key.tenant = ?1 and key.holder = ?2 and consent = ?3 order by key.connection",
        tx.tenant(),
        holder,
        consent);
  }

  private void destroyKey(long tenant, long holder) {
    try {
      keys.destroyIfUnused(tenant, holder);
    } catch (RuntimeException e) {
      LOG.warnf(
          "a holder's credential key outlives its last credential: %s",
          e.getClass().getSimpleName());
    }
  }

  /**
   * Destroys every credential and waiting pair under a consent that ends in this transaction, stops
   * its connections, and lets the change feed say so of each.
   */
  private void ended(TenantTx tx, long holder, long consent) throws SQLException {
    for (ConnectionRow found : connectionsUnder(tx, holder, consent)) {
      ConnectionRow row = connections.locked(tx, found.link());
      int destroyed = credentials.destroy(tx, row);
      row.formerKeyUntil = destroyed > 0 ? tx.now() : null;
      connections.move(tx, row, ConnectionState.CONSENT_MISSING, ENDED, null);
      // One leaf for each connection, key or no key: the feed tells of the end by it.
      String change = destroyed > 0 ? KEY_DESTROYED : "no-key";
      announceEnd(tx, row, consent, Map.of("change", change, "reason", ENDED));
    }
    rows.flush();
    offers.consentEnded(tx, holder, consent);
  }

  private void announceEnd(TenantTx tx, ConnectionRow row, long consent, Map<String, String> facts)
      throws SQLException {
    long holder = row.key.holder();
    long connection = row.key.connection();
    UUID leaf =
        log.append(
            tx, new Leaf(Leaf.Kind.CONNECTION_CHANGED, holder, consent, connection, null, facts));
    ConnectionStore.announceEnd(tx, holder, leaf);
  }

  /** Puts the connection under another active consent of the same holder. */
  Link under(Caller caller, Link link, long consent) {
    Link moved = transactions.as(caller.tenant(), tx -> under(tx, caller, link, consent));
    if (moved.state() == ConnectionState.ACTIVE) {
      ready.fire(new ConnectionReady(moved));
    }
    return moved;
  }

  private Link under(TenantTx tx, Caller caller, Link link, long consent) throws SQLException {
    Refusal refused = ConsentGate.refusal(tx, link.holder(), consent);
    if (refused != null) {
      throw refused.problem();
    }
    ConnectionRow row = connections.locked(tx, link);
    if (row.consent == consent) {
      throw new Problem(Problem.Kind.CONFLICT, "The connection is under this consent already.");
    }
    row.consent = consent;
    log.append(
        tx,
        Connecting.leaf(Leaf.Kind.CONNECTION_CHANGED, caller, row, Map.of("change", "consent")));
    if (connections.credential(tx, link) == null) {
      connections.move(tx, row, ConnectionState.KEY_REJECTED, KEY_DESTROYED, null);
    } else if (row.state.equals(ConnectionState.CONSENT_MISSING.code())) {
      connections.move(tx, row, ConnectionState.ACTIVE, "consent-given", null);
    }
    rows.flush();
    return row.link();
  }
}

package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.SealedCredential;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives a connection another key of the same venue account. Connection, bookmarks and ids stay; the
 * former key serves until the new one is proved and stored. It stays known for a while beside it,
 * and is destroyed then, or at once where that is wanted.
 */
@ApplicationScoped
class KeyChange {
  private final Transactions transactions;
  private final Admissions admissions;
  private final Connecting connecting;
  private final Probe probe;
  private final Offers offers;
  private final Connections connections;
  private final CredentialRows credentials;
  private final ConnectionRow.Rows rows;
  private final PersonalFields personal;
  private final AccessLog log;
  private final Event<ConnectionReady> ready;
  private final KeyOverlap overlaps;

  KeyChange(
      Transactions transactions,
      Admissions admissions,
      Connecting connecting,
      Probe probe,
      Offers offers,
      Connections connections,
      CredentialRows credentials,
      ConnectionRow.Rows rows,
      PersonalFields personal,
      AccessLog log,
      Event<ConnectionReady> ready,
      KeyOverlap overlaps) {
    this.transactions = transactions;
    this.admissions = admissions;
    this.connecting = connecting;
    this.probe = probe;
    this.offers = offers;
    this.connections = connections;
    this.credentials = credentials;
    this.rows = rows;
    this.personal = personal;
    this.log = log;
    this.ready = ready;
    this.overlaps = overlaps;
  }

  /**
   * Changes the key.
   *
   * @param acknowledgement as when connecting; null where the one on record stands
   * @param overlap how long the former key stays known; null for what the operator set
   * @throws Problem that says why not; the old key serves on then
   */
  Link change(
      Caller caller,
      Link link,
      KeyInHand key,
      @Nullable String acknowledgement,
      @Nullable Duration overlap) {
    Place place = new Place(link.holder(), link.consent(), link.venue(), link.environment());
    Venue venue = admissions.admit(caller, place, link.id());
    String words = acknowledgement != null ? acknowledgement : onRecord(link).orElse(null);
    try (Material material = connecting.inHand(caller, place, link.id(), key)) {
      Optional<Refusal> refusal =
          switch (probe.prove(caller.tenant(), place, venue, material, words)) {
            case Proof.Refused refused -> Optional.of(refused.refusal());
            case Proof.Proven proven ->
                transactions.as(
                    caller.tenant(),
                    tx -> store(tx, caller, link, material, proven, words, overlap));
          };
      if (refusal.isPresent()) {
        throw admissions.refused(
            caller, place, link.id(), probe.fingerprint(material), refusal.get());
      }
    }
    Link changed = transactions.as(caller.tenant(), tx -> connections.locked(tx, link).link());
    ready.fire(new ConnectionReady(changed));
    return changed;
  }

  private Optional<String> onRecord(Link link) {
    return transactions.as(
        link.tenant(), tx -> Optional.ofNullable(personal.words(connections.locked(tx, link))));
  }

  // Empty when it was stored; every refusal comes before the first change.
  private Optional<Refusal> store(
      TenantTx tx,
      Caller caller,
      Link link,
      Material material,
      Proof.Proven proof,
      @Nullable String words,
      @Nullable Duration overlap)
      throws SQLException {
    Refusal withoutConsent = ConsentGate.refusal(tx, link.holder(), link.consent());
    if (withoutConsent != null) {
      return Optional.of(withoutConsent);
    }
    AccountName account = personal.name(link.venue(), link.environment(), proof.uid());
    if (!account.isOf(tx, link)) {
      return Optional.of(
          Refusal.conflict(
              "other-account",
              "The key belongs to another account of the venue. Give a key of the same account, or make"
                  + " a connection of its own for this one."));
    }
    if (material instanceof Material.Offered offered && !offers.waits(tx, offered.offer())) {
      return Optional.of(Offers.gone());
    }
    ConnectionRow row = connections.locked(tx, link);
    if (row.consent != link.consent()) {
      return Optional.of(
          Refusal.conflict(
              "consent-changed", "The connection was put under another consent. Try again."));
    }
    if (row.state.equals(ConnectionState.READ_ONCE.code())) {
      return Optional.of(
          Refusal.conflict(
              ConnectionState.READ_ONCE.code(), ConnectionState.READ_ONCE.nextStep(null)));
    }
    if (material instanceof Material.Offered offered) {
      offers.use(tx, offered.offer());
    }
    int version = credentials.nextVersion(row);
    SealedCredential fresh =
        probe.seal(tx, material, Connecting.context(tx, row, credentials.newId(), version));
    overlaps.begin(tx, row, overlap);
    credentials.add(tx, fresh);
    row.keyKind = material.kind().code();
    row.keySince = tx.now();
    row.keyOrigin = material.origin();
    connections.store(row, proof.verdict());
    if (row.rightsVerdict.equals(RightsText.UNVERIFIABLE)) {
      row.rightsAcknowledgedSealed = personal.sealWords(tx, link.holder(), link.id(), words);
    }
    tell(tx, caller, row, fresh, proof);
    connections.move(tx, row, ConnectionState.ACTIVE, null, null);
    rows.flush();
    return Optional.empty();
  }

  private void tell(
      TenantTx tx, Caller caller, ConnectionRow row, SealedCredential fresh, Proof.Proven proof)
      throws SQLException {
    Map<String, String> rights = new LinkedHashMap<>(Connections.rightsFacts(proof.verdict()));
    rights.put("fingerprint", fresh.fingerprint());
    log.append(tx, Connecting.leaf(Leaf.Kind.RIGHTS_CHECKED, caller, row, rights));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("change", "key");
    facts.put("version", Integer.toString(fresh.context().version()));
    facts.put("key_kind", row.keyKind);
    facts.put("key_origin", row.keyOrigin);
    facts.put("fingerprint", fresh.fingerprint());
    if (row.formerKeyUntil != null) {
      facts.put("former_until", row.formerKeyUntil.toString());
    }
    log.append(tx, Connecting.leaf(Leaf.Kind.CONNECTION_CHANGED, caller, row, facts));
  }
}

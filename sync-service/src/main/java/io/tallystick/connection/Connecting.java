package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.CredentialContext;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.Seals;
import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection: consent and place first, then the key's form, then its rights and its account
 * as the venue tells them, and only then one transaction that stores everything or nothing.
 */
@ApplicationScoped
class Connecting {
  private final Transactions transactions;
  private final Admissions admissions;
  private final Probe probe;
  private final Offers offers;
  private final CredentialRows credentials;
  private final ConnectionRow.Rows rows;
  private final PersonalFields personal;
  private final AccessLog log;
  private final Event<ConnectionMade> made;

  Connecting(
      Transactions transactions,
      Admissions admissions,
      Probe probe,
      Offers offers,
      CredentialRows credentials,
      ConnectionRow.Rows rows,
      PersonalFields personal,
      AccessLog log,
      Event<ConnectionMade> made) {
    this.transactions = transactions;
    this.admissions = admissions;
    this.probe = probe;
    this.offers = offers;
    this.credentials = credentials;
    this.rows = rows;
    this.personal = personal;
    this.log = log;
    this.made = made;
  }

  /** What is stored when all went well. */
  private record Wish(
      Caller caller,
      Place place,
      Material material,
      Proof.Proven proof,
      @Nullable String acknowledgement) {

    /** The acknowledgement where there was something to acknowledge; else null. */
    @Nullable String wordsThatCount() {
      return proof.verdict() instanceof KeyVerdict.Unverifiable ? acknowledgement : null;
    }
  }

  /** What the storing transaction came to. */
  private sealed interface Stored {
    record Done(Link link) implements Stored {}

    record Refused(Refusal refusal) implements Stored {}
  }

  /**
   * Connects.
   *
   * @param acknowledgement the holder's words on a key whose rights cannot be read; null without
   * @throws Problem that says why not; nothing but an access leaf is stored then
   */
  Link connect(Caller caller, Place place, KeyInHand key, @Nullable String acknowledgement) {
    Venue venue = admissions.admit(caller, place, null);
    try (Material material = inHand(caller, place, null, key)) {
      Proof proof = probe.prove(caller.tenant(), place, venue, material, acknowledgement);
      return switch (proof) {
        case Proof.Refused refused ->
            throw admissions.refused(
                caller, place, null, probe.fingerprint(material), refused.refusal());
        case Proof.Proven proven ->
            stored(new Wish(caller, place, material, proven, acknowledgement));
      };
    }
  }

  /** The key that was handed over, or the waiting pair it belongs to. */
  Material inHand(Caller caller, Place place, @Nullable Long connection, KeyInHand key) {
    return switch (key) {
      case KeyInHand.Whole whole ->
          new Material.Brought(whole.kind(), whole.apiKey(), whole.secret());
      case KeyInHand.ForOffer half -> {
        Offers.Taken taken =
            transactions.as(caller.tenant(), tx -> offers.take(tx, place, half.offer()));
        yield switch (taken) {
          case Offers.Taken.Waiting waiting -> new Material.Offered(waiting.pair(), half.apiKey());
          case Offers.Taken.Gone gone ->
              throw admissions.refused(caller, place, connection, null, gone.refusal());
        };
      }
    };
  }

  private Link stored(Wish wish) {
    Stored stored = transactions.as(wish.caller().tenant(), tx -> store(tx, wish));
    return switch (stored) {
      case Stored.Done done -> done.link();
      case Stored.Refused refused ->
          throw admissions.refused(
              wish.caller(),
              wish.place(),
              null,
              probe.fingerprint(wish.material()),
              refused.refusal());
    };
  }

  // Every refusal comes before the first row is written, so that it may commit as nothing.
  private Stored store(TenantTx tx, Wish wish) throws SQLException {
    Place place = wish.place();
    Refusal withoutConsent = ConsentGate.refusal(tx, place.holder(), place.consent());
    if (withoutConsent != null) {
      return new Stored.Refused(withoutConsent);
    }
    AccountName account = personal.name(place.venue(), place.environment(), wish.proof().uid());
    long id = account.connection(place.holder());
    if (wish.material() instanceof Material.Offered offered && !offers.waits(tx, offered.offer())) {
      return new Stored.Refused(Offers.gone());
    }
    if (!ConnectionStore.claim(tx, place.venue(), account.digest(), place.holder(), id)) {
      return new Stored.Refused(alreadyConnected(tx, place, account));
    }
    if (wish.material() instanceof Material.Offered offered) {
      offers.use(tx, offered.offer());
    }
    ConnectionRow row = row(tx, wish, account, id);
    rows.persistAndFlush(row);
    SealedCredential credential =
        probe.seal(tx, wish.material(), context(tx, row, credentials.newId(), 1));
    credentials.add(tx, credential);
    tell(tx, wish, row, credential.fingerprint());
    made.fire(new ConnectionMade(row.link()));
    return new Stored.Done(row.link());
  }

  static CredentialContext context(TenantTx tx, ConnectionRow row, long credential, int version) {
    return new CredentialContext(
        tx.tenant(),
        row.key.holder(),
        row.key.connection(),
        credential,
        version,
        row.venue,
        row.environment);
  }

  private ConnectionRow row(TenantTx tx, Wish wish, AccountName account, long id)
      throws SQLException {
    Place place = wish.place();
    Instant now = tx.now();
    ConnectionRow row = new ConnectionRow();
    row.key = new ConnectionRow.Key(tx.tenant(), place.holder(), id);
    row.publicId = account.publicId();
    row.consent = place.consent();
    row.venue = place.venue();
    row.environment = place.environment();
    row.uidSealed = personal.sealUid(tx, place.holder(), id, wish.proof().uid());
    row.format = Seals.FORMAT;
    row.state = ConnectionState.ACTIVE.code();
    row.stateAt = now;
    row.keyKind = wish.material().kind().code();
    row.keyOrigin = wish.material().origin();
    row.rightsVerdict = RightsText.code(wish.proof().verdict());
    row.rights = RightsText.rights(wish.proof().verdict()).toArray(String[]::new);
    row.rightsCheckedAt = now;
    row.rightsAcknowledgedSealed =
        personal.sealWords(tx, place.holder(), id, wish.wordsThatCount());
    row.createdAt = now;
    row.keySince = now;
    row.addressRestricted = RightsText.addressRestricted(wish.proof().verdict());
    return row;
  }

  private static Refusal alreadyConnected(TenantTx tx, Place place, AccountName account)
      throws SQLException {
    Long own =
        tx.sql(
                """
                select connection_id from venue_account
                where tenant_id = ? and venue = ? and account_digest = ? and holder_id = ?
                """)
            .bind(tx.tenant(), place.venue(), account.digest(), place.holder())
            .first(row -> row.getLong("connection_id"));
    Problem problem =
        new Problem(
            Problem.Kind.ALREADY_CONNECTED,
            "A second connection would count everything twice. To use this key, give it to the"
                + " connection that exists; to read it under another consent, move it there.");
    if (own != null) {
      // Another holder's connection is not named: that it exists is all that may be known.
      problem.with("connection", PublicIds.connection(place.holder(), own));
    }
    return Refusal.of(problem.kind().code(), problem);
  }

  private void tell(TenantTx tx, Wish wish, ConnectionRow row, String fingerprint)
      throws SQLException {
    Map<String, String> rights =
        new LinkedHashMap<>(Connections.rightsFacts(wish.proof().verdict()));
    rights.put("fingerprint", fingerprint);
    String words = wish.wordsThatCount();
    if (words != null) {
      rights.put("acknowledged", words);
    }
    log.append(tx, leaf(Leaf.Kind.RIGHTS_CHECKED, wish.caller(), row, rights));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("venue", row.venue);
    facts.put("environment", row.environment);
    facts.put("key_kind", row.keyKind);
    facts.put("key_origin", row.keyOrigin);
    facts.put("fingerprint", fingerprint);
    if (wish.material() instanceof Material.Offered offered) {
      facts.put("offer", Offers.publicId(row.key.holder(), offered.offer().context().offer()));
    }
    log.append(tx, leaf(Leaf.Kind.CONNECTION_CREATED, wish.caller(), row, facts));
  }

  static Leaf leaf(Leaf.Kind kind, Caller caller, ConnectionRow row, Map<String, String> facts) {
    return new Leaf(
        kind, row.key.holder(), row.consent, row.key.connection(), caller.client(), facts);
  }
}

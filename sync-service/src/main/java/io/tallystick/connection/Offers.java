package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.kernel.Ids;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.SealedOffer;
import io.tallystick.vault.Seals;
import io.tallystick.vault.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Key pairs that the service made and that wait for the API key of their public half: for one
 * holder, consent and environment, once, and for a day at most by the database's clock.
 */
@ApplicationScoped
class Offers {
  static final String USED = "used";
  static final String EXPIRED = "expired";
  static final String CONSENT_ENDED = "consent-ended";

  private final Transactions transactions;
  private final OfferRow.Rows rows;
  private final HolderKeys keys;
  private final Admissions admissions;
  private final Vault vault;
  private final AccessLog log;
  private final ConnectionSettings settings;
  private final RandomGenerator random;

  Offers(
      Transactions transactions,
      OfferRow.Rows rows,
      HolderKeys keys,
      Admissions admissions,
      Vault vault,
      AccessLog log,
      ConnectionSettings settings,
      RandomGenerator random) {
    this.transactions = transactions;
    this.rows = rows;
    this.keys = keys;
    this.admissions = admissions;
    this.vault = vault;
    this.log = log;
    this.settings = settings;
    this.random = random;
  }

  /** An offer's public id: {@code kof_}. */
  static String publicId(long holder, long offer) {
    return Ids.of("kof", holder, offer);
  }

  /** The offer behind a public id; a problem when it is none of the holder's. */
  static long idOf(long holder, String publicId) {
    ByteBuffer bytes = Ids.parse("kof", publicId, 2 * Long.BYTES);
    if (bytes == null || bytes.getLong() != holder) {
      throw Problem.notFound();
    }
    return bytes.getLong();
  }

  /** A pair that was made: what its holder needs to register it. */
  record Made(long holder, long id, SealedOffer pair, Instant expiresAt) {}

  /** Makes a pair for a consent and a place. */
  Made make(Caller caller, Place place) {
    admissions.admit(caller, place, null);
    return transactions.as(caller.tenant(), tx -> make(tx, caller, place));
  }

  private Made make(TenantTx tx, Caller caller, Place place) throws SQLException {
    Refusal refused = ConsentGate.refusal(tx, place.holder(), place.consent());
    if (refused != null) {
      throw refused.problem();
    }
    keys.ready(tx, place.holder());
    long id = Math.max(1, random.nextLong() & Long.MAX_VALUE);
    SealedOffer pair =
        vault.makePair(
            new SealedOffer.Context(
                tx.tenant(),
                place.holder(),
                id,
                place.consent(),
                place.venue(),
                place.environment()));
    Instant now = tx.now();
    Instant expiresAt = now.plus(settings.offerLife());
    OfferRow row = new OfferRow();
    row.key = new OfferRow.Key(tx.tenant(), place.holder(), id);
    row.consent = place.consent();
    row.venue = place.venue();
    row.environment = place.environment();
    row.publicKey = pair.publicKey();
    row.format = Seals.FORMAT;
    row.sealed = pair.sealed();
    row.createdAt = now;
    row.expiresAt = expiresAt;
    rows.persistAndFlush(row);
    log.append(
        tx,
        new Leaf(
            Leaf.Kind.KEY_OFFERED,
            place.holder(),
            place.consent(),
            null,
            caller.client(),
            Map.of(
                "venue", place.venue(),
                "environment", place.environment(),
                "expires_at", expiresAt.toString())));
    return new Made(place.holder(), id, pair, expiresAt);
  }

  /** What came of taking an offer up. */
  sealed interface Taken {
    /** It waits. */
    record Waiting(SealedOffer pair) implements Taken {}

    /** It does not. */
    record Gone(Refusal refusal) implements Taken {}
  }

  /**
   * The waiting pair of this id, made for exactly this consent and place; expired ones of the
   * holder are destroyed on the way.
   *
   * @throws Problem NOT_FOUND when the holder has no such offer
   */
  Taken take(TenantTx tx, Place place, long offer) throws SQLException {
    expireOffers(tx, place.holder());
    OfferRow row = locked(tx, place.holder(), offer);
    if (row == null) {
      throw Problem.notFound();
    }
    if (row.consent != place.consent()
        || !row.venue.equals(place.venue())
        || !row.environment.equals(place.environment())) {
      return new Taken.Gone(
          Refusal.conflict(
              "offer-elsewhere",
              "The key pair was made for another consent or environment. Use those, or ask for a"
                  + " new pair."));
    }
    SealedOffer pair = row.offer();
    return pair == null
        ? new Taken.Gone(
            Refusal.conflict(
                "offer-" + row.closeReason,
                "The key pair is no longer there (" + row.closeReason + "). Ask for a new pair."))
        : new Taken.Waiting(pair);
  }

  static Refusal gone() {
    return Refusal.conflict(
        "offer-gone", "The key pair is no longer there. Ask for a new pair and register that.");
  }

  /** Whether the pair still waits; it does so until the transaction ends. */
  boolean waits(TenantTx tx, SealedOffer pair) {
    OfferRow row = locked(tx, pair.context().holder(), pair.context().offer());
    return row != null && row.sealed != null;
  }

  /** Ends the wait of a pair that became a credential. */
  void use(TenantTx tx, SealedOffer pair) throws SQLException {
    OfferRow row = locked(tx, pair.context().holder(), pair.context().offer());
    if (row == null || row.sealed == null) {
      throw new IllegalStateException("a pair was used without holding it");
    }
    row.close(tx.now(), USED);
    rows.flush();
  }

  /** Destroys a holder's pairs whose time is over; returns how many. */
  int expireOffers(TenantTx tx, long holder) throws SQLException {
    Instant now = tx.now();
    List<OfferRow> expired =
        rows.find(
                "key.tenant = ?1 and key.holder = ?2 and sealed is not null and expiresAt <= ?3",
                tx.tenant(),
                holder,
                now)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .list();
    for (OfferRow row : expired) {
      row.close(now, EXPIRED);
    }
    rows.flush();
    return expired.size();
  }

  /** Destroys the pairs that wait under a consent that ended. */
  void consentEnded(TenantTx tx, long holder, long consent) throws SQLException {
    Instant now = tx.now();
    List<OfferRow> waiting =
        rows.list(
            "key.tenant = ?1 and key.holder = ?2 and consent = ?3 and sealed is not null",
            tx.tenant(),
            holder,
            consent);
    for (OfferRow row : waiting) {
      row.close(now, CONSENT_ENDED);
    }
    rows.flush();
  }

  private @Nullable OfferRow locked(TenantTx tx, long holder, long offer) {
    return rows.findById(
        new OfferRow.Key(tx.tenant(), holder, offer), LockModeType.PESSIMISTIC_WRITE);
  }
}

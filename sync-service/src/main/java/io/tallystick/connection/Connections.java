package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.SealedCredential;
import io.tallystick.venue.Denial;
import io.tallystick.venue.KeyVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a tenant: found, listed, and moved from state to state. Every method works
 * inside the caller's transaction, and every change of state is a leaf of the access log in it.
 */
@ApplicationScoped
public class Connections {
  /** A key is given up after this many refusals in a row, none of them close together. */
  static final int DOUBTS_THAT_REJECT = 3;

  /** Refusals closer together than this count as one. */
  static final Duration DOUBT_SPACING = Duration.ofMinutes(5);

  private final ConnectionRow.Rows rows;
  private final CredentialRow.Rows credentials;
  private final AccessLog log;
  private final Pace pace;

  Connections(ConnectionRow.Rows rows, CredentialRow.Rows credentials, AccessLog log, Pace pace) {
    this.rows = rows;
    this.credentials = credentials;
    this.log = log;
    this.pace = pace;
  }

  /** The connection; null when the tenant has none of this holder and id. */
  public @Nullable Link find(TenantTx tx, long holder, long id) {
    ConnectionRow row = rows.findById(new ConnectionRow.Key(tx.tenant(), holder, id));
    return row == null ? null : row.link();
  }

  /** The connections of a holder, or of all holders when null; in order of holder and id. */
  public List<Link> list(TenantTx tx, @Nullable Long holder) {
    return rows(tx, holder).stream().map(ConnectionRow::link).toList();
  }

  /**
   * Moves the connection to a state and says so in the access log; no leaf when it is there
   * already, though a new reason or {@code waitingUntil} is stored.
   *
   * <p>Nothing at all when the connection left {@code link}'s state meanwhile for one that only a
   * person ends, and the wish is to go on: what a run knew when it began does not undo a withdrawal
   * or a widened key.
   *
   * @param link the connection as the caller knew it
   * @param reason a short code or the names of rights; never personal, never a secret; blank for
   *     none
   * @param waitingUntil when reading goes on by itself; null when nothing is waited for
   */
  public void moveTo(
      TenantTx tx, Link link, ConnectionState state, String reason, @Nullable Instant waitingUntil)
      throws SQLException {
    ConnectionRow row = locked(tx, link);
    ConnectionState now = ConnectionState.of(row.state);
    boolean overtaken =
        (now != link.state() && !now.mayPull() && state.mayPull())
            // Its key is gone, and why is said already.
            || now == ConnectionState.READ_ONCE
            // Whatever else is wrong: without a consent there is nothing to mend.
            || (now == ConnectionState.CONSENT_MISSING && link.state() != now)
            // What the consent before this one did not allow says nothing about this one.
            || (state == ConnectionState.CONSENT_MISSING && row.consent != link.consent());
    if (!overtaken) {
      move(tx, row, state, reason, waitingUntil);
      rows.flush();
    }
  }

  /**
   * Stores what was learned about the key's rights, with a leaf in the access log. The state stays
   * as it is, but for doubts, which any answer other than a refusal clears; move it with {@link
   * #moveTo}.
   */
  public void rightsRead(TenantTx tx, Link link, KeyVerdict verdict) throws SQLException {
    ConnectionRow row = locked(tx, link);
    Map<String, String> facts = rightsFacts(verdict);
    boolean good = row.rightsVerdict.equals(RightsText.READ_ONLY);
    if (good && verdict instanceof KeyVerdict.TooPowerful) {
      // What was pulled since the last good reading came by a key that may have been able to more.
      Instant since = row.rightsCheckedAt;
      long pulls = log.count(tx, link.holder(), link.id(), Leaf.Kind.PULL, since);
      facts.put("flagged_since", since.toString());
      facts.put("flagged_pulls", Long.toString(pulls));
    }
    store(row, verdict);
    rows.flush();
    log.append(
        tx, new Leaf(Leaf.Kind.RIGHTS_CHECKED, link.holder(), row.consent, link.id(), null, facts));
  }

  /**
   * Counts a refusal of the key by the venue: {@code KEY_DOUBTED} with the instant of the next try,
   * {@code KEY_REJECTED} at the third that keeps its distance from the one before. A venue's answer
   * can be ambiguous and passing (Binance error -2015), so one refusal proves nothing.
   *
   * @return the state the connection is in now
   */
  public ConnectionState keyRefused(TenantTx tx, Link link, Denial denial) throws SQLException {
    ConnectionRow row = locked(tx, link);
    ConnectionState before = ConnectionState.of(row.state);
    if (before != link.state() && !before.mayPull()) {
      // Stopped meanwhile for a reason that outweighs a doubt.
      return before;
    }
    Instant now = pace.instant();
    Instant last = row.doubtedAt;
    if (last == null || !now.isBefore(last.plus(DOUBT_SPACING))) {
      row.doubts = (short) Math.min(row.doubts + 1, DOUBTS_THAT_REJECT);
      row.doubtedAt = now;
    }
    if (row.doubts >= DOUBTS_THAT_REJECT) {
      move(tx, row, ConnectionState.KEY_REJECTED, denial.code(), null);
    } else {
      Instant again = Objects.requireNonNull(row.doubtedAt).plus(DOUBT_SPACING);
      move(tx, row, ConnectionState.KEY_DOUBTED, denial.code(), again);
    }
    rows.flush();
    return ConnectionState.of(row.state);
  }

  /** The newest credential that was not destroyed; null when there is none left. */
  public @Nullable SealedCredential credential(TenantTx tx, Link link) throws SQLException {
    List<SealedCredential> known = credentials(tx, link);
    return known.isEmpty() ? null : known.getFirst();
  }

  /** The credentials that serve, the newest first; a former one only while its overlap lasts. */
  public List<SealedCredential> credentials(TenantTx tx, Link link) throws SQLException {
    ConnectionRow row = rows.findById(new ConnectionRow.Key(tx.tenant(), link.holder(), link.id()));
    if (row == null) {
      return List.of();
    }
    Instant until = row.formerKeyUntil;
    boolean both = until != null && tx.now().isBefore(until);
    return credentials.of(row).stream()
        .map(candidate -> candidate.sealed(row))
        .filter(Objects::nonNull)
        .limit(both ? 2 : 1)
        .toList();
  }

  /**
   * Whether the connection is still under the consent it was under, and a version of its key still
   * serves.
   */
  public boolean stands(TenantTx tx, Link link, int version) throws SQLException {
    return ConnectionStore.stands(tx, link, version);
  }

  private List<ConnectionRow> rows(TenantTx tx, @Nullable Long holder) {
    return holder == null
        ? rows.list("key.tenant = ?1 order by key.holder, key.connection", tx.tenant())
        : rows.list(
            "key.tenant = ?1 and key.holder = ?2 order by key.connection", tx.tenant(), holder);
  }

  /**
   * The row as it is now, held until the transaction ends, so that two changes of state never mix.
   * Changes that were not flushed are lost.
   */
  ConnectionRow locked(TenantTx tx, Link link) {
    ConnectionRow row = rows.findById(new ConnectionRow.Key(tx.tenant(), link.holder(), link.id()));
    if (row == null) {
      throw new IllegalStateException("a connection vanished: nothing ever deletes one");
    }
    // A lock alone leaves what was read before it as it was, and it would be written back.
    rows.getEntityManager().refresh(row, LockModeType.PESSIMISTIC_WRITE);
    return row;
  }

  /** Changes a locked row; the caller flushes. */
  void move(
      TenantTx tx,
      ConnectionRow row,
      ConnectionState state,
      @Nullable String reason,
      @Nullable Instant waitingUntil)
      throws SQLException {
    String from = row.state;
    String why = reason == null || reason.isBlank() ? null : reason;
    row.state = state.code();
    // A connection that runs needs no reason; why it came to run is in the log.
    row.stateReason = state == ConnectionState.ACTIVE ? null : why;
    row.waitingUntil = waitingUntil;
    if (from.equals(state.code())) {
      return;
    }
    row.stateAt = pace.instant();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("from", from);
    facts.put("to", state.code());
    if (why != null) {
      facts.put("reason", why);
    }
    log.append(
        tx,
        new Leaf(
            Leaf.Kind.CONNECTION_CHANGED,
            row.key.holder(),
            row.consent,
            row.key.connection(),
            null,
            facts));
  }

  /** Puts a verdict into a row; the caller flushes. */
  void store(ConnectionRow row, KeyVerdict verdict) {
    row.rightsVerdict = RightsText.code(verdict);
    row.rightsCheckedAt = pace.instant();
    if (!(verdict instanceof KeyVerdict.Rejected)) {
      // A refusal tells nothing about rights: what was last known stays.
      row.rights = RightsText.rights(verdict).toArray(String[]::new);
      row.addressRestricted = RightsText.addressRestricted(verdict);
      row.doubts = 0;
      row.doubtedAt = null;
    }
  }

  static Map<String, String> rightsFacts(KeyVerdict verdict) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("verdict", RightsText.code(verdict));
    facts.put("rights", String.join(",", RightsText.rights(verdict)));
    switch (verdict) {
      case KeyVerdict.ReadOnly fine ->
          facts.put("address_restricted", Boolean.toString(fine.addressRestricted()));
      case KeyVerdict.Rejected no -> facts.put("reason", no.denial().code());
      case KeyVerdict.Unverifiable unknown -> facts.put("reason", unknown.why());
      case KeyVerdict.TooPowerful ignored -> {
        // The rights say it all.
      }
    }
    return facts;
  }
}

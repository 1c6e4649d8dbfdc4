package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The time after a change of key in which the former key stays known beside the new one. It ends by
 * itself, by the database's clock; a withdrawal ends it at once.
 */
@ApplicationScoped
class KeyOverlap {
  private final ConnectionRow.Rows rows;
  private final CredentialRows credentials;
  private final ConnectionSettings settings;
  private final AccessLog log;

  KeyOverlap(
      ConnectionRow.Rows rows,
      CredentialRows credentials,
      ConnectionSettings settings,
      AccessLog log) {
    this.rows = rows;
    this.credentials = credentials;
    this.settings = settings;
    this.log = log;
  }

  /**
   * Makes room for a new key of a locked connection, whose row still tells of the former one; the
   * caller flushes. A key that was refused, or can do more than read, is not kept.
   *
   * @param asked how long the former key stays known; null for what the operator set
   */
  void begin(TenantTx tx, ConnectionRow row, @Nullable Duration asked) throws SQLException {
    Duration beside = asked != null ? asked : settings.keyOverlap();
    boolean good =
        ConnectionState.of(row.state).mayPull()
            && !row.rightsVerdict.equals(RightsText.TOO_POWERFUL);
    boolean kept = credentials.keepFormer(tx, row, good && !beside.isZero());
    row.formerKeyUntil = kept ? tx.now().plus(beside) : null;
  }

  /**
   * Destroys the former keys of a holder whose time is over. That there is something to look after
   * is forgotten by itself, behind what follows from it.
   *
   * @return the instant by which it was over
   */
  Instant end(TenantTx tx, long holder) throws SQLException {
    Instant now = tx.now();
    for (ConnectionRow row : over(tx, holder, now)) {
      if (credentials.destroyFormer(tx, row) > 0) {
        log.append(
            tx,
            new Leaf(
                Leaf.Kind.CONNECTION_CHANGED,
                holder,
                row.consent,
                row.key.connection(),
                null,
                Map.of("change", "key-destroyed", "reason", "overlap-over")));
      }
    }
    return now;
  }

  /** Notes that what was over by then was looked after. */
  int forget(TenantTx tx, long holder, Instant by) {
    List<ConnectionRow> over = over(tx, holder, by);
    over.forEach(row -> row.formerKeyUntil = null);
    rows.flush();
    return over.size();
  }

  private List<ConnectionRow> over(TenantTx tx, long holder, Instant by) {
    return rows.find(
            "key.tenant = ?1 and key.holder = ?2 and formerKeyUntil <= ?3", tx.tenant(), holder, by)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }
}

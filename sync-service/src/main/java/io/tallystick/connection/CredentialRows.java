package io.tallystick.connection;

import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** Stores credentials, counts their versions, and destroys them. */
@ApplicationScoped
class CredentialRows {
  private final CredentialRow.Rows rows;
  private final RandomGenerator random;

  CredentialRows(CredentialRow.Rows rows, RandomGenerator random) {
    this.rows = rows;
    this.random = random;
  }

  /** An id for a credential to come. */
  long newId() {
    return Math.max(1, random.nextLong() & Long.MAX_VALUE);
  }

  /** Stores a credential in the place it was sealed for. */
  void add(TenantTx tx, SealedCredential credential) throws SQLException {
    CredentialRow row = new CredentialRow();
    row.key =
        new CredentialRow.Key(
            tx.tenant(), credential.context().holder(), credential.context().credential());
    row.connection = credential.context().connection();
    row.version = credential.context().version();
    row.keyKind = credential.kind().code();
    row.format = Seals.FORMAT;
    row.sealed = credential.sealed();
    row.fingerprint = credential.fingerprint();
    row.createdAt = tx.now();
    rows.persistAndFlush(row);
  }

  /** The version the connection's next credential has. */
  int nextVersion(ConnectionRow connection) {
    List<CredentialRow> all = rows.of(connection);
    return all.isEmpty() ? 1 : all.getFirst().version + 1;
  }

  /**
   * Makes room for a new key: the newest of those there are is kept where that is wanted, all
   * others are destroyed.
   *
   * @return whether one is kept
   */
  boolean keepFormer(TenantTx tx, ConnectionRow connection, boolean wanted) throws SQLException {
    Instant now = tx.now();
    boolean kept = false;
    for (CredentialRow row : rows.of(connection)) {
      if (row.sealed != null && wanted && !kept) {
        kept = true;
      } else if (row.sealed != null) {
        row.destroy(now);
      }
    }
    rows.flush();
    return kept;
  }

  /** Destroys all but the newest; returns how many were still there. */
  int destroyFormer(TenantTx tx, ConnectionRow connection) throws SQLException {
    Instant now = tx.now();
    int destroyed = 0;
    for (CredentialRow row : rows.of(connection).stream().skip(1).toList()) {
      if (row.sealed != null) {
        row.destroy(now);
        destroyed++;
      }
    }
    rows.flush();
    return destroyed;
  }

  /** Destroys what the connection has; returns how many were still there. */
  int destroy(TenantTx tx, ConnectionRow connection) throws SQLException {
    Instant now = tx.now();
    int destroyed = 0;
    for (CredentialRow row : rows.of(connection)) {
      if (row.sealed != null) {
        row.destroy(now);
        destroyed++;
      }
    }
    rows.flush();
    return destroyed;
  }
}

package io.tallystick.connection;

import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/**
 * Minds the key that seals a holder's credentials: it is destroyed with the last credential, so
 * that no backup opens one, and comes anew when the holder connects again. The two never overlap:
 * both happen under one lock of the holder. Take the lock after a consent's row, never before.
 */
@ApplicationScoped
class HolderKeys {
  private static final int LOCK_SPACE = 0x6b65;

  private final Transactions transactions;
  private final Seals seals;

  HolderKeys(Transactions transactions, Seals seals) {
    this.transactions = transactions;
    this.seals = seals;
  }

  /** Makes sealing possible until the transaction ends. */
  void ready(TenantTx tx, long holder) throws SQLException {
    lock(tx, holder);
    seals.renew(holder, RetentionClass.CREDENTIAL);
  }

  /** Destroys the key when neither a credential nor a waiting pair needs it; in its own time. */
  void destroyIfUnused(long tenant, long holder) {
    transactions.as(
        tenant,
        tx -> {
          lock(tx, holder);
          if (!inUse(tx, holder)) {
            seals.destroy(holder, RetentionClass.CREDENTIAL);
          }
          return holder;
        });
  }

  private static void lock(TenantTx tx, long holder) throws SQLException {
    tx.sql("select pg_advisory_xact_lock(?, ?)")
        .bind(LOCK_SPACE, Long.hashCode(holder))
        .list(row -> holder);
  }

  private static boolean inUse(TenantTx tx, long holder) throws SQLException {
    Boolean used =
        tx.sql(
                """
                select exists (select from credential
                    where tenant_id = ? and holder_id = ? and sealed is not null)
                  or exists (select from key_offer
                    where tenant_id = ? and holder_id = ? and sealed is not null) as used
                """)
            .bind(tx.tenant(), holder, tx.tenant(), holder)
            .first(row -> row.getBoolean("used"));
    return Boolean.TRUE.equals(used);
  }
}

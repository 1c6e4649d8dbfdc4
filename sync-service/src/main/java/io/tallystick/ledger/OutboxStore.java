package io.tallystick.ledger;

import io.tallystick.ledger.Books.Place;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;

/** The SQL of the outbox: what a transaction wrote waits there for its place in the change feed. */
final class OutboxStore {
  private OutboxStore() {}

  /**
   * Notes that revisions were written. One row a transaction, however often it books: a row for
   * each entry would make the feed the bottleneck.
   */
  static void note(TenantTx tx, Place place, int changes) throws SQLException {
    tx.sql(
            """
            insert into outbox as o (tenant_id, holder_id, leaf_id, recorded_at, changes)
            values (?, ?, ?, ?, ?)
            on conflict (tenant_id, holder_id, leaf_id, recorded_at)
              do update set changes = o.changes + excluded.changes
            """)
        .bind(tx.tenant(), place.holder(), place.leaf(), place.recordedAt(), changes)
        .update();
    tx.leaves();
  }
}

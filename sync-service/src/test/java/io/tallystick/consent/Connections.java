package io.tallystick.consent;

import io.tallystick.tenancy.Transactions;
import java.util.UUID;

/** Puts connection rows where another feature would put them. */
final class Connections {
  private Connections() {}

  static void add(
      Transactions transactions, long tenant, long holder, long connection, long consent) {
    transactions.as(
        tenant,
        tx ->
            tx.sql(
                    """
                    insert into connection (tenant_id, holder_id, connection_id, public_id,
                      consent_id, venue, environment, uid_sealed, state, state_at, key_kind,
                      key_origin, rights_verdict, rights, rights_checked_at, created_at)
                    values (?, ?, ?, ?, ?, 'binance', 'sandbox', '\\x00', 'active', now(), 'hmac',
                      'brought', 'read_only', '{}', now(), now())
                    """)
                .bind(tenant, holder, connection, new UUID(tenant, connection), consent)
                .update());
  }
}

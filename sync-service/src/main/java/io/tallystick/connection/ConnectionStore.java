package io.tallystick.connection;

import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of connections that asks more than one table, or all tenants. */
final class ConnectionStore {
  private ConnectionStore() {}

  /** A holder of whom something is over. */
  record Over(long tenant, long holder) {}

  /** Those of all tenants who have a key, or a pair that waits, beyond its time. */
  static List<Over> over(SequencerTx tx, int limit) throws SQLException {
    return tx.sql(
            """
            select tenant_id, holder_id from connection where former_key_until <= clock_timestamp()
            union
            select tenant_id, holder_id from key_offer
            where sealed is not null and expires_at <= clock_timestamp()
            limit ?
            """)
        .bind(limit)
        .list(row -> new Over(row.getLong("tenant_id"), row.getLong("holder_id")));
  }

  /** Whether a connection is under the link's consent, and a version of its key serves. */
  static boolean stands(TenantTx tx, Link link, int version) throws SQLException {
    return Boolean.TRUE.equals(
        tx.sql(
                """
                select c.consent_id = ? and exists (select 1 from credential k
                  where k.tenant_id = c.tenant_id and k.holder_id = c.holder_id
                    and k.connection_id = c.connection_id and k.version = ?
                    and k.sealed is not null and (c.former_key_until > now()
                      or not exists (select 1 from credential n
                        where n.tenant_id = c.tenant_id and n.holder_id = c.holder_id
                          and n.connection_id = c.connection_id and n.version > k.version)))
                from connection c
                where c.tenant_id = ? and c.holder_id = ? and c.connection_id = ?
                """)
            .bind(link.consent(), version, tx.tenant(), link.holder(), link.id())
            .first(row -> row.getBoolean(1)));
  }

  /** Whether a connection was said to stand for the account of this digest. */
  static boolean standsFor(TenantTx tx, Link link, byte[] account) throws SQLException {
    return !tx.sql(
            """
            select 1 from venue_account
            where tenant_id = ? and venue = ? and account_digest = ? and holder_id = ?
              and connection_id = ?
            """)
        .bind(tx.tenant(), link.venue(), account, link.holder(), link.id())
        .list(found -> true)
        .isEmpty();
  }

  /** The keyed digest of a connection's account, hexadecimal; null when it was erased. */
  static @Nullable String account(TenantTx tx, ConnectionRow.Key key) throws SQLException {
    return tx.sql(
            """
            select encode(account_digest, 'hex') from venue_account
            where tenant_id = ? and holder_id = ? and connection_id = ?
            """)
        .bind(tx.tenant(), key.holder(), key.connection())
        .first(row -> row.getString(1));
  }

  /** Says that a connection stands for an account; false when one does already. */
  static boolean claim(TenantTx tx, String venue, byte[] account, long holder, long connection)
      throws SQLException {
    return tx.sql(
                """
                insert into venue_account (tenant_id, venue, account_digest, holder_id, connection_id)
                values (?, ?, ?, ?, ?) on conflict do nothing
                """)
            .bind(tx.tenant(), venue, account, holder, connection)
            .update()
        == 1;
  }

  /**
   * Lets the change feed tell that the consent of a connection ended, as the act of this leaf.
   *
   * @param leaf says of which connection and which consent
   */
  static void announceEnd(TenantTx tx, long holder, UUID leaf) throws SQLException {
    tx.sql(
            """
            insert into outbox (tenant_id, holder_id, leaf_id, recorded_at, changes)
            values (?, ?, ?, now(), 1)
            """)
        .bind(tx.tenant(), holder, leaf)
        .update();
    tx.leaves();
  }

  /** Whether a consent names the caller, be it in force or not. */
  static boolean names(TenantTx tx, Caller caller, long holder, long consent) throws SQLException {
    return !tx.sql(
            """
            select 1 from consent
            where tenant_id = ? and holder_id = ? and consent_id = ? and ? = any (recipients)
            """)
        .bind(tx.tenant(), holder, consent, caller.client())
        .list(found -> true)
        .isEmpty();
  }

  /**
   * Connections behind a place in their order.
   *
   * @param holder whose; null for all
   * @param client who must be named by the consent they are under; null when nobody must
   */
  static List<ConnectionRow.Key> page(
      TenantTx tx, @Nullable Long holder, PublicIds.Keyed after, @Nullable Long client, int limit)
      throws SQLException {
    return tx.sql(
            """
            select c.holder_id, c.connection_id from connection c
            where c.tenant_id = ? and (?::bigint is null or c.holder_id = ?)
              and (c.holder_id, c.connection_id) > (?, ?)
              and (?::bigint is null or exists (select 1 from consent n
                where n.tenant_id = c.tenant_id and n.holder_id = c.holder_id
                  and n.consent_id = c.consent_id and ? = any (n.recipients)))
            order by c.holder_id, c.connection_id limit ?
            """)
        .bind(tx.tenant(), holder, holder, after.holder(), after.key())
        .bind(client, client, limit)
        .list(row -> new ConnectionRow.Key(tx.tenant(), row.getLong(1), row.getLong(2)));
  }
}

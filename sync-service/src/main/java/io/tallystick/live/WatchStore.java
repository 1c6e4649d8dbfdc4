package io.tallystick.live;

import io.tallystick.connection.ConnectionState;
import io.tallystick.connection.Link;
import io.tallystick.sync.News;
import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of listening: who does it, to which connection. Time is the database's; a right that ends
 * later than any can was written before its clock went back, and counts as none.
 */
final class WatchStore {
  private WatchStore() {}

  /** A connection that nobody listens to. */
  record Alone(long holder, long connection) {}

  /** The connections, of all tenants, to which somebody listens. */
  static List<News.Planned> held(SequencerTx tx) throws SQLException {
    return tx.sql(
            """
            select tenant_id, holder_id, connection_id from live_lease
            where until between now() and now() + interval '31 seconds'
            """)
        .list(row -> new News.Planned(row.getLong(1), row.getLong(2), row.getLong(3)));
  }

  /** Connections that may be listened to and are not. */
  static List<Alone> alone(TenantTx tx) throws SQLException {
    String[] readable =
        Arrays.stream(ConnectionState.values())
            .filter(ConnectionState::mayPull)
            .map(ConnectionState::code)
            .toArray(String[]::new);
    return tx.sql(
            """
            select c.holder_id, c.connection_id from connection c
            where c.tenant_id = ? and c.state = any(?::text[]) and not exists (
              select 1 from live_lease l where l.tenant_id = c.tenant_id
                and l.holder_id = c.holder_id and l.connection_id = c.connection_id
                and l.until between now() and now() + interval '31 seconds')
            order by c.holder_id, c.connection_id
            """)
        .bind(tx.tenant())
        .bind((Object) readable)
        .list(row -> new Alone(row.getLong(1), row.getLong(2)));
  }

  /** Takes the right to listen; null when another has it. */
  static @Nullable Long take(TenantTx tx, Link link, String node) throws SQLException {
    return tx.sql(
            """
            insert into live_lease as l (tenant_id, holder_id, connection_id, token, node, until,
              since)
            values (?, ?, ?, 1, ?, now() + interval '30 seconds', now())
            on conflict (tenant_id, holder_id, connection_id) do update
              set token = l.token + 1, node = excluded.node, until = excluded.until
              where l.until not between now() and now() + interval '31 seconds'
            returning token
            """)
        .bind(tx.tenant(), link.holder(), link.id(), node)
        .first(row -> row.getLong(1));
  }

  /** Locks the right and prolongs it; false when another took it over. */
  static boolean hold(TenantTx tx, Watch watch) throws SQLException {
    return tx.sql(
                """
                update live_lease set until = now() + interval '30 seconds'
                where tenant_id = ? and holder_id = ? and connection_id = ? and token = ?
                """)
            .bind(tx.tenant(), watch.link().holder(), watch.link().id(), watch.token())
            .update()
        == 1;
  }

  /** Whether it is still this one's right; writes nothing. */
  static boolean still(TenantTx tx, Watch watch) throws SQLException {
    return tx.sql(
                """
                select 1 from live_lease
                where tenant_id = ? and holder_id = ? and connection_id = ? and token = ?
                """)
            .bind(tx.tenant(), watch.link().holder(), watch.link().id(), watch.token())
            .first(row -> row.getInt(1))
        != null;
  }

  /** Gives the right back, if it is still this one. */
  static boolean release(TenantTx tx, Watch watch) throws SQLException {
    return tx.sql(
                """
                update live_lease set until = now() - interval '1 second'
                where tenant_id = ? and holder_id = ? and connection_id = ? and token = ?
                """)
            .bind(tx.tenant(), watch.link().holder(), watch.link().id(), watch.token())
            .update()
        == 1;
  }
}

package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes, holds and gives back leases. Time is the database's; a lease that ran out may be taken by
 * anyone, and its former holder cannot commit any more. One that ends later than any lease can was
 * written before the database's clock went back, and is taken too: nobody holds for ever.
 */
@ApplicationScoped
class Leases {
  private final Transactions transactions;
  private final String node;

  Leases(Transactions transactions, RandomGenerator random) {
    this.transactions = transactions;
    this.node = Long.toHexString(random.nextLong());
  }

  /**
   * Takes the connection's lease; null when another run holds it.
   *
   * @param over takes it from whoever holds it, because his process is known to have died; should
   *     it live after all, the token keeps it from committing
   */
  @Nullable Lease take(Link link, boolean over) {
    return transactions.find(
        link.tenant(),
        tx -> {
          Long token =
              tx.sql(
                      """
                      insert into lease as l (tenant_id, holder_id, connection_id, token, node, until)
                      values (?, ?, ?, 1, ?, now() + interval '30 seconds')
                      on conflict (tenant_id, holder_id, connection_id) do update
                        set token = l.token + 1, node = excluded.node, until = excluded.until
                        where l.until < now() or l.until > now() + interval '31 seconds' or ?
                      returning token
                      """)
                  .bind(link.tenant(), link.holder(), link.id(), node, over)
                  .first(row -> row.getLong(1));
          return token == null ? null : new Lease(link, token);
        });
  }

  /**
   * Locks the lease row for the rest of the transaction and prolongs it; false when another run
   * took it over.
   */
  boolean hold(TenantTx tx, Lease lease) throws SQLException {
    return tx.sql(
                """
                update lease set until = now() + interval '30 seconds'
                where tenant_id = ? and holder_id = ? and connection_id = ? and token = ?
                """)
            .bind(tx.tenant(), lease.link().holder(), lease.link().id(), lease.token())
            .update()
        == 1;
  }

  /**
   * Locks the connection's row for the rest of the transaction, whoever has the lease: no page is
   * committed meanwhile.
   */
  void lock(TenantTx tx, Link link) throws SQLException {
    String lock =
        """
        select token from lease where tenant_id = ? and holder_id = ? and connection_id = ?
        for update
        """;
    Object[] key = {tx.tenant(), link.holder(), link.id()};
    if (tx.sql(lock).bind(key).first(row -> row.getLong(1)) == null) {
      tx.sql(
              """
              insert into lease (tenant_id, holder_id, connection_id, token, node, until)
              values (?, ?, ?, 0, ?, now() - interval '1 second') on conflict do nothing
              """)
          .bind(tx.tenant(), link.holder(), link.id(), node)
          .update();
      tx.sql(lock).bind(key).first(row -> row.getLong(1));
    }
  }

  /** Prolongs the lease outside a page, while waiting. */
  boolean renew(Lease lease) {
    return transactions.as(lease.link().tenant(), tx -> hold(tx, lease));
  }

  /** Gives the lease back, if it is still ours. */
  void release(Lease lease) {
    transactions.as(
        lease.link().tenant(),
        tx ->
            tx.sql(
                    """
                    update lease set until = now() - interval '1 second'
                    where tenant_id = ? and holder_id = ? and connection_id = ? and token = ?
                    """)
                .bind(tx.tenant(), lease.link().holder(), lease.link().id(), lease.token())
                .update());
  }
}

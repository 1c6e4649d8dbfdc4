package io.tallystick.boot;

import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.LedgerHash;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Prints the ledger hash of one connection, alone on a line of standard output. It needs no token:
 * who may run it on the service's data folder may read the database anyhow.
 */
@ApplicationScoped
class LedgerHashCommand {
  private final Transactions transactions;
  private final Connections connections;

  LedgerHashCommand(Transactions transactions, Connections connections) {
    this.transactions = transactions;
    this.connections = connections;
  }

  /** 0 when the hash was printed, 1 when the tenant has no such connection. */
  int print(String tenant, String connection) {
    PublicIds.Keyed id = PublicIds.connection(connection);
    String hash = id == null ? null : hash(Provisioning.tenantId(tenant), id);
    if (hash == null) {
      System.err.println("The tenant has no such connection; its id begins with con_.");
      return 1;
    }
    System.out.println(hash);
    return 0;
  }

  private @Nullable String hash(long tenant, PublicIds.Keyed id) {
    return transactions.find(
        tenant,
        tx -> {
          Link link = connections.find(tx, id.holder(), id.key());
          return link == null ? null : LedgerHash.of(tx, link.holder(), link.id());
        });
  }
}

package io.tallystick.retention;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.Holders;
import io.tallystick.consent.Reads.Served;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/** Shows those who keep the house something of a holder, and says so in the access log. */
@ApplicationScoped
class HolderReads {
  private final Transactions transactions;
  private final Holders holders;
  private final CurrentCaller current;
  private final AccessLog log;

  HolderReads(Transactions transactions, Holders holders, CurrentCaller current, AccessLog log) {
    this.transactions = transactions;
    this.holders = holders;
    this.current = current;
    this.log = log;
  }

  /** What is looked at. */
  @FunctionalInterface
  interface Look<T> {
    Served<T> at(TenantTx tx, long holder) throws SQLException;
  }

  /** Looks at a holder; a problem when the tenant has none of this id. */
  <T> T look(String route, String holder, Look<T> look) {
    Caller caller = current.get();
    long id = PublicIds.orNotFound(PublicIds.holder(holder));
    return transactions.as(
        caller.tenant(),
        tx -> {
          if (!holders.exists(tx, id)) {
            throw Problem.notFound();
          }
          Served<T> served = look.at(tx, id);
          log.append(tx, Leaf.looked(id, null, null, caller.client(), route, served.rows()));
          return served.value();
        });
  }
}

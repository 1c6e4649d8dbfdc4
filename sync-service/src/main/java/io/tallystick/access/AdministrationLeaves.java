package io.tallystick.access;

import io.tallystick.tenancy.Administered;
import io.tallystick.tenancy.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;

/** Writes administrative acts into the access log, in the transaction of the act. */
@ApplicationScoped
class AdministrationLeaves {
  private final AccessLog log;

  AdministrationLeaves(AccessLog log) {
    this.log = log;
  }

  void write(@Observes Administered act) throws SQLException {
    Caller caller = act.caller();
    Long client = caller == null ? null : caller.client();
    log.append(act.tx(), new Leaf(Leaf.Kind.ADMIN, 0, null, null, client, act.facts()));
  }
}

package io.tallystick.consent;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.Rows.ConsentRows;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Map;

/**
 * Wishes that what was read be deleted, said when the consent has ended already: it stays as it
 * ended.
 */
@ApplicationScoped
class LateWishes {
  static final String DELETE = "delete";

  private final ConsentRows rows;
  private final Consents consents;
  private final AccessLog log;

  LateWishes(ConsentRows rows, Consents consents, AccessLog log) {
    this.rows = rows;
    this.consents = consents;
    this.log = log;
  }

  /** Writes a wish down, with a receipt; once said, it is not said again. */
  void say(TenantTx tx, ConsentEntity row, ConsentState ended, Actor actor) throws SQLException {
    if (!ended.isOver() || DELETE.equals(row.deletion)) {
      return;
    }
    row.wish(DELETE, tx.now());
    rows.flush();
    Map<String, String> facts =
        Map.of("deletion", DELETE, "ended", ended.code(), "recorded_by_role", actor.role());
    Leaf.Kind kind = ConsentStep.WITHDRAW.leaf();
    log.append(tx, new Leaf(kind, row.holder, row.consent, null, actor.client(), facts));
    consents.receipt(tx, ConsentStep.WITHDRAW.code(), row, tx.now());
  }
}

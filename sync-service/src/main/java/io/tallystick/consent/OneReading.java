package io.tallystick.consent;

import io.tallystick.consent.Rows.ConsentRows;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/** The one reading that some consents are for: whether it is to come, and that it was done. */
@ApplicationScoped
public class OneReading {
  private final ConsentRows rows;

  OneReading(ConsentRows rows) {
    this.rows = rows;
  }

  /**
   * Whether a consent is in force, for one reading, and that is still to come. The consent stays as
   * it is until the transaction ends, so that no page and no key comes in between.
   */
  public boolean isToCome(TenantTx tx, long holder, long consent) throws SQLException {
    if (!ConsentStore.isForOneReading(tx, holder, consent)) {
      // Most are not: no lock is taken of theirs.
      return false;
    }
    ConsentEntity row = rows.findToChange(tx.tenant(), holder, consent);
    return row != null
        && row.usedAt == null
        && ConsentState.of(row.state, row.ends(), tx.now()).mayEnd();
  }

  /** Says that it was done: nothing is pulled under the consent from now on. */
  public void done(TenantTx tx, long holder, long consent) throws SQLException {
    ConsentEntity row = rows.findToChange(tx.tenant(), holder, consent);
    if (row == null) {
      throw new IllegalStateException("a consent vanished: nothing ever deletes one");
    }
    row.usedAt = tx.now();
    rows.flush();
  }
}

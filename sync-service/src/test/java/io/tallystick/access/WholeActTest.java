package io.tallystick.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An act and the leaf that tells of it are one. */
class WholeActTest {
  private static final long TENANT = 1;

  private static int acts(LogRig rig) throws SQLException {
    return rig.as(
        TENANT, tx -> tx.sql("select 1 from outbox where tenant_id = 1").list(row -> true).size());
  }

  private static int act(LogRig rig, long holder) throws SQLException {
    return rig.as(
        TENANT,
        tx -> {
          int done =
              tx.sql(
                      """
                      insert into outbox (tenant_id, holder_id, leaf_id, recorded_at, changes)
                      values (?, ?, gen_random_uuid(), now(), 1)
                      """)
                  .bind(TENANT, holder)
                  .update();
          rig.log.append(tx, LogRig.leaf(holder));
          return done;
        });
  }

  @Test
  @DisplayName("F91 when the log cannot be written, the act fails as a whole")
  void anActWithoutItsLeafIsNone() throws Exception {
    LogRig rig = LogRig.fresh();
    assertEquals(1, act(rig, 5));
    // The database refuses the row, as it does when its disk is full.
    rig.tamper("alter table access_leaf add constraint full_disk check (holder_id <> 5) not valid");
    assertThrows(SQLException.class, () -> act(rig, 5));
    assertEquals(1, acts(rig));
    rig.tamper("alter table access_leaf drop constraint full_disk");
    assertEquals(1, act(rig, 5));
    assertEquals(2, acts(rig));
    assertEquals(2, rig.place());
  }
}

package io.tallystick.ledger;

import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tells which events are in the books. */
public final class KnownStore {
  private KnownStore() {}

  /** Those of these ids under which an event is booked that was not taken back. */
  public static Set<UUID> of(TenantTx tx, long holder, List<UUID> ids) throws SQLException {
    Set<UUID> known = new HashSet<>();
    SlotStore.slots(tx, holder, ids)
        .forEach((id, slot) -> {
          if (!slot.free()) {
            known.add(id);
          }
        });
    return known;
  }
}

package io.tallystick.ledger;

import java.util.UUID;

/**
 * One revision to write.
 *
 * @param revision 1 for a new entry
 * @param moved whether the facts no longer fit the id
 */
record Planned(UUID id, int revision, Booking booking, boolean moved) {
  String rank() {
    return (moved ? Slot.MOVED : "") + booking.entry().identity().rank();
  }
}

package io.tallystick.ledger;

import io.tallystick.kernel.Frame;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /** The id that its facts would have given; null where they gave the id that it has. */
  @Nullable UUID facts(UUID connection) {
    return moved ? booking.entry().identity().id(Frame.of(connection), 0) : null;
  }
}

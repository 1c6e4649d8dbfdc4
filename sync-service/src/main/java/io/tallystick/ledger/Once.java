package io.tallystick.ledger;

import io.tallystick.ledger.Matching.Echo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events that several sources tell under the venue's own id: the one of the lowest rank speaks, and
 * the others stay linked to it. A list that tells an event in part speaks where no file tells it
 * whole, also after one was taken back.
 */
final class Once {
  private final Matching matching;
  private final Matching.Lookup lookup;
  private final List<Echo> echoes;
  private final Map<UUID, Booking> planned = new HashMap<>();

  Once(Matching matching, Matching.Lookup lookup, List<Echo> echoes) {
    this.matching = matching;
    this.lookup = lookup;
    this.echoes = echoes;
  }

  /** Plans what a record of the venue changes; nothing when another speaks already. */
  void place(Booking booking, List<Planned> plans) throws SQLException {
    Identity identity = booking.entry().identity();
    List<Slot> taken = matching.taken(identity);
    if (taken.isEmpty()) {
      write(new Planned(matching.id(identity, 0), 1, booking, false), plans);
      return;
    }
    Slot slot = taken.getFirst();
    int order = slot.rank().compareTo(identity.rank());
    if (order > 0 || (order == 0 && slot.gone())) {
      if (!slot.free() && !slot.gone()) {
        echoes.add(new Echo(slot.id(), slot.evidence()));
      }
      write(new Planned(slot.id(), slot.revision() + 1, booking, false), plans);
      return;
    }
    echoes.add(new Echo(slot.id(), booking.evidence()));
    // Kept as a revision behind the file's: it is what remains when the file is taken back.
    if (slot.exported() && !slot.inPart()) {
      Booking whole = planned.get(slot.id());
      Booking again = whole == null ? lookup.stored(slot, identity) : whole;
      write(new Planned(slot.id(), slot.revision() + 1, booking, false), plans);
      write(new Planned(slot.id(), slot.revision() + 2, again, false), plans);
    }
  }

  /** What a list told of the event in part, to be booked again; null when none did. */
  @Nullable Booking inPart(Slot slot, Identity identity) throws SQLException {
    Slot before = lookup.inPart(slot.id());
    return before == null ? null : lookup.stored(before, identity);
  }

  private void write(Planned plan, List<Planned> plans) {
    planned.put(plan.id(), plan.booking());
    plans.add(matching.remember(plan));
  }
}

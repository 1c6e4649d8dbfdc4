package io.tallystick.imports;

import io.tallystick.imports.ImportRows.Noted;
import io.tallystick.kernel.Frame;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.KnownStore;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Exports.Meaning;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events of a file that are known at another hour. A file tells its zone by its name, and only one
 * for a whole year: where some of its events are in the books already, they show whether the zone
 * is right, also beyond the change of the clocks.
 */
final class Shifted {
  private static final int SOME = 20;
  private static final int STEP = 1_800;
  private static final int FARTHEST = 28;

  private Shifted() {}

  /** What is to be said about rows of a block that is only tried; nothing when the hours agree. */
  static List<Noted> of(TenantTx tx, Books.Place place, Collection<Group> groups)
      throws SQLException {
    byte[] connection = Frame.of(place.publicId());
    List<Group> fresh = new ArrayList<>();
    List<UUID> asked = new ArrayList<>();
    for (Group group : groups) {
      if (fresh.size() < SOME && second(group) != null && group.before == 0) {
        fresh.add(group);
        for (int steps = -FARTHEST; steps <= FARTHEST; steps++) {
          asked.add(at(group, steps, connection));
        }
      }
    }
    Set<UUID> known = KnownStore.of(tx, place.holder(), asked);
    if (known.isEmpty()) {
      return List.of();
    }
    fresh.removeIf(group -> known.contains(at(group, 0, connection)));
    Map<Integer, Set<Group>> elsewhere = new HashMap<>();
    for (Group group : fresh) {
      for (int steps = -FARTHEST; steps <= FARTHEST; steps++) {
        if (known.contains(at(group, steps, connection))) {
          elsewhere.computeIfAbsent(steps, _ -> new HashSet<>()).add(group);
        }
      }
    }
    // One may be chance; several by the same step, and most of them, are a clock.
    for (Map.Entry<Integer, Set<Group>> shift : elsewhere.entrySet()) {
      if (shift.getValue().size() > 1 && shift.getValue().size() * 2 > fresh.size()) {
        return shift.getValue().stream().map(group -> noted(group, shift.getKey())).toList();
      }
    }
    return List.of();
  }

  private static @Nullable Instant second(Group group) {
    return group.meaning instanceof Meaning.Event(var entry, var _)
        ? entry.identity().second()
        : null;
  }

  private static UUID at(Group group, int steps, byte[] connection) {
    Instant second = second(group);
    if (second == null || !(group.meaning instanceof Meaning.Event(var entry, var _))) {
      throw new IllegalArgumentException("an event without a second stands at no hour");
    }
    Identity told = entry.identity();
    return new Identity(
            told.fact(),
            told.parts(),
            second.plusSeconds((long) steps * STEP),
            told.rank(),
            told.once())
        .id(connection, 0);
  }

  private static Noted noted(Group group, int steps) {
    Duration shift = Duration.ofSeconds((long) Math.abs(steps) * STEP);
    return Noted.of(
        group.rows.getFirst(),
        "shifted",
        "The same is known %d:%02d hours %s."
            .formatted(shift.toHours(), shift.toMinutesPart(), steps > 0 ? "later" : "earlier"),
        "Look at the zone of the file: delete this import, and bring it under the name it was"
            + " downloaded under, or answer another zone.");
  }
}

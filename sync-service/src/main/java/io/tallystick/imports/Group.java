package io.tallystick.imports;

import io.tallystick.connection.Link;
import io.tallystick.imports.Taking.Block;
import io.tallystick.imports.Taking.Told;
import io.tallystick.kernel.Frame;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.Raw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All rows of a block that tell the same, in the same words. */
final class Group {
  final UUID fact;
  final UUID event;
  final Meaning meaning;
  final List<Told> rows = new ArrayList<>();
  List<UUID> evidence = List.of();
  int before;
  int after;
  int first;
  int earlier;

  Group(UUID fact, UUID event, Meaning meaning) {
    this.fact = fact;
    this.event = event;
    this.meaning = meaning;
  }

  /** Whether exports word it differently, and it is counted by its words. */
  boolean isWorded() {
    return !event.equals(fact);
  }

  /** Whether all of it was told before in these words: then nothing is kept or booked anew. */
  boolean isKnown() {
    return before > 0 && after == before && !isWorded() && meaning instanceof Meaning.Event;
  }

  /** Whether its rows stand among equals where they seemed to when the file was read. */
  boolean isPlacedAsRead() {
    return first == earlier;
  }

  /** All rows as evidence: each is named by what it says and its place among equals. */
  static List<Raw> raws(int part, Map<UUID, Group> groups) {
    List<Raw> raws = new ArrayList<>();
    for (Group group : groups.values()) {
      Instant born = group.born();
      for (int i = 0; i < group.rows.size(); i++) {
        String name = group.fact + "#" + part + "#" + (group.first + i);
        raws.add(new Raw(name, born, group.rows.get(i).line().bytes()));
      }
    }
    return raws;
  }

  private @Nullable Instant born() {
    return switch (meaning) {
      case Meaning.Event(var entry, var _) -> entry.occurredAt();
      case Meaning.Coarse(var claim, boolean _) -> claim.from();
      case Meaning.Nothing _ -> null;
    };
  }

  /** The groups of a block's rows, by what they are counted by. */
  static Map<UUID, Group> of(Link link, Block block) {
    byte[] connection = Frame.of(link.publicId());
    Map<UUID, Group> groups = new LinkedHashMap<>();
    for (Told told : block.told()) {
      Meaning meaning = told.line().meaning();
      Group group =
          switch (meaning) {
            case Meaning.Event(var entry, var _) -> {
              UUID event = entry.identity().id(connection, 0);
              yield new Group(Tellings.fact(event, entry.identity()), event, meaning);
            }
            case Meaning.Coarse(var claim, boolean _) -> {
              UUID key = claim.key(connection);
              yield new Group(key, key, meaning);
            }
            case Meaning.Nothing _ -> null;
          };
      if (group != null) {
        groups.computeIfAbsent(group.fact, _ -> group).rows.add(told);
      }
    }
    return groups;
  }
}

package io.tallystick.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Entries that keep their ids though the venue changed their facts. What files tell of the facts
 * that such a record has, or ever had, it tells itself: a row of either makes no second event.
 */
final class MovedFacts {
  private final Matching matching;
  private final Matching.Lookup lookup;
  private final List<Matching.Echo> echoes;
  private final Map<UUID, Set<UUID>> known = new HashMap<>();
  private final Set<UUID> asked = new HashSet<>();
  private final Map<UUID, Set<UUID>> successors = new TreeMap<>();

  MovedFacts(Matching matching, Matching.Lookup lookup, List<Matching.Echo> echoes) {
    this.matching = matching;
    this.lookup = lookup;
    this.echoes = echoes;
  }

  /** Asks for all of these facts at once. */
  void prefetch(Collection<Identity> identities) throws SQLException {
    List<UUID> unasked =
        identities.stream().map(facts -> matching.id(facts, 0)).filter(asked::add).toList();
    if (!unasked.isEmpty()) {
      lookup.moved(unasked).forEach((facts, ids) -> of(facts).addAll(ids));
    }
  }

  private Set<UUID> of(UUID facts) {
    return known.computeIfAbsent(facts, _ -> new TreeSet<>());
  }

  /**
   * The slots of events with these facts, those that records of the venue moved out of or into
   * first.
   */
  List<Slot> slots(Identity facts, List<Slot> own) throws SQLException {
    Set<UUID> told = known.getOrDefault(matching.id(facts, 0), Set.of());
    if (told.isEmpty() && own.stream().noneMatch(Slot::moved)) {
      return own;
    }
    List<Slot> slots = new ArrayList<>(own.stream().filter(Slot::moved).toList());
    Set<UUID> there = new HashSet<>(own.stream().map(Slot::id).toList());
    for (UUID id : told) {
      if (there.add(id)) {
        slots.add(Objects.requireNonNull(matching.slot(id)));
      }
    }
    own.stream().filter(slot -> !slot.moved()).forEach(slots::add);
    return slots;
  }

  /** Plans that a row of a file gives way to a record whose facts have just become its own. */
  void giveWay(Planned plan, List<Planned> plans) throws SQLException {
    Identity facts = plan.booking().entry().identity();
    UUID first = matching.id(facts, 0);
    prefetch(List.of(facts));
    List<Slot> own = matching.taken(facts);
    boolean anew = own.stream().noneMatch(slot -> slot.id().equals(plan.id()));
    if (!of(first).add(plan.id()) || !anew) {
      return;
    }
    for (Slot slot : own.reversed()) {
      if (slot.linked()) {
        Booking was = lookup.stored(slot, facts);
        Booking gone =
            Booking.fresh(Counted.gone(was.entry()), was.evidence(), was.mappingVersion())
                .from(was.domain());
        plans.add(matching.remember(new Planned(slot.id(), slot.revision() + 1, gone, false)));
        echoes.add(new Matching.Echo(plan.id(), slot.evidence()));
        successors.computeIfAbsent(slot.id(), _ -> new TreeSet<>()).add(plan.id());
        return;
      }
    }
  }

  /** What came in the place of the rows that gave way. */
  Map<UUID, Set<UUID>> successors() {
    return successors;
  }
}

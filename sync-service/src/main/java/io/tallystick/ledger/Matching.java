package io.tallystick.ledger;

import io.tallystick.kernel.Framer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides which id each booking gets. Equal facts are as many events as there are records of them:
 * they take the ordinals 0, 1, 2 … in canonical order, so that any order of arrival ends in the
 * same ids holding the same events.
 */
final class Matching {
  private final byte[] connection;
  private final Framer row = new Framer();
  private final Lookup lookup;
  private final Map<UUID, Slot> known = new HashMap<>();
  private final Set<UUID> asked = new HashSet<>();
  private final IdentityHashMap<Identity, List<UUID>> ids = new IdentityHashMap<>();
  private final List<Echo> echoes = new ArrayList<>();
  private final MovedFacts moved;
  private final Once once;

  /** A record that stays linked to an entry for which another speaks. */
  record Echo(UUID entry, UUID evidence) {}

  /** Finds current revisions by id, and bookings behind stored slots. */
  interface Lookup {
    Map<UUID, Slot> slots(List<UUID> ids) throws SQLException;

    /** The stored entry of a slot as a booking that can be written again under another id. */
    Booking stored(Slot slot, Identity facts) throws SQLException;

    /** The last revision by a record of the venue that told the event in part; null without one. */
    @Nullable Slot inPart(UUID id) throws SQLException;

    /** The entries that a correction gave facts, by the first id of these. */
    Map<UUID, Set<UUID>> moved(List<UUID> facts) throws SQLException;
  }

  Matching(byte[] connection, Lookup lookup) {
    this.connection = connection.clone();
    this.lookup = lookup;
    this.moved = new MovedFacts(this, lookup, echoes);
    this.once = new Once(this, lookup, echoes);
  }

  /** Entries whose facts the venue changed. */
  MovedFacts moved() {
    return moved;
  }

  /** Plans the revisions that take all bookings in, in the order they must be written. */
  List<Planned> plan(List<Booking> bookings) throws SQLException {
    List<Planned> plans = new ArrayList<>(bookings.size());
    Map<UUID, Booking> firsts = LinkedHashMap.newLinkedHashMap(bookings.size());
    Map<UUID, List<Booking>> twins = new HashMap<>();
    for (Booking booking : bookings) {
      // Where the earlier revision made no entry (it could not be read), this one is the first.
      if (booking.correctedFrom() == null || !correct(booking, booking.correctedFrom(), plans)) {
        UUID id = booking.entry().identity().id(row, connection, 0);
        Booking first = firsts.putIfAbsent(id, booking);
        if (first != null) {
          twins.computeIfAbsent(id, _ -> new ArrayList<>(List.of(first))).add(booking);
        }
      }
    }
    ask(firsts.keySet());
    prefetch(
        firsts.entrySet().stream()
            .filter(one -> known.containsKey(one.getKey()))
            .map(one -> one.getValue().entry().identity())
            .toList());
    for (Map.Entry<UUID, Booking> first : firsts.entrySet()) {
      UUID id = first.getKey();
      Booking booking = first.getValue();
      List<Booking> group = twins.get(id);
      if (group == null && !known.containsKey(id)) {
        // Nearly every event of a page: neither stored nor a twin. Nothing else has its id.
        plans.add(new Planned(id, 1, booking, false));
      } else {
        place(group == null ? List.of(booking) : group, plans);
      }
    }
    return plans;
  }

  // One question for a whole page, and one more for each twin: almost every first slot is empty.
  private void prefetch(List<Identity> identities) throws SQLException {
    List<Identity> open = identities;
    for (int ordinal = 0; !open.isEmpty(); ordinal++) {
      int at = ordinal;
      ask(open.stream().map(identity -> id(identity, at)).toList());
      open = open.stream().filter(one -> known.containsKey(id(one, at))).toList();
    }
  }

  private void place(List<Booking> group, List<Planned> plans) throws SQLException {
    Identity identity = group.getFirst().entry().identity();
    if (identity.once()) {
      for (Booking booking : group) {
        once.place(booking, plans);
      }
      return;
    }
    List<Slot> taken = taken(identity);
    List<Booking> fresh = new ArrayList<>(group);
    fresh.sort(Comparator.comparing(booking -> booking.entry().identity().rank()));
    List<Slot> equals = taken.stream().filter(slot -> !slot.moved()).toList();
    if (!equals.isEmpty() && equals.getLast().open()) {
      refine(identity, taken.size(), equals, fresh, plans);
      return;
    }
    boolean inOrder =
        equals.isEmpty()
            || equals.getLast().rank().compareTo(fresh.getFirst().entry().identity().rank()) <= 0;
    if (inOrder) {
      int ordinal = taken.size();
      for (Booking booking : fresh) {
        plans.add(remember(new Planned(id(identity, ordinal++), 1, booking, false)));
      }
    } else {
      reorder(identity, taken, equals, fresh, plans);
    }
  }

  // Rows of exports hold slots of these events: the venue's own records take them over, first come
  // the venue's in their order, then the rows; there are as many events as the longer list says.
  private void refine(
      Identity identity, int size, List<Slot> equals, List<Booking> fresh, List<Planned> plans)
      throws SQLException {
    List<Booking> ordered = new ArrayList<>(fresh);
    for (Slot slot : equals) {
      if (!slot.open()) {
        ordered.add(lookup.stored(slot, identity));
      }
    }
    ordered.sort(Comparator.comparing(booking -> booking.entry().identity().rank()));
    int ordinal = size;
    for (int i = 0; i < ordered.size(); i++) {
      Booking booking = ordered.get(i);
      if (i >= equals.size()) {
        plans.add(remember(new Planned(id(identity, ordinal++), 1, booking, false)));
      } else if (!equals.get(i).evidence().equals(booking.evidence()) || equals.get(i).open()) {
        Slot slot = equals.get(i);
        if (slot.linked()) {
          echoes.add(new Echo(slot.id(), slot.evidence()));
        }
        plans.add(remember(new Planned(slot.id(), slot.revision() + 1, booking, false)));
      }
    }
  }

  /** Records that tell what another record tells better. */
  List<Echo> echoes() {
    return List.copyOf(echoes);
  }

  // A record that belongs before stored equals arrived late: the events move up among the ids.
  private void reorder(
      Identity identity,
      List<Slot> taken,
      List<Slot> equals,
      List<Booking> fresh,
      List<Planned> plans)
      throws SQLException {
    List<Booking> ordered = new ArrayList<>(fresh);
    for (Slot slot : equals) {
      ordered.add(lookup.stored(slot, identity));
    }
    ordered.sort(Comparator.comparing(booking -> booking.entry().identity().rank()));
    int ordinal = 0;
    for (Booking booking : ordered) {
      while (ordinal < taken.size() && taken.get(ordinal).moved()) {
        ordinal++;
      }
      UUID id = id(identity, ordinal);
      if (ordinal >= taken.size()) {
        plans.add(remember(new Planned(id, 1, booking, false)));
      } else if (!taken.get(ordinal).evidence().equals(booking.evidence())) {
        plans.add(remember(new Planned(id, taken.get(ordinal).revision() + 1, booking, false)));
      }
      ordinal++;
    }
  }

  // A correction keeps the id of the entry that the record's earlier revision made.
  private boolean correct(Booking booking, Identity first, List<Planned> plans)
      throws SQLException {
    for (Slot slot : taken(first)) {
      if (booking.earlier().contains(slot.evidence())) {
        boolean other = slot.moved() || !booking.entry().identity().facts().equals(first.facts());
        Planned plan = new Planned(slot.id(), slot.revision() + 1, booking, other);
        if (other) {
          moved.giveWay(plan, plans);
        }
        plans.add(remember(plan));
        return true;
      }
    }
    return false;
  }

  /**
   * Plans the revisions after which each of these events is there as often as exports say, or as
   * often as the venue's own lists say, whichever is more.
   */
  List<Planned> count(List<Counted> facts) throws SQLException {
    List<Planned> plans = new ArrayList<>();
    List<Identity> identities = facts.stream().map(fact -> fact.entry().identity()).toList();
    for (Counted fact : facts) {
      if (fact.first() != null) {
        ids.put(fact.entry().identity(), new ArrayList<>(List.of(fact.first())));
      }
    }
    prefetch(identities);
    moved.prefetch(identities);
    for (Counted fact : facts) {
      Identity identity = fact.entry().identity();
      List<Slot> taken = taken(identity);
      List<Slot> equals = moved.slots(identity, taken);
      int ordinal = taken.size();
      // Under the venue's own id it happened once, whatever rows repeat it.
      int count = identity.once() ? Math.min(1, fact.count()) : fact.count();
      for (int i = 0; i < Math.max(equals.size(), count); i++) {
        Slot slot = i < equals.size() ? equals.get(i) : null;
        if (slot == null) {
          plans.add(remember(new Planned(id(identity, ordinal++), 1, fact.row(i), false)));
        } else if (i < count) {
          // Another export may word it better, or the better words were taken back.
          if (slot.free() || (slot.exported() && !slot.rank().equals(fact.rank(i)))) {
            if (slot.inPart()) {
              echoes.add(new Echo(slot.id(), slot.evidence()));
            }
            plans.add(remember(new Planned(slot.id(), slot.revision() + 1, fact.row(i), false)));
          } else if (!fact.evidence().isEmpty() && !slot.evidence().equals(fact.evidence(i))) {
            echoes.add(new Echo(slot.id(), fact.evidence(i)));
          }
        } else if (slot.linked() && !slot.inPart()) {
          Booking before = identity.once() ? once.inPart(slot, identity) : null;
          Booking next = before == null ? fact.gone(slot.evidence()) : before;
          plans.add(remember(new Planned(slot.id(), slot.revision() + 1, next, false)));
        }
      }
    }
    return plans;
  }

  List<Slot> taken(Identity identity) throws SQLException {
    List<Slot> slots = new ArrayList<>();
    Slot slot = slot(id(identity, 0));
    while (slot != null) {
      slots.add(slot);
      slot = slot(id(identity, slots.size()));
    }
    return slots;
  }

  /** What is stored under an id; null when nothing is. */
  @Nullable Slot slot(UUID id) throws SQLException {
    if (!asked.contains(id)) {
      ask(List.of(id));
    }
    return known.get(id);
  }

  /** The id of the event of this ordinal: asked for several times, and each costs a hash. */
  UUID id(Identity identity, int ordinal) {
    List<UUID> known = ids.computeIfAbsent(identity, _ -> new ArrayList<>(2));
    while (known.size() <= ordinal) {
      known.add(identity.id(row, connection, known.size()));
    }
    return known.get(ordinal);
  }

  private void ask(Collection<UUID> wanted) throws SQLException {
    List<UUID> unasked = wanted.stream().filter(asked::add).toList();
    if (!unasked.isEmpty()) {
      known.putAll(lookup.slots(unasked));
    }
  }

  // What is planned counts as stored for what is planned next.
  Planned remember(Planned plan) {
    asked.add(plan.id());
    known.put(plan.id(), Slot.of(plan));
    return plan;
  }
}

package io.tallystick.ledger;

import io.tallystick.kernel.Frame;
import io.tallystick.ledger.Books.Place;
import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Reach.Period;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Brings what claims book in line with all that is known, after something has changed. */
public final class Settlement {
  // Changes nearer to one another than this are looked at together.
  private static final Duration NEAR = Duration.ofHours(6);
  // But no longer than this, so that a year of interest is not read at once.
  private static final Duration AT_ONCE = Duration.ofDays(7);
  // All but what sources tell late, which widens what is looked at.
  private static final Duration AROUND = Duration.ofHours(2).plusMinutes(1);

  private final Books books;
  private final TenantTx tx;
  private final Place place;
  private final byte[] connection;
  private int written;
  private final Set<UUID> disputed = new TreeSet<>();
  private final Set<UUID> told = new HashSet<>();
  private final Map<UUID, Set<UUID>> vanished = new HashMap<>();

  private Settlement(Books books, TenantTx tx, Place place) {
    this.books = books;
    this.tx = tx;
    this.place = place;
    this.connection = Frame.of(place.publicId());
  }

  /**
   * What settling came to.
   *
   * @param written revisions of coarse entries
   * @param disputed claims that finer records contradict
   * @param told claims by which nothing is booked: something else tells the same
   */
  public record Result(int written, Set<UUID> disputed, Set<UUID> told) {
    public Result {
      disputed = Set.copyOf(disputed);
      told = Set.copyOf(told);
    }
  }

  /** Settles whatever changes of these periods reach. */
  static Result after(Books books, TenantTx tx, Place place, List<Period> changes)
      throws SQLException {
    return after(books, tx, place, changes, List.of());
  }

  /** Settles whatever changes at these moments reach. */
  static Result at(Books books, TenantTx tx, Place place, List<Instant> moments)
      throws SQLException {
    return after(books, tx, place, moments.stream().map(at -> new Period(at, at)).toList());
  }

  /**
   * The same.
   *
   * @param counted what was written of rows of files, some of it taken back
   */
  static Result after(
      Books books, TenantTx tx, Place place, List<Period> changes, List<Planned> counted)
      throws SQLException {
    Settlement settlement = new Settlement(books, tx, place);
    if (!changes.isEmpty() && ClaimStore.any(tx, place)) {
      List<UUID> vanished =
          counted.stream()
              .filter(plan -> plan.booking().entry().state() == EntryState.VOID)
              .map(Planned::id)
              .toList();
      settlement.vanished.putAll(EntryStore.linked(tx, place.holder(), vanished));
      for (Period change : periods(changes)) {
        settlement.settle(change);
      }
    }
    return new Result(settlement.written, settlement.disputed, settlement.told);
  }

  private static List<Period> periods(List<Period> changes) {
    List<Period> periods = new ArrayList<>();
    for (Period change : changes.stream().sorted(Comparator.comparing(Period::from)).toList()) {
      Period last = periods.isEmpty() ? change : periods.getLast();
      Instant to = last.to().isBefore(change.to()) ? change.to() : last.to();
      boolean near =
          !last.to().plus(NEAR).isBefore(change.from()) && !last.from().plus(AT_ONCE).isBefore(to);
      if (near && !periods.isEmpty()) {
        periods.set(periods.size() - 1, new Period(last.from(), to));
      } else {
        periods.add(change);
      }
    }
    return periods;
  }

  private void settle(Period change) throws SQLException {
    Period seen = new Period(change.from().minus(AROUND), change.to().plus(AROUND));
    Reach.Found found = look(change, seen);
    while (found.wider() != null) {
      Period wider = found.wider();
      found = look(change, new Period(wider.from().minus(AROUND), wider.to().plus(AROUND)));
    }
    if (!found.claims().isEmpty()) {
      write(found, Merge.of(found.claims(), found.finer()));
    }
  }

  private Reach.Found look(Period change, Period seen) throws SQLException {
    List<Held> claims = new ArrayList<>(ClaimStore.within(tx, place, seen));
    List<Fine> finer = new ArrayList<>(FineStore.within(tx, place, seen));
    Set<UUID> told = new HashSet<>(finer.stream().map(Fine::id).toList());
    List<UUID> named = new ArrayList<>();
    for (Held held : claims) {
      if (held.event() != null && told.add(held.event())) {
        named.add(held.event());
      }
    }
    // A claim may name an event of another hour, and an event be named at another.
    finer.addAll(FineStore.of(tx, place, named));
    Set<UUID> known = new HashSet<>(claims.stream().map(Held::key).toList());
    finer.stream()
        .filter(fine -> fine.kind() == EntryKind.TRADE)
        .map(Fine::id)
        .forEach(told::remove);
    for (Held held : ClaimStore.naming(tx, place, told)) {
      if (known.add(held.key())) {
        claims.add(held);
      }
    }
    return Reach.of(change, seen, claims, finer);
  }

  private void write(Reach.Found found, Merge.Outcome outcome) throws SQLException {
    List<Held> claims = found.claims();
    Map<UUID, Coarse> wanted = new LinkedHashMap<>();
    Map<List<UUID>, Integer> twins = new HashMap<>();
    for (Coarse coarse : outcome.coarse()) {
      int ordinal = twins.merge(coarse.seed(), 1, Integer::sum) - 1;
      wanted.put(coarse.identity().id(connection, ordinal), coarse);
    }
    Set<UUID> before = new TreeSet<>();
    claims.forEach(held -> before.addAll(held.entries()));
    Set<UUID> all = new HashSet<>(before);
    all.addAll(wanted.keySet());
    Map<UUID, Slot> slots = SlotStore.slots(tx, place.holder(), List.copyOf(all));
    List<Planned> plans = new ArrayList<>();
    wanted.forEach((id, coarse) -> {
      Slot slot = slots.get(id);
      Entry entry = coarse.entry();
      if (slot == null || !slot.rank().equals(entry.identity().rank())) {
        Held first = coarse.claims().getFirst();
        Booking booking =
            Booking.fresh(entry, first.evidence(), coarse.dictionary()).from(coarse.domain());
        plans.add(new Planned(id, slot == null ? 1 : slot.revision() + 1, booking, false));
      }
    });
    Set<UUID> gone = new TreeSet<>(before);
    gone.removeAll(wanted.keySet());
    for (UUID id : gone) {
      Slot slot = slots.get(id);
      if (slot != null && !slot.free()) {
        Identity identity = new Identity("claims", List.of(), null, slot.rank());
        Booking was = books.stored(tx, place, slot, identity);
        Booking taken =
            Booking.fresh(Counted.gone(was.entry()), was.evidence(), was.mappingVersion())
                .from(was.domain());
        plans.add(new Planned(id, slot.revision() + 1, taken, false));
      }
    }
    books.write(tx, place, plans);
    written += plans.size();
    Set<UUID> changed = new HashSet<>(plans.stream().map(Planned::id).toList());
    link(found, outcome, wanted, gone, changed);
  }

  private void link(
      Reach.Found found,
      Merge.Outcome outcome,
      Map<UUID, Coarse> wanted,
      Set<UUID> gone,
      Set<UUID> changed)
      throws SQLException {
    List<Held> claims = found.claims();
    Map<UUID, Set<UUID>> entries = new TreeMap<>();
    claims.forEach(held -> entries.put(held.key(), new TreeSet<>()));
    Map<UUID, Set<UUID>> own = new HashMap<>();
    List<Matching.Echo> echoes = new ArrayList<>();
    wanted.forEach((id, coarse) -> {
      for (Held held : coarse.claims()) {
        entries.computeIfAbsent(held.key(), _ -> new TreeSet<>()).add(id);
        own.computeIfAbsent(coarse.name(held), _ -> new TreeSet<>()).add(id);
        echoes.add(new Matching.Echo(id, held.evidence()));
      }
    });
    Succession succession = new Succession(connection, claims, outcome, own, changed);
    for (Held held : claims) {
      if (entries.getOrDefault(held.key(), Set.of()).isEmpty()) {
        told.add(held.key());
      }
      succession.covering(held).forEach(id -> echoes.add(new Matching.Echo(id, held.evidence())));
      // Who asks for them later has to find what came in their place, whenever that comes.
      if (held.count() == 0) {
        entries.put(held.key(), held.entries());
      }
    }
    EntryStore.link(tx, place.holder(), echoes.stream().distinct().toList());
    // Only what changed is written: most claims around a change stay as they were.
    claims.forEach(held -> {
      if (held.entries().equals(entries.get(held.key()))) {
        entries.remove(held.key());
      }
    });
    ClaimStore.booked(tx, place, entries);
    EntryStore.succeed(tx, place.holder(), succession.of(found.finer(), gone, vanished));
    disputed.addAll(outcome.disputed());
  }
}

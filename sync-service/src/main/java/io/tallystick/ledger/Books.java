package io.tallystick.ledger;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.ledger.LedgerStore.Keys;
import io.tallystick.ledger.Reach.Period;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Books entries: gives them their ids, writes postings and sums, corrects by revision only. */
@ApplicationScoped
public class Books {
  private final DetailSealer sealer;

  Books(DetailSealer sealer) {
    this.sealer = sealer;
  }

  /**
   * Where entries are booked.
   *
   * @param publicId the connection's public id, part of every entry id
   * @param leaf the page; together with {@code recordedAt} it names what one transaction booked, so
   *     two transactions never share both
   */
  public record Place(long holder, long connection, UUID publicId, UUID leaf, Instant recordedAt) {}

  /** Books in the caller's transaction; returns how many revisions were written. */
  public int book(TenantTx tx, Place place, List<Booking> bookings) throws SQLException {
    if (bookings.isEmpty()) {
      return 0;
    }
    holdOff(tx, place);
    Retold retold =
        Retold.of(bookings, RetoldStore.find(tx, place.holder(), place.connection(), bookings));
    EntryStore.link(tx, place.holder(), retold.links());
    // Written first, so that matching sees them as stored.
    List<Planned> plans = new ArrayList<>(retold.changes());
    Matching changed = matching(tx, place);
    for (Planned change : retold.changes()) {
      if (change.moved()) {
        changed.moved().giveWay(change, plans);
      }
    }
    List<Period> changes = new ArrayList<>(write(tx, place, plans));
    link(tx, place, changed);
    Matching matching = matching(tx, place);
    List<Planned> rest = matching.plan(retold.rest());
    changes.addAll(write(tx, place, rest));
    link(tx, place, matching);
    Settlement.after(this, tx, place, changes);
    return plans.size() + rest.size();
  }

  /** Books what a page tells, and takes in what of it waits for finer records. */
  public int book(TenantTx tx, Place place, List<Booking> bookings, List<Claimed> claims)
      throws SQLException {
    if (claims.isEmpty()) {
      return book(tx, place, bookings);
    }
    hold(tx, place);
    return book(tx, place, bookings) + claim(tx, place, claims).written();
  }

  /**
   * Books rows of export files in the caller's transaction, which holds all other booking off
   * ({@link #hold}): each event as often as exports say it happened, beside what the venue's own
   * lists already told. Returns the revisions written.
   */
  public int count(TenantTx tx, Place place, List<Counted> facts) throws SQLException {
    Matching matching = matching(tx, place);
    List<Planned> plans = matching.count(facts);
    List<Period> changes = write(tx, place, plans);
    link(tx, place, matching);
    Settlement.after(this, tx, place, changes, plans);
    return plans.size();
  }

  /** How many revisions {@link #count} would write now; nothing is written. */
  public int weigh(TenantTx tx, Place place, List<Counted> facts) throws SQLException {
    return matching(tx, place).count(facts).size();
  }

  /**
   * Takes in claims of coarse sources in the caller's transaction, and books those that nothing
   * finer tells. A claim whose count is zero is taken back.
   */
  public Settlement.Result claim(TenantTx tx, Place place, List<Claimed> claims)
      throws SQLException {
    ClaimStore.put(tx, place, claims);
    List<Instant> moments = new ArrayList<>();
    for (Claimed claimed : claims) {
      moments.add(claimed.claim().from());
      moments.add(claimed.claim().to());
    }
    return Settlement.at(this, tx, place, moments);
  }

  /** Sets how often claims count that are known by their keys alone. */
  public Settlement.Result recount(TenantTx tx, Place place, Map<UUID, Integer> counts)
      throws SQLException {
    return Settlement.at(this, tx, place, ClaimStore.recount(tx, place, counts));
  }

  private Matching matching(TenantTx tx, Place place) {
    return new Matching(Frame.of(place.publicId()), new StoredEntries(tx, place));
  }

  // Pages are booked beside one another, but never beside an import, and one after the other where
  // claims wait for what they bring.
  private static void holdOff(TenantTx tx, Place place) throws SQLException {
    if (!ClaimStore.any(tx, place)) {
      tx.share(lock(place));
      if (!ClaimStore.any(tx, place)) {
        return;
      }
    }
    tx.lock(lock(place));
  }

  /** Holds all other booking for this holder off until the transaction ends. */
  public static void hold(TenantTx tx, Place place) throws SQLException {
    tx.lock(lock(place));
  }

  // Sums of accounts that no connection owns, such as trading, are shared by all of a holder's.
  private static long lock(Place place) {
    return Digests.key63("books", place.holder());
  }

  private static void link(TenantTx tx, Place place, Matching matching) throws SQLException {
    EntryStore.link(tx, place.holder(), matching.echoes());
    EntryStore.succeed(tx, place.holder(), matching.moved().successors());
  }

  /**
   * Writes planned revisions with their postings. Returns the periods in which anything changed:
   * those of the revisions, and of the ones before them. Fails, and with it the transaction, when
   * another one has written any of them since they were planned: nothing is added up twice.
   */
  List<Period> write(TenantTx tx, Place place, List<Planned> plans) throws SQLException {
    List<Period> changes = new ArrayList<>();
    if (plans.isEmpty()) {
      return changes;
    }
    Keys keys = new Keys(accountName(place.publicId()));
    Deltas deltas = new Deltas();
    byte @Nullable [][] details = new byte[plans.size()][];
    Map<UUID, Entry> planned = new HashMap<>();
    boolean corrected = plans.stream().anyMatch(plan -> plan.revision() > 1);
    for (int i = 0; i < plans.size(); i++) {
      Planned plan = plans.get(i);
      Entry entry = plan.booking().entry();
      details[i] =
          entry.details().isEmpty()
              ? null
              : sealer.seal(tx.tenant(), place.holder(), plan.id(), encode(entry.details()));
      changes.add(Late.around(entry));
      if (corrected) {
        if (plan.revision() > 1) {
          changes.add(reverse(tx, place, plan, planned.get(plan.id()), keys, deltas));
        }
        planned.put(plan.id(), entry);
      }
    }
    PostingArrays arrays = new PostingArrays(plans, keys, deltas);
    LedgerStore.words(tx, place.holder(), keys);
    EntryStore.insert(tx, place, plans, details, arrays);
    LedgerStore.addToBalances(tx, place.holder(), deltas);
    OutboxStore.note(tx, place, plans.size());
    return changes;
  }

  /** What a slot holds, to be written again. */
  Booking stored(TenantTx tx, Place place, Slot slot, Identity facts) throws SQLException {
    return new StoredEntries(tx, place).stored(slot, facts);
  }

  /** The name of a connection in account paths: its public id without hyphens. */
  public static String accountName(UUID publicId) {
    return publicId.toString().replace("-", "");
  }

  /** Sealed details, opened; empty when there are none. */
  public Map<String, String> details(
      long tenant, long holder, UUID entry, byte @Nullable [] sealed) {
    return sealed == null ? Map.of() : decode(sealer.open(tenant, holder, entry, sealed));
  }

  // A revision first takes back what the one before it moved. Returns when that was.
  private static Period reverse(
      TenantTx tx, Place place, Planned plan, @Nullable Entry sameBatch, Keys keys, Deltas deltas)
      throws SQLException {
    int before = plan.revision() - 1;
    Entry was = sameBatch;
    List<Posting> old;
    if (was != null) {
      old = was.postings();
    } else {
      was = StoredEntries.read(tx, place.holder(), plan.id(), before);
      old = SlotStore.postings(tx, place.holder(), plan.id(), before);
    }
    Instant at = was.occurredAt();
    for (Posting moved : old) {
      long asset = keys.asset(moved.asset());
      deltas.add(at, keys.account(moved.to()), keys.account(moved.from()), asset, moved.amount());
    }
    return Late.around(was);
  }

  private static byte[] encode(Map<String, String> details) {
    List<Object> fields = new ArrayList<>();
    new TreeMap<>(details)
        .forEach((name, value) -> {
          fields.add(name);
          fields.add(value);
        });
    return Frame.of(fields.toArray());
  }

  private static Map<String, String> decode(byte[] framed) {
    List<String> fields = Frame.texts(framed);
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      details.put(fields.get(i), fields.get(i + 1));
    }
    return details;
  }

  /** Reads stored entries for matching. */
  private final class StoredEntries implements Matching.Lookup {
    private final TenantTx tx;
    private final Place place;

    StoredEntries(TenantTx tx, Place place) {
      this.tx = tx;
      this.place = place;
    }

    static Entry read(TenantTx tx, long holder, UUID id, int revision) throws SQLException {
      Identity none = new Identity("stored", List.of(), null, "");
      EntryStore.Row row = EntryStore.read(tx, holder, id, revision, none, List.of());
      if (row == null) {
        throw new IllegalStateException("revision " + revision + " of an entry is missing");
      }
      return row.entry();
    }

    @Override
    public Map<UUID, Slot> slots(List<UUID> ids) throws SQLException {
      return SlotStore.slots(tx, place.holder(), ids);
    }

    @Override
    public @Nullable Slot inPart(UUID id) throws SQLException {
      return SlotStore.inPart(tx, place.holder(), id);
    }

    @Override
    public Map<UUID, Set<UUID>> moved(List<UUID> facts) throws SQLException {
      return SlotStore.moved(tx, place.holder(), facts);
    }

    @Override
    public Booking stored(Slot slot, Identity facts) throws SQLException {
      List<Posting> postings = SlotStore.postings(tx, place.holder(), slot.id(), slot.revision());
      EntryStore.Row row =
          EntryStore.read(tx, place.holder(), slot.id(), slot.revision(), facts, postings);
      if (row == null) {
        throw new IllegalStateException("a stored entry is missing");
      }
      Entry entry = row.entry();
      Entry opened =
          new Entry(
              entry.kind(),
              entry.state(),
              entry.occurredAt(),
              entry.identity(),
              entry.terms(),
              entry.network(),
              details(tx.tenant(), place.holder(), slot.id(), row.sealedDetails()),
              entry.postings());
      return Booking.fresh(opened, row.evidence(), row.mappingVersion()).from(row.domain());
    }
  }
}

package io.tallystick.evidence;

import io.tallystick.evidence.EvidenceStore.Known;
import io.tallystick.evidence.EvidenceStore.Row;
import io.tallystick.kernel.Framer;
import io.tallystick.kernel.Ids;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import io.tallystick.venue.Raw;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps raw records. The same record again is nothing; the same record with other content is its
 * next revision; the bytes are sealed under the holder's key and never changed.
 */
@ApplicationScoped
public class Evidence {
  private final Seals seals;

  Evidence(Seals seals) {
    this.seals = seals;
  }

  /** One record as it came, with where it came from. */
  public record Original(
      UUID id,
      long connection,
      UUID leaf,
      String stream,
      String partition,
      int revision,
      Instant receivedAt,
      byte[] bytes) {}

  private record Candidate(Raw raw, byte[] key, byte[] mac, List<UUID> revisions) {
    UUID idOf(int revision) {
      return idOf(new Framer(), revision);
    }

    UUID idOf(Framer row, int revision) {
      byte[] digest = row.begin().add("evidence/1").add(key).add(revision).sha256();
      return Ids.timed(raw.bornAt(), digest);
    }
  }

  /** Stores what is new, in the caller's transaction, and returns it in the order given. */
  public List<Kept> keep(TenantTx tx, Origin origin, List<Raw> records) throws SQLException {
    Map<UUID, Candidate> byId = candidates(origin, records);
    Set<UUID> fresh = insert(tx, origin, byId, 1);
    List<Kept> kept = new ArrayList<>();
    Map<UUID, Candidate> seen = new LinkedHashMap<>();
    byId.forEach((id, candidate) -> {
      if (fresh.contains(id)) {
        kept.add(new Kept(candidate.raw(), id, 1, List.of(), candidate.raw().bytes()));
      } else {
        seen.put(id, candidate);
      }
    });
    kept.addAll(revise(tx, origin, seen));
    return kept;
  }

  /** Records that were named and sealed ahead of the transaction that keeps them. */
  public static final class Sealed {
    private final List<UUID> ids;
    private final Map<UUID, Row> rows;

    private Sealed(List<UUID> ids, Map<UUID, Row> rows) {
      this.ids = ids;
      this.rows = rows;
    }
  }

  /**
   * Names and seals records without a transaction, to be kept by {@link #keepFirst(TenantTx,
   * Origin, Sealed)} soon: while the database is busy with others. Of the origin leaf and instant
   * do not matter here.
   */
  public Sealed seal(long tenant, Origin origin, List<Raw> records) {
    List<UUID> ids = new ArrayList<>(records.size());
    Map<UUID, Candidate> named = named(origin, records, ids);
    Map<UUID, Row> rows = new LinkedHashMap<>();
    Seals.Hand hand = hand(origin);
    named.forEach((id, candidate) -> rows.put(id, sealed(tenant, hand, id, candidate.raw())));
    return new Sealed(ids, rows);
  }

  private static Row sealed(long tenant, Seals.Hand hand, UUID id, Raw raw) {
    byte[] payload = hand.seal(raw.bytes(), tenant, id, "evidence");
    return new Row(id, 1, digest(hand, raw.bytes()), payload);
  }

  /**
   * Stores those of the records whose key is new, in the caller's transaction, while nobody else
   * stores any of this stream for the holder; returns the evidence id of each, in the order given.
   */
  public List<UUID> keepFirst(TenantTx tx, Origin origin, Sealed sealed) throws SQLException {
    if (sealed.rows.isEmpty()) {
      return sealed.ids;
    }
    List<Row> rows = new ArrayList<>(sealed.rows.values());
    Set<UUID> near = EvidenceStore.near(tx, origin.holder(), sealed.rows.keySet());
    if (near == null) {
      insert(tx, origin, rows);
    } else {
      rows.removeIf(row -> near.contains(row.id()));
      EvidenceStore.insertNew(tx, origin, Seals.FORMAT, rows);
    }
    return sealed.ids;
  }

  /**
   * Stores those records whose key is new, in the caller's transaction. A key that is known stays
   * with the bytes it came with first: rows of files are keyed by what they say, and the same row
   * written otherwise is the same row. Returns the evidence id of each, in the order given.
   */
  public List<UUID> keepFirst(TenantTx tx, Origin origin, List<Raw> records) throws SQLException {
    List<UUID> ids = new ArrayList<>(records.size());
    Map<UUID, Candidate> named = named(origin, records, ids);
    named.keySet().removeAll(EvidenceStore.known(tx, origin.holder(), ids));
    Seals.Hand hand = hand(origin);
    List<Row> rows = new ArrayList<>();
    named.forEach((id, candidate) -> rows.add(sealed(tx.tenant(), hand, id, candidate.raw())));
    insert(tx, origin, rows);
    return ids;
  }

  private Map<UUID, Candidate> named(Origin origin, List<Raw> records, List<UUID> ids) {
    Seals.Hand hand = hand(origin);
    byte[] connection = origin.publicBytes();
    Map<UUID, Candidate> named = new LinkedHashMap<>();
    Framer row = new Framer();
    for (Raw raw : records) {
      row.begin().add(connection).add(origin.stream()).add(origin.partition()).add(raw.key());
      byte[] key = digest(hand, row.bytes());
      Candidate candidate = new Candidate(raw, key, new byte[0], new ArrayList<>());
      UUID id = candidate.idOf(row, 1);
      ids.add(id);
      named.putIfAbsent(id, candidate);
    }
    return named;
  }

  /** A keyed digest of content under the holder's key: tells sameness without telling content. */
  public byte[] digest(long holder, byte[] content) {
    return Arrays.copyOf(seals.mac(holder, RetentionClass.RAW, content), 16);
  }

  private Seals.Hand hand(Origin origin) {
    return seals.hand(origin.holder(), RetentionClass.RAW);
  }

  private static byte[] digest(Seals.Hand hand, byte[] content) {
    return Arrays.copyOf(hand.mac(content), 16);
  }

  /** One record, opened; null when there is none. */
  public @Nullable Original read(TenantTx tx, long holder, UUID id) throws SQLException {
    EvidenceStore.Stored row = EvidenceStore.read(tx, holder, id);
    return row == null
        ? null
        : new Original(
            row.id(),
            row.connection(),
            row.leaf(),
            row.stream(),
            row.partition(),
            row.revision(),
            row.receivedAt(),
            seals
                .open(holder, RetentionClass.RAW, row.payload(), tx.tenant(), id, "evidence")
                .bytes());
  }

  private Map<UUID, Candidate> candidates(Origin origin, List<Raw> records) {
    Seals.Hand hand = hand(origin);
    byte[] connection = origin.publicBytes();
    Map<UUID, Candidate> byId = LinkedHashMap.newLinkedHashMap(records.size());
    Framer row = new Framer();
    for (Raw raw : records) {
      row.begin().add(connection).add(origin.stream()).add(origin.partition()).add(raw.key());
      byte[] key = digest(hand, row.bytes());
      Candidate candidate = new Candidate(raw, key, digest(hand, raw.bytes()), new ArrayList<>(0));
      byId.putIfAbsent(candidate.idOf(row, 1), candidate);
    }
    return byId;
  }

  // Known records: those whose latest revision has other content get a next one.
  private List<Kept> revise(TenantTx tx, Origin origin, Map<UUID, Candidate> seen)
      throws SQLException {
    Map<UUID, Candidate> open = new LinkedHashMap<>(seen);
    Map<UUID, Candidate> changed = new LinkedHashMap<>();
    Map<UUID, byte[]> firsts = new LinkedHashMap<>();
    Map<UUID, Known> rows = EvidenceStore.find(tx, origin.holder(), List.copyOf(open.keySet()));
    for (int revision = 1; !open.isEmpty(); revision++) {
      Map<UUID, Candidate> next = new LinkedHashMap<>();
      for (Candidate candidate : open.values()) {
        next.put(candidate.idOf(revision + 1), candidate);
      }
      Map<UUID, Known> later = EvidenceStore.find(tx, origin.holder(), List.copyOf(next.keySet()));
      Map<UUID, Candidate> still = new LinkedHashMap<>();
      for (Map.Entry<UUID, Candidate> item : open.entrySet()) {
        Candidate candidate = item.getValue();
        Known row = rows.get(item.getKey());
        candidate.revisions().add(item.getKey());
        UUID following = candidate.idOf(revision + 1);
        if (row == null) {
          continue;
        }
        if (revision == 1) {
          firsts.put(item.getKey(), row.payload());
        }
        if (later.containsKey(following)) {
          still.put(following, candidate);
        } else if (!Arrays.equals(row.mac(), candidate.mac())) {
          changed.put(following, candidate);
        }
      }
      open = still;
      rows = later;
    }
    return insertRevisions(tx, origin, changed, firsts);
  }

  private List<Kept> insertRevisions(
      TenantTx tx, Origin origin, Map<UUID, Candidate> changed, Map<UUID, byte[]> firsts)
      throws SQLException {
    List<Kept> kept = new ArrayList<>();
    for (Map.Entry<UUID, Candidate> item : changed.entrySet()) {
      Candidate candidate = item.getValue();
      int revision = candidate.revisions().size() + 1;
      Map<UUID, Candidate> one = Map.of(item.getKey(), candidate);
      if (!insert(tx, origin, one, revision).isEmpty()) {
        UUID first = candidate.revisions().getFirst();
        byte[] sealed = firsts.getOrDefault(first, new byte[0]);
        byte[] bytes =
            seals
                .open(origin.holder(), RetentionClass.RAW, sealed, tx.tenant(), first, "evidence")
                .bytes();
        kept.add(new Kept(candidate.raw(), item.getKey(), revision, candidate.revisions(), bytes));
      }
    }
    return kept;
  }

  private Set<UUID> insert(
      TenantTx tx, Origin origin, Map<UUID, Candidate> candidates, int revision)
      throws SQLException {
    Seals.Hand hand = hand(origin);
    List<Row> rows = new ArrayList<>(candidates.size());
    for (Map.Entry<UUID, Candidate> item : candidates.entrySet()) {
      byte[] payload =
          hand.seal(item.getValue().raw().bytes(), tx.tenant(), item.getKey(), "evidence");
      rows.add(new Row(item.getKey(), revision, item.getValue().mac(), payload));
    }
    return insert(tx, origin, rows);
  }

  private static Set<UUID> insert(TenantTx tx, Origin origin, List<Row> rows) throws SQLException {
    return rows.isEmpty() ? Set.of() : EvidenceStore.insert(tx, origin, Seals.FORMAT, rows);
  }
}

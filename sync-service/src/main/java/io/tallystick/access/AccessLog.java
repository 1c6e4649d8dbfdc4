package io.tallystick.access;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Reviewer;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes and reads the access log. A leaf commits with the act it tells of, or neither does. */
@ApplicationScoped
public class AccessLog {
  private final BodySealer sealer;
  private final Pace pace;
  private final RandomGenerator random;

  AccessLog(BodySealer sealer, Pace pace, RandomGenerator random) {
    this.sealer = sealer;
    this.pace = pace;
    this.random = random;
  }

  /** A leaf as it is shown. */
  public record Shown(
      UUID id,
      Instant at,
      String kind,
      long holder,
      @Nullable Long consent,
      @Nullable Long connection,
      @Nullable Long client,
      Map<String, String> facts) {}

  /**
   * What a reviewer looks for; null means any.
   *
   * @param purpose what clients of this purpose did, and whatever else was done under a consent
   *     that names it; a read is what its client did and nothing else
   * @param after continues behind this leaf, in order of time and id
   */
  public record Query(
      @Nullable Long holder,
      @Nullable Long client,
      @Nullable Long consent,
      @Nullable Long connection,
      @Nullable String kind,
      @Nullable String purpose,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Place after,
      int limit) {

    /** The same behind a place. */
    Query behind(@Nullable Place place, int most) {
      return new Query(holder, client, consent, connection, kind, purpose, from, to, place, most);
    }

    /** Everything about one holder. */
    public static Query about(long holder, @Nullable Place after, int limit) {
      return new Query(holder, null, null, null, null, null, null, null, after, limit);
    }
  }

  /** Where a leaf is in the order of time and id. */
  public record Place(Instant at, UUID leaf) {}

  /** A new leaf id: time first, so that the log is stored in order. */
  public UUID newId() {
    return Ids.timed(
        pace.instant(), Digests.sha256(Frame.of(random.nextLong(), random.nextLong())));
  }

  /** Appends a leaf in the caller's transaction; returns its id. */
  public UUID append(TenantTx tx, Leaf leaf) throws SQLException {
    UUID id = newId();
    append(tx, id, leaf);
    return id;
  }

  /**
   * Appends a leaf under an id that other rows of the same transaction refer to. It waits for its
   * position in the log, which the sequencer gives it after the commit.
   */
  public void append(TenantTx tx, UUID id, Leaf leaf) throws SQLException {
    WaitingStore.insert(tx, sealed(tx, id, leaf));
    tx.leaves();
  }

  private WaitingStore.Row sealed(TenantTx tx, UUID id, Leaf leaf) {
    Instant at = pace.instant().truncatedTo(ChronoUnit.MICROS);
    byte[] body = sealer.seal(tx.tenant(), leaf.holder(), id, LeafFormat.body(leaf));
    return new WaitingStore.Row(
        id, at, leaf, LeafFormat.header(tx.tenant(), id, at, leaf, body), body);
  }

  /**
   * Appends that rows were shown, of each holder by himself, so that he finds it: as many as he is
   * named. Where there were none, it is about nobody.
   */
  public void looked(TenantTx tx, long client, String route, List<Long> holders)
      throws SQLException {
    looked(tx, client, Map.of("route", route), holders);
  }

  /** The same with more to say of it than the route. */
  void looked(TenantTx tx, long client, Map<String, String> how, List<Long> holders)
      throws SQLException {
    Map<Long, Integer> rows = new TreeMap<>();
    holders.forEach(holder -> rows.merge(holder, 1, Integer::sum));
    if (rows.isEmpty()) {
      rows.put(0L, 0);
    }
    List<WaitingStore.Row> leaves = new ArrayList<>();
    for (Map.Entry<Long, Integer> of : rows.entrySet()) {
      Map<String, String> facts = new HashMap<>(how);
      facts.put("rows", of.getValue().toString());
      Leaf leaf = new Leaf(Leaf.Kind.READ, of.getKey(), null, null, client, facts);
      leaves.add(sealed(tx, newId(), leaf));
    }
    WaitingStore.insert(tx, leaves);
    tx.leaves();
  }

  /** The holder where the tenant has him, and nobody (0) else: of strangers nothing is written. */
  long known(TenantTx tx, @Nullable Long holder) throws SQLException {
    return holder == null
            || tx.sql("select 1 from holder where tenant_id = ? and holder_id = ?")
                .bind(tx.tenant(), holder)
                .list(row -> 1)
                .isEmpty()
        ? 0
        : holder;
  }

  /** Leaves in order of time, bodies opened; a body that stays closed says so. */
  public List<Shown> find(TenantTx tx, Query query) throws SQLException {
    return tx.sql(
            """
            select leaf_id, recorded_at, kind, holder_id, consent_id, connection_id, client_id, body
            from access_leaf l
            where tenant_id = ?
              and (?::bigint is null or holder_id = ?::bigint)
              and (?::bigint is null or client_id = ?::bigint)
              and (?::bigint is null or consent_id = ?::bigint)
              and (?::bigint is null or connection_id = ?::bigint)
              and (?::text is null or kind = ?::text)
              and (?::text is null
                or exists (select from client c where c.tenant_id = l.tenant_id
                  and c.client_id = l.client_id and c.purpose = ?::text)
                or (kind not in ('read', 'read.refused')
                  and exists (select from consent c where c.tenant_id = l.tenant_id
                    and c.holder_id = l.holder_id and c.consent_id = l.consent_id
                    and ?::text = any (c.purposes))))
              and (?::timestamptz is null or recorded_at >= ?::timestamptz)
              and (?::timestamptz is null or recorded_at < ?::timestamptz)
              and (?::timestamptz is null or (recorded_at, leaf_id) > (?::timestamptz, ?::uuid))
            order by recorded_at, leaf_id
            limit ?
            """)
        .bind(tx.tenant(), query.holder(), query.holder(), query.client(), query.client())
        .bind(query.consent(), query.consent(), query.connection(), query.connection())
        .bind(query.kind(), query.kind(), query.purpose(), query.purpose(), query.purpose())
        .bind(query.from(), query.from(), query.to(), query.to())
        .bind(at(query.after()), at(query.after()), leaf(query.after()), query.limit())
        .list(row -> shown(tx, row));
  }

  /** SHA-256 of a leaf's header, which its proof holds, hexadecimal; null when there is no leaf. */
  public @Nullable String digest(TenantTx tx, long holder, UUID leaf) throws SQLException {
    return tx.sql(
            """
            select encode(sha256(header), 'hex') from access_leaf
            where tenant_id = ? and holder_id = ? and leaf_id = ?
            """)
        .bind(tx.tenant(), holder, leaf)
        .first(row -> row.getString(1));
  }

  /** Whether a client of the tenant has this purpose, or a consent of its holders names it. */
  boolean knowsPurpose(TenantTx tx, String purpose) throws SQLException {
    return Objects.requireNonNull(
        tx.sql(
                """
                select exists (select from client where tenant_id = ? and purpose = ?)
                  or exists (select from consent where tenant_id = ? and ? = any (purposes))
                """)
            .bind(tx.tenant(), purpose, tx.tenant(), purpose)
            .first(row -> row.getBoolean(1)));
  }

  private static @Nullable Instant at(@Nullable Place place) {
    return place == null ? null : place.at();
  }

  private static @Nullable UUID leaf(@Nullable Place place) {
    return place == null ? null : place.leaf();
  }

  /**
   * Leaves about some connections, or about the consents that these stand under, within a period;
   * in order of time.
   */
  public List<Shown> about(TenantTx tx, Reviewer reviewer, @Nullable Place after, int limit)
      throws SQLException {
    return tx.sql(
            """
            select leaf_id, recorded_at, kind, holder_id, consent_id, connection_id, client_id, body
            from access_leaf
            where tenant_id = ? and recorded_at >= ? and recorded_at < ?
              and (connection_id = any(?)
                or (connection_id is null and consent_id = any(?)))
              and (?::timestamptz is null or (recorded_at, leaf_id) > (?::timestamptz, ?::uuid))
            order by recorded_at, leaf_id
            limit ?
            """)
        .bind(tx.tenant(), reviewer.from(), reviewer.to())
        .bind((Object) reviewer.connections().toArray(Long[]::new))
        .bind((Object) reviewer.consents().toArray(Long[]::new))
        .bind(at(after), at(after), leaf(after), limit)
        .list(row -> shown(tx, row));
  }

  /** How many leaves of a kind a connection has from an instant on. */
  public long count(TenantTx tx, long holder, long connection, Leaf.Kind kind, Instant from)
      throws SQLException {
    return Objects.requireNonNull(
        tx.sql(
                """
                select count(*) from access_leaf
                where tenant_id = ? and holder_id = ? and connection_id = ? and kind = ?
                  and recorded_at >= ?
                """)
            .bind(tx.tenant(), holder, connection, kind.code(), from)
            .first(row -> row.getLong(1)));
  }

  private Shown shown(TenantTx tx, ResultSet row) throws SQLException {
    UUID id = row.getObject("leaf_id", UUID.class);
    long holder = row.getLong("holder_id");
    byte[] body = row.getBytes("body");
    return new Shown(
        id,
        Objects.requireNonNull(Sql.instant(row, "recorded_at")),
        row.getString("kind"),
        holder,
        row.getObject("consent_id", Long.class),
        row.getObject("connection_id", Long.class),
        row.getObject("client_id", Long.class),
        facts(tx, holder, id, body));
  }

  // One that cannot be opened must not keep the others from being read: its header, its place and
  // its proofs stand.
  private Map<String, String> facts(TenantTx tx, long holder, UUID id, byte[] sealed) {
    try {
      return facts(sealer.open(tx.tenant(), holder, id, sealed));
    } catch (BodySealer.Closed closed) {
      return Map.of("unopenable", closed.why());
    }
  }

  // Header, place and proofs of such a leaf stay; what it said is gone, and that is said.
  private static Map<String, String> facts(byte @Nullable [] body) {
    return body == null
        ? Map.of("erased", "the key of this entry was destroyed")
        : LeafFormat.facts(body);
  }
}

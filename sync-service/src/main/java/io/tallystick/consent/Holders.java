package io.tallystick.consent;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.HolderSeal.Field;
import io.tallystick.consent.Rows.HolderRows;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The persons whose accounts are read, known by their tenant's own reference. */
@ApplicationScoped
public class Holders {
  private final HolderRows rows;
  private final HolderSeal seal;
  private final AccessLog log;

  Holders(HolderRows rows, HolderSeal seal, AccessLog log) {
    this.rows = rows;
    this.seal = seal;
    this.log = log;
  }

  /**
   * A holder, with the reference opened.
   *
   * @param reference null when he was erased
   */
  public record Holder(long id, @Nullable String reference, Instant createdAt) {}

  /** A holder, and whether he was not known before. */
  public record Registered(Holder holder, boolean fresh) {}

  /** The key of the holder whose reference has this digest. */
  public static long id(long tenant, byte[] digest) {
    return Digests.key63(Digests.sha256(Frame.of("tallystick/holder/1", tenant, digest)));
  }

  /**
   * Gives a reference to a holder; false when it is somebody's. Whoever comes first makes the
   * holder known; a second one waits here until he did.
   */
  public static boolean claim(TenantTx tx, byte[] referenceDigest, long holder)
      throws SQLException {
    return ConsentStore.claim(tx, referenceDigest, holder);
  }

  /** Makes the holder of this reference known; the same reference is the same holder. */
  public Registered register(TenantTx tx, Caller caller, String reference) throws SQLException {
    byte[] digest = seal.digest(tx.tenant(), reference);
    long id = id(tx.tenant(), digest);
    if (!ConsentStore.claim(tx, digest, id)) {
      HolderEntity known = Objects.requireNonNull(rows.find(tx.tenant(), id));
      return new Registered(shown(known), false);
    }
    HolderEntity row = new HolderEntity();
    row.tenant = tx.tenant();
    row.holder = id;
    row.referenceDigest = digest;
    row.referenceSealed =
        seal.seal(tx.tenant(), id, id, Field.REFERENCE, reference.getBytes(StandardCharsets.UTF_8));
    row.createdAt = tx.now();
    rows.persistAndFlush(row);
    log.append(
        tx,
        new Leaf(
            Leaf.Kind.ADMIN, id, null, null, caller.client(), Map.of("act", "holder.created")));
    return new Registered(shown(row), true);
  }

  /**
   * Holders behind this one, in order of id; a recipient sees those that an active consent opens.
   */
  public List<Holder> after(TenantTx tx, Caller caller, long holder, int limit)
      throws SQLException {
    List<HolderEntity> found =
        Sight.of(caller.role()) == Sight.WHOLE_TENANT
            ? rows.after(tx.tenant(), holder, limit)
            : rows.namingAfter(tx.tenant(), caller.client(), tx.now(), holder, limit);
    return found.stream().map(this::shown).toList();
  }

  /** The holder; null when there is none, or none that the caller may know of. */
  public @Nullable Holder find(TenantTx tx, Caller caller, long holder) throws SQLException {
    List<Holder> found = after(tx, caller, holder - 1, 1);
    return found.isEmpty() || found.getFirst().id() != holder ? null : found.getFirst();
  }

  /** Whether the tenant has this holder. */
  public boolean exists(TenantTx tx, long holder) {
    return rows.find(tx.tenant(), holder) != null;
  }

  /** The tenant's own reference of a holder who exists; null when he was erased. */
  @Nullable String reference(TenantTx tx, long holder) {
    return reference(Objects.requireNonNull(rows.find(tx.tenant(), holder)));
  }

  private @Nullable String reference(HolderEntity row) {
    byte[] reference =
        seal.open(row.tenant, row.holder, row.holder, Field.REFERENCE, row.referenceSealed);
    return reference == null ? null : new String(reference, StandardCharsets.UTF_8);
  }

  private Holder shown(HolderEntity row) {
    return new Holder(row.holder, reference(row), row.createdAt);
  }
}

package io.tallystick.retention;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.Holders;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.retention.RetentionStore.Hold;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Legal holds: while one is set on a holder, nothing of his is erased. */
@ApplicationScoped
class Holds {
  private static final String PURPOSE = "legal-hold";

  private final Holders holders;
  private final Seals seals;
  private final AccessLog log;
  private final RandomGenerator random;

  Holds(Holders holders, Seals seals, AccessLog log, RandomGenerator random) {
    this.holders = holders;
    this.seals = seals;
    this.log = log;
    this.random = random;
  }

  /**
   * A hold with its reason opened.
   *
   * @param reason null when the holder's identity was erased after it was lifted
   */
  record Shown(Hold hold, @Nullable String reason) {}

  /** Whether a hold is set on the holder. */
  static boolean set(TenantTx tx, long holder) throws SQLException {
    return RetentionStore.holds(tx, holder).stream().anyMatch(hold -> hold.liftedAt() == null);
  }

  /** Sets a hold; a problem when there is no such holder, or nothing of him is left to hold. */
  Shown place(TenantTx tx, Caller caller, long holder, String reason) throws SQLException {
    if (!holders.exists(tx, holder)) {
      throw Problem.notFound();
    }
    RetentionStore.alone(tx, holder);
    boolean erased =
        RetentionStore.erased(tx, holder).stream()
            .anyMatch(one -> one.retention() == RetentionClass.IDENTITY);
    if (erased) {
      throw new Problem(
          Problem.Kind.CONFLICT, "The holder was erased; what is left cannot be put under a hold.");
    }
    long id = random.nextLong(1, Long.MAX_VALUE);
    byte[] sealed =
        seals.seal(
            holder,
            RetentionClass.IDENTITY,
            reason.getBytes(StandardCharsets.UTF_8),
            tx.tenant(),
            id,
            PURPOSE);
    Hold hold = new Hold(holder, id, sealed, tx.now(), caller.client(), null, null);
    RetentionStore.set(tx, hold);
    append(tx, caller, hold, "hold.set");
    return new Shown(hold, reason);
  }

  /** Lifts a hold; one that is lifted stays as it is. Null when there is none. */
  @Nullable Shown lift(TenantTx tx, Caller caller, PublicIds.Keyed id) throws SQLException {
    RetentionStore.alone(tx, id.holder());
    boolean lifted = RetentionStore.lift(tx, id.holder(), id.key(), caller.client());
    for (Shown shown : of(tx, id.holder())) {
      if (shown.hold().hold() == id.key()) {
        if (lifted) {
          append(tx, caller, shown.hold(), "hold.lifted");
        }
        return shown;
      }
    }
    return null;
  }

  /** All holds of a holder, the first one first. */
  List<Shown> of(TenantTx tx, long holder) throws SQLException {
    return RetentionStore.holds(tx, holder).stream()
        .map(hold -> new Shown(hold, reason(tx, hold)))
        .toList();
  }

  private @Nullable String reason(TenantTx tx, Hold hold) {
    byte[] plain =
        seals
            .open(
                hold.holder(),
                RetentionClass.IDENTITY,
                hold.reasonSealed(),
                tx.tenant(),
                hold.hold(),
                PURPOSE)
            .unlessDestroyed();
    return plain == null ? null : new String(plain, StandardCharsets.UTF_8);
  }

  private void append(TenantTx tx, Caller caller, Hold hold, String act) throws SQLException {
    log.append(
        tx,
        new Leaf(
            Leaf.Kind.ADMIN,
            hold.holder(),
            null,
            null,
            caller.client(),
            Map.of("act", act, "hold", PublicIds.hold(hold.holder(), hold.hold()))));
  }
}

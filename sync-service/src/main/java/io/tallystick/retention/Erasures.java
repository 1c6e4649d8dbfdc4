package io.tallystick.retention;

import io.quarkus.runtime.StartupEvent;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.ConsentGranted;
import io.tallystick.consent.ConsentSteps;
import io.tallystick.consent.Holders;
import io.tallystick.kernel.Problem;
import io.tallystick.retention.ErasureList.Line;
import io.tallystick.retention.RetentionStore.Erased;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Erases classes of a holder's data. The act is written into the database and into the list
 * outside, then the key is destroyed, then the rows go and a leaf says so: whatever fails in
 * between is done again at the next start, and so is all of it after a restore of an older database
 * or key store.
 */
@ApplicationScoped
class Erasures {
  /** After the tenants are there, before anything is answered. */
  private static final int PRIORITY = Provisioning.PRIORITY + 50;

  /** What a request for erasure takes in any case: nothing obliges anybody to keep it. */
  static final List<RetentionClass> ALWAYS =
      List.of(
          RetentionClass.CREDENTIAL,
          RetentionClass.IDENTITY,
          RetentionClass.RAW,
          RetentionClass.ACCESS);

  /** What the receipt and the leaf of a question are sealed with. */
  private static final List<RetentionClass> ASKED_WITH =
      List.of(RetentionClass.CONSENT, RetentionClass.ACCESS);

  private static final Logger LOG = Logger.getLogger(Erasures.class);

  private final Transactions transactions;
  private final Holders holders;
  private final ConsentSteps steps;
  private final Seals seals;
  private final AccessLog log;
  private final ErasureList list;

  Erasures(
      Transactions transactions,
      Holders holders,
      ConsentSteps steps,
      Seals seals,
      AccessLog log,
      RetentionSettings settings) {
    this.transactions = transactions;
    this.holders = holders;
    this.steps = steps;
    this.seals = seals;
    this.log = log;
    this.list = new ErasureList(settings.erasureList());
  }

  /**
   * Why classes of a holder are erased.
   *
   * @param client who asked; zero for the service itself
   * @param facts what the leaf says besides
   */
  record Cause(String code, long client, Map<String, String> facts) {}

  void start(@Observes @Priority(PRIORITY) StartupEvent event) {
    int replayed = replay() + resume();
    if (replayed > 0) {
      LOG.infof("erasures replayed=%d", replayed);
    }
  }

  /**
   * Ends all consents of a holder and erases what he asks for; a second time changes nothing.
   *
   * @throws Problem not found, or a conflict while a legal hold is set
   */
  List<Erased> erase(Caller caller, long holder, List<RetentionClass> classes, Cause cause) {
    boolean begun =
        transactions.as(
            caller.tenant(),
            tx -> {
              if (!holders.exists(tx, holder)) {
                throw Problem.notFound();
              }
              boolean free = begin(tx, holder, classes, cause);
              if (free) {
                steps.endAll(tx, holder, caller);
              }
              return free;
            });
    if (!begun) {
      throw new Problem(
          Problem.Kind.CONFLICT,
          "A legal hold is set on this holder. Nothing of his is erased until it is lifted.");
    }
    carryOut(caller.tenant(), holder, cause);
    return transactions.as(caller.tenant(), tx -> RetentionStore.erased(tx, holder));
  }

  /**
   * Erases classes whose time is over at an instant; false, and nothing, when a legal hold was set
   * meanwhile or the holder came back.
   */
  boolean erase(long tenant, long holder, List<RetentionClass> classes, Cause cause, Instant now) {
    boolean begun =
        transactions.as(
            tenant,
            tx -> {
              RetentionStore.alone(tx, holder);
              boolean gone = !EndedStore.ended(tx, now, holder - 1, holder, 1).isEmpty();
              return gone && begin(tx, holder, classes, cause);
            });
    if (begun) {
      carryOut(tenant, holder, cause);
    }
    return begun;
  }

  /**
   * Does again what the list names; returns how many classes were not yet, or no longer, erased in
   * the database. Keys are destroyed in any case: a key store may have been restored too.
   */
  int replay() {
    int replayed = 0;
    for (Line line : list.standing()) {
      seals.destroy(line.holder(), line.retention());
      replayed += transactions.as(line.tenant(), tx -> again(tx, line)) ? 1 : 0;
    }
    return replayed;
  }

  /** Carries out what was begun and cut off; returns for how many holders. */
  int resume() {
    List<RetentionStore.Open> open = transactions.asSequencer(RetentionStore::open);
    open.forEach(one ->
        carryOut(one.tenant(), one.holder(), new Cause("request", 0, Map.of("resumed", "true"))));
    return open.size();
  }

  /**
   * A holder who comes back gets new keys; what was sealed under the old ones stays closed. One who
   * is only asked has not come back: all that begins anew is what a question is written down with.
   */
  void returned(@Observes ConsentGranted event) throws SQLException {
    TenantTx tx = event.tx();
    RetentionStore.alone(tx, event.holder());
    List<Erased> erased = RetentionStore.erased(tx, event.holder());
    if (erased.stream().anyMatch(one -> one.retention() == RetentionClass.IDENTITY)) {
      throw new Problem(
          Problem.Kind.CONFLICT,
          "The holder was erased. Make him known under another reference if he comes back.");
    }
    List<RetentionClass> anew =
        erased.stream()
            .map(Erased::retention)
            .filter(one -> !event.asked() || ASKED_WITH.contains(one))
            .toList();
    if (anew.isEmpty()) {
      return;
    }
    RetentionStore.renew(tx, event.holder(), anew);
    Instant now = tx.now();
    list.add(
        anew.stream().map(one -> new Line(tx.tenant(), event.holder(), one, now, true)).toList());
    anew.forEach(one -> seals.renew(event.holder(), one));
  }

  private boolean begin(TenantTx tx, long holder, List<RetentionClass> classes, Cause cause)
      throws SQLException {
    RetentionStore.alone(tx, holder);
    if (Holds.set(tx, holder)) {
      return false;
    }
    Instant now = tx.now();
    for (RetentionClass retention : classes) {
      RetentionStore.begin(tx, holder, retention, now, cause.code(), cause.client());
    }
    return true;
  }

  private void carryOut(long tenant, long holder, Cause cause) {
    List<Erased> open =
        transactions.as(tenant, tx -> RetentionStore.erased(tx, holder)).stream()
            .filter(one -> one.doneAt() == null)
            .toList();
    if (open.isEmpty()) {
      return;
    }
    list.add(
        open.stream()
            .map(one -> new Line(tenant, holder, one.retention(), one.requestedAt(), false))
            .toList());
    open.forEach(one -> seals.destroy(holder, one.retention()));
    transactions.as(
        tenant, tx -> finish(tx, holder, open.stream().map(Erased::retention).toList(), cause));
  }

  private boolean again(TenantTx tx, Line line) throws SQLException {
    long holder = line.holder();
    boolean known =
        RetentionStore.erased(tx, holder).stream()
            .anyMatch(one -> one.retention() == line.retention() && one.doneAt() != null);
    if (known || !holders.exists(tx, holder)) {
      return false;
    }
    steps.endAll(tx, holder, null);
    Cause cause = new Cause("replay", 0, Map.of("requested_at", line.at().toString()));
    RetentionStore.begin(tx, holder, line.retention(), line.at(), cause.code(), 0);
    finish(tx, holder, List.of(line.retention()), cause);
    return true;
  }

  // One leaf for what goes together.
  private long finish(TenantTx tx, long holder, List<RetentionClass> classes, Cause cause)
      throws SQLException {
    List<String> gone = new ArrayList<>();
    long rows = 0;
    for (RetentionClass retention : classes) {
      long removed = RetentionStore.finish(tx, holder, retention);
      if (removed >= 0) {
        gone.add(retention.code());
        rows += removed;
      }
    }
    if (!gone.isEmpty()) {
      Map<String, String> facts = new LinkedHashMap<>(cause.facts());
      facts.put("cause", cause.code());
      facts.put("erased", String.join(" ", gone));
      facts.put("rows_removed", Long.toString(rows));
      log.append(tx, new Leaf(Leaf.Kind.ERASED, holder, null, null, client(cause), facts));
    }
    return rows;
  }

  private static @Nullable Long client(Cause cause) {
    return cause.client() == 0 ? null : cause.client();
  }
}

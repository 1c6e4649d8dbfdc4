package io.tallystick.retention;

import io.tallystick.retention.RetentionStore.Ended;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.RetentionClass;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says what is due, and erases it. Every erasure leaves a leaf with its rule and what went. */
@ApplicationScoped
class Retention {
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final Erasures erasures;

  Retention(Transactions transactions, Erasures erasures) {
    this.transactions = transactions;
    this.erasures = erasures;
  }

  /**
   * What is kept of holders behind this one whose consents have all ended, in order of holder and
   * class, with the instant until when.
   *
   * @param only one holder; null for all
   */
  List<List<Due>> kept(TenantTx tx, Instant now, long after, @Nullable Long only, int limit)
      throws SQLException {
    return EndedStore.ended(tx, now, after, only, limit).stream().map(Due::of).toList();
  }

  /**
   * What is due at an instant, in order of holder and class code, behind one holder's class.
   *
   * @param now decides which consents have ended
   */
  List<Due> due(TenantTx tx, Instant now, Instant by, long holder, String kind, int limit)
      throws SQLException {
    List<Due> due = new ArrayList<>();
    long after = Math.max(0, holder - 1);
    while (due.size() < limit) {
      List<Ended> page = EndedStore.ended(tx, now, after, null, BATCH);
      page.stream()
          .flatMap(ended -> Due.of(ended).stream())
          .filter(one -> one.holder() > holder || one.retention().code().compareTo(kind) > 0)
          .filter(one -> !one.until().isAfter(by))
          .sorted(
              Comparator.comparingLong(Due::holder).thenComparing(one -> one.retention().code()))
          .forEach(due::add);
      if (page.size() < BATCH) {
        break;
      }
      after = page.getLast().holder();
    }
    return due.subList(0, Math.min(limit, due.size()));
  }

  /** Erases what is due at an instant, of every tenant; returns how many classes went. */
  int pass(Instant now) {
    erasures.resume();
    int erased = 0;
    for (long tenant : transactions.asSequencer(EndedStore::tenants)) {
      erased += pass(tenant, now);
    }
    return erased;
  }

  /** Erases what is due of one tenant. */
  int pass(long tenant, Instant now) {
    int erased = 0;
    long after = 0;
    while (true) {
      long from = after;
      List<Ended> page =
          transactions.as(tenant, tx -> EndedStore.ended(tx, now, from, null, BATCH));
      for (Ended ended : page) {
        erased += enforce(tenant, ended, now);
      }
      if (page.size() < BATCH) {
        return erased;
      }
      after = page.getLast().holder();
    }
  }

  private int enforce(long tenant, Ended ended, Instant now) {
    if (ended.held()) {
      return 0;
    }
    List<RetentionClass> classes = new ArrayList<>();
    TreeSet<String> rules = new TreeSet<>();
    for (Due due : Due.of(ended)) {
      if (!due.until().isAfter(now)) {
        classes.add(due.retention());
        rules.add(due.rule());
      }
    }
    if (classes.isEmpty()) {
      return 0;
    }
    Map<String, String> facts =
        Map.of("rules", String.join(" ", rules), "counted_from", ended.end().toString());
    boolean done =
        erasures.erase(
            tenant, ended.holder(), classes, new Erasures.Cause("retention", 0, facts), now);
    return done ? classes.size() : 0;
  }
}

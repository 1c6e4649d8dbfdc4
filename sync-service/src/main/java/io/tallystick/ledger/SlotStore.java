package io.tallystick.ledger;

import io.tallystick.kernel.Ids;
import io.tallystick.tenancy.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that finds rows of a holder by their keys, however little the database knows of him. */
final class SlotStore {
  // Fewer are looked for at once.
  private static final int FEW = 16;
  // More of the same time than this are not told apart first.
  private static final int NEAR = 200;

  private SlotStore() {}

  // Those that may be booked. Ids begin with the time, and most of what comes happened when little
  // was booked yet: one look at the index then stands for thousands.
  private static List<UUID> near(TenantTx tx, long holder, List<UUID> ids) throws SQLException {
    List<UUID> near =
        tx.sql(
                """
                select entry_id from entry
                where tenant_id = ? and holder_id = ? and entry_id between ? and ?
                order by entry_id limit ?
                """)
            .bind(tx.tenant(), holder, Ids.lowest(ids), Ids.highest(ids), NEAR)
            .list(row -> row.getObject(1, UUID.class));
    Set<UUID> booked = new HashSet<>(near);
    return near.size() == NEAR ? ids : ids.stream().filter(booked::contains).toList();
  }

  /** The current revisions under these ids. */
  static Map<UUID, Slot> slots(TenantTx tx, long holder, List<UUID> ids) throws SQLException {
    Map<UUID, Slot> slots = new HashMap<>();
    if (ids.isEmpty()) {
      return slots;
    }
    tx.byKey();
    List<UUID> asked = ids.size() > FEW ? near(tx, holder, ids) : ids;
    if (asked.isEmpty()) {
      tx.freely();
      return slots;
    }
    tx.sql(
            """
            select e.entry_id, e.revision, e.evidence_id, e.rank,
              (select exists (select from erased_class x where x.tenant_id = ? and x.holder_id = ?
                  and x.class = 'raw' and x.done_at is not null))
                and (select v.evidence_id from evidence v where v.tenant_id = ? and v.holder_id = ?
                  and v.evidence_id = e.evidence_id limit 1) is null as gone
            from unnest(?::uuid[]) as asked(id)
            cross join lateral (
              select entry_id, revision, evidence_id, rank from entry
              where tenant_id = ? and holder_id = ? and entry_id = asked.id
              order by revision desc limit 1) e
            """)
        .bind(tx.tenant(), holder, tx.tenant(), holder)
        .bind((Object) asked.toArray(UUID[]::new))
        .bind(tx.tenant(), holder)
        .list(row -> {
          Slot slot = slot(row, row.getBoolean("gone"));
          return slots.put(slot.id(), slot);
        });
    tx.freely();
    return slots;
  }

  /** The last revision of an entry by a record that told it in part; null without one. */
  static @Nullable Slot inPart(TenantTx tx, long holder, UUID id) throws SQLException {
    tx.byKey();
    Slot slot =
        tx.sql(
                """
                select entry_id, revision, evidence_id, rank from entry
                where tenant_id = ? and holder_id = ? and entry_id = ? and starts_with(rank, ?)
                order by revision desc limit 1
                """)
            .bind(tx.tenant(), holder, id, Slot.IN_PART)
            .first(row -> slot(row, false));
    tx.freely();
    return slot;
  }

  private static Slot slot(ResultSet row, boolean gone) throws SQLException {
    return new Slot(
        row.getObject("entry_id", UUID.class),
        row.getInt("revision"),
        row.getObject("evidence_id", UUID.class),
        row.getString("rank"),
        gone);
  }

  /**
   * The entries that a correction gave these facts, at any time, by the id that the facts would
   * have given.
   */
  static Map<UUID, Set<UUID>> moved(TenantTx tx, long holder, Collection<UUID> facts)
      throws SQLException {
    Map<UUID, Set<UUID>> moved = new HashMap<>();
    if (!anyMoved(tx, holder, facts)) {
      return moved;
    }
    tx.sql(
            """
            select asked.id, e.entry_id
            from unnest(?::uuid[]) as asked(id)
            cross join lateral (
              select entry_id from entry
              where tenant_id = ? and holder_id = ? and facts_id = asked.id) e
            """)
        .bind((Object) facts.toArray(UUID[]::new))
        .bind(tx.tenant(), holder)
        .list(row ->
            moved
                .computeIfAbsent(row.getObject(1, UUID.class), _ -> new TreeSet<>())
                .add(row.getObject(2, UUID.class)));
    return moved;
  }

  // Corrections are few, and ids begin with the time.
  private static boolean anyMoved(TenantTx tx, long holder, Collection<UUID> facts)
      throws SQLException {
    return tx.sql(
                """
                select 1 from entry
                where tenant_id = ? and holder_id = ? and facts_id between ? and ? limit 1
                """)
            .bind(tx.tenant(), holder, Ids.lowest(facts), Ids.highest(facts))
            .first(row -> 1)
        != null;
  }

  /** The live postings of a revision, in order. */
  static List<Posting> postings(TenantTx tx, long holder, UUID entry, int revision)
      throws SQLException {
    tx.byKey();
    List<Posting> postings =
        tx.sql(
                """
                select f.path, t.path, a.code, p.amount
                from (
                  select e.tenant_id, e.holder_id, p.*
                  from entry e
                  cross join lateral unnest(e.from_accounts, e.to_accounts, e.asset_ids, e.amounts)
                    with ordinality as p(from_account, to_account, asset_id, amount, n)
                  where tenant_id = ? and holder_id = ? and entry_id = ? and revision = ?
                  order by n) p
                join account f on f.tenant_id = p.tenant_id and f.holder_id = p.holder_id
                  and f.account_id = p.from_account
                join account t on t.tenant_id = p.tenant_id and t.holder_id = p.holder_id
                  and t.account_id = p.to_account
                join asset a on a.asset_id = p.asset_id
                order by p.n
                """)
            .bind(tx.tenant(), holder, entry, revision)
            .list(row ->
                new Posting(
                    new Account(row.getString(1)),
                    new Account(row.getString(2)),
                    row.getString(3),
                    row.getBigDecimal(4)));
    tx.freely();
    return postings;
  }
}

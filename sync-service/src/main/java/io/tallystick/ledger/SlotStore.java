package io.tallystick.ledger;

import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that finds rows of a holder by their keys, however little the database knows of him. */
final class SlotStore {
  private SlotStore() {}

  /** The current revisions under these ids. */
  static Map<UUID, Slot> slots(TenantTx tx, long holder, List<UUID> ids) throws SQLException {
    Map<UUID, Slot> slots = new HashMap<>();
    if (ids.isEmpty()) {
      return slots;
    }
    begin(tx);
    tx.sql(
            """
            select e.entry_id, e.revision, e.evidence_id, e.rank
            from unnest(?::uuid[]) as asked(id)
            cross join lateral (
              select entry_id, revision, evidence_id, rank from entry
              where tenant_id = ? and holder_id = ? and entry_id = asked.id
              order by revision desc limit 1) e
            """)
        .bind((Object) ids.toArray(UUID[]::new))
        .bind(tx.tenant(), holder)
        .list(row -> {
          UUID id = row.getObject(1, UUID.class);
          return slots.put(
              id, new Slot(id, row.getInt(2), row.getObject(3, UUID.class), row.getString(4)));
        });
    end(tx);
    return slots;
  }

  /** The last revision of an entry by a record that told it in part; null without one. */
  static @Nullable Slot inPart(TenantTx tx, long holder, UUID id) throws SQLException {
    begin(tx);
    Slot slot =
        tx.sql(
                """
                select revision, evidence_id, rank from entry
                where tenant_id = ? and holder_id = ? and entry_id = ? and starts_with(rank, ?)
                order by revision desc limit 1
                """)
            .bind(tx.tenant(), holder, id, Slot.IN_PART)
            .first(
                row -> new Slot(id, row.getInt(1), row.getObject(2, UUID.class), row.getString(3)));
    end(tx);
    return slot;
  }

  /**
   * Has what follows read in the order of the index that it asks for, until {@link #end}. Where
   * statistics know nothing of a holder yet, every index that begins with him looks as good as the
   * one that finds the row, and most of them would read all his rows for each that is wanted. All
   * but the one would have to sort.
   */
  static void begin(TenantTx tx) throws SQLException {
    tx.sql("set local enable_sort = off").update();
  }

  static void end(TenantTx tx) throws SQLException {
    tx.sql("reset enable_sort").update();
  }

  /** The live postings of a revision, in order. */
  static List<Posting> postings(TenantTx tx, long holder, UUID entry, int revision)
      throws SQLException {
    begin(tx);
    List<Posting> postings =
        tx.sql(
                """
                select f.path, t.path, a.code, p.amount
                from (
                  select * from posting
                  where tenant_id = ? and holder_id = ? and entry_id = ? and revision = ?
                    and not reversal
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
    end(tx);
    return postings;
  }
}

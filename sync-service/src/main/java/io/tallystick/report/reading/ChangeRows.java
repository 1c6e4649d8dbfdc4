package io.tallystick.report.reading;

import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that tells what of the books changed since somebody read them, and from when on. */
public final class ChangeRows {
  private static final String REACH = Journeys.REACH.toSeconds() + " seconds";

  private ChangeRows() {}

  /**
   * What of the order of changes was seen. All of it was visible before it was asked for, so who
   * asks first and reads the books then has read all of that, and perhaps more.
   *
   * @param position the last one of the feed
   * @param waiting what had no position yet: leaf and instant of writing
   */
  public record Seen(long position, List<Written> waiting) {
    public Seen {
      waiting = List.copyOf(waiting);
    }
  }

  /** What one transaction wrote. */
  public record Written(UUID leaf, Instant at) {}

  /**
   * Has the rest of the transaction planned for the books as they are: a plan that was kept from
   * when they were small would walk through all of them for each entry. And by indexes: one
   * holder's books are taken for a few rows, and to find those everybody's would be read.
   */
  public static void planAnew(TenantTx tx) throws SQLException {
    tx.sql("set local plan_cache_mode = force_custom_plan").update();
    tx.sql("set local enable_seqscan = off").update();
  }

  /** What is to be seen now. */
  public static Seen now(TenantTx tx, long holder) throws SQLException {
    List<Written> waiting =
        tx.sql("select leaf_id, recorded_at from outbox where tenant_id = ? and holder_id = ?")
            .bind(tx.tenant(), holder)
            .list(row ->
                new Written(
                    row.getObject(1, UUID.class),
                    Objects.requireNonNull(Sql.instant(row, "recorded_at"))));
    Long last =
        tx.sql("select coalesce(max(last_position), 0) from feed where tenant_id = ?")
            .bind(tx.tenant())
            .first(row -> row.getLong(1));
    return new Seen(Objects.requireNonNull(last), waiting);
  }

  /**
   * From when on the books may read otherwise than they did then: the earliest instant that an
   * entry has or had which was written since; earlier by the longest journey where it may be the
   * end of one. Null when nothing was written.
   */
  public static @Nullable Instant since(TenantTx tx, long holder, Seen seen) throws SQLException {
    tx.byKey();
    Earliest earliest =
        tx.sql(
                """
                with told as (
                  select leaf_id, recorded_at from outbox where tenant_id = ? and holder_id = ?
                  union all
                  select leaf_id, recorded_at from feed
                  where tenant_id = ? and holder_id = ? and last_position > ?),
                written as (
                  select distinct c.entry_id from told
                  cross join lateral (select e.entry_id from entry e
                    where e.tenant_id = ? and e.holder_id + 0 = ? and e.leaf_id = told.leaf_id
                      and e.recorded_at = told.recorded_at offset 0) c
                  where (told.leaf_id, told.recorded_at) not in (
                    select * from unnest(?::uuid[], ?::timestamptz[])))
                select min(n.occurred_at) as earliest from written
                cross join lateral (
                  select case when e.kind in ('deposit', 'withdrawal')
                      then e.occurred_at - ?::interval else e.occurred_at end as occurred_at
                  from entry e
                  where e.tenant_id = ? and e.holder_id = ? and e.entry_id = written.entry_id
                  order by e.revision) n
                """)
            .bind(tx.tenant(), holder, tx.tenant(), holder, seen.position(), tx.tenant(), holder)
            .bind(
                seen.waiting().stream().map(Written::leaf).toArray(UUID[]::new),
                seen.waiting().stream()
                    .map(one -> one.at().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new))
            .bind(REACH, tx.tenant(), holder)
            .first(row -> new Earliest(Sql.instant(row, "earliest")));
    tx.freely();
    return earliest == null ? null : earliest.at();
  }

  private record Earliest(@Nullable Instant at) {}

  /** The earliest instant that each of these entries has or had. */
  public static Map<UUID, Instant> earliest(TenantTx tx, long holder, Collection<UUID> entries)
      throws SQLException {
    Map<UUID, Instant> earliest = new HashMap<>();
    tx.sql(
            """
            select entry_id, min(occurred_at) as earliest from entry
            where tenant_id = ? and holder_id = ? and entry_id = any(?::uuid[])
            group by entry_id
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) entries.toArray(UUID[]::new))
        .list(row ->
            earliest.put(
                row.getObject(1, UUID.class),
                Objects.requireNonNull(Sql.instant(row, "earliest"))));
    return earliest;
  }

  /** What of the holder was erased, by kind: what is gone reads otherwise, and no feed says so. */
  public static List<String> erased(TenantTx tx, long holder) throws SQLException {
    return tx.sql(
            """
            select class || ' ' || requested_at from erased_class
            where tenant_id = ? and holder_id = ? order by 1
            """)
        .bind(tx.tenant(), holder)
        .list(row -> row.getString(1));
  }
}

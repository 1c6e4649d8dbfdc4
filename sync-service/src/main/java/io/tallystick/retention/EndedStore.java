package io.tallystick.retention;

import io.tallystick.consent.Consents;
import io.tallystick.retention.RetentionStore.Ended;
import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the holders whose consents have ended. */
final class EndedStore {
  private EndedStore() {}

  /** The tenants with holders of whom no consent may be in force. */
  static List<Long> tenants(SequencerTx tx) throws SQLException {
    return tx.sql("select distinct tenant_id from holder order by tenant_id")
        .list(row -> row.getLong(1));
  }

  /**
   * Holders behind this one of whom no consent is in force at an instant, in order of id. Of one
   * who never gave any, time runs from when he was made known, was last given a link, or was last
   * asked for one. What somebody was asked for and did not give changes nothing about what he gave.
   */
  static List<Ended> ended(TenantTx tx, Instant now, long after, @Nullable Long only, int limit)
      throws SQLException {
    return tx.sql(
            """
            with c as (
              select holder_id, jurisdiction, deletion,
                case when deletion is not null then coalesce(deletion_at, state_at) end as said_at,
                case when state in ('active', 'paused') then expires_at else state_at end as ends,
                state in ('active', 'paused') and expires_at > ? as in_force,
                -- Asking writes down both; giving moves the one.
                answer_by is null or given_at + ?::interval <> answer_by as given, given_at
              from consent where tenant_id = ? and holder_id > ?
                and (?::bigint is null or holder_id = ?::bigint)),
            h as (
              select holder_id, max(ends) as ends, array_agg(distinct jurisdiction) as jurisdictions,
                -- What was said last counts, and nothing from before he consented anew.
                coalesce(max(said_at) >= max(given_at) and 'delete' =
                  (array_agg(deletion order by said_at desc nulls last, deletion))[1], false) as wish
              from c where given group by holder_id having not bool_or(in_force)
              union all
              select o.holder_id, greatest(o.created_at, (select max(l.created_at)
                from holder_link l where l.tenant_id = o.tenant_id
                  and l.holder_id = o.holder_id), (select max(given_at) from c
                where c.holder_id = o.holder_id)),
                array(select distinct jurisdiction from c where c.holder_id = o.holder_id), false
              from holder o where o.tenant_id = ? and o.holder_id > ?
                and (?::bigint is null or o.holder_id = ?::bigint)
                and not exists (select from c where c.holder_id = o.holder_id and c.given)
              order by 1 limit ?)
            select h.*,
              exists (select from legal_hold l where l.tenant_id = ? and l.holder_id = h.holder_id
                and l.lifted_at is null) as held,
              array(select class from erased_class e where e.tenant_id = ?
                and e.holder_id = h.holder_id and e.renewed_at is null) as erased
            from h order by holder_id
            """)
        .bind(now, Consents.TO_ANSWER.toString(), tx.tenant(), after, only, only)
        .bind(tx.tenant(), after, only, only, limit, tx.tenant(), tx.tenant())
        .list(row ->
            new Ended(
                row.getLong("holder_id"),
                List.of((String[]) row.getArray("jurisdictions").getArray()),
                Objects.requireNonNull(Sql.instant(row, "ends")),
                row.getBoolean("wish"),
                row.getBoolean("held"),
                List.of((String[]) row.getArray("erased").getArray()).stream()
                    .map(RetentionStore::retention)
                    .toList()));
  }
}

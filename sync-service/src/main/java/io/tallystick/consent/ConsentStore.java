package io.tallystick.consent;

import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL that consents are judged by, and that makes a holder known once. */
final class ConsentStore {
  private static final String TERMS =
      """
      select consent_id, recipients, purposes, domains, look_back_days, given_at,
        case when state = 'requested' then answer_by else expires_at end as ends_at, state,
        state_at, used_at, clock_timestamp() as now
      from consent where tenant_id = ? and holder_id = ?
      """;

  private ConsentStore() {}

  /** A consent for which something is due: its end, a confirmation, a reminder. */
  record Due(long tenant, PublicIds.Keyed consent) {}

  /** Consents of all tenants whose time is over while they are kept as if it were not. */
  static List<Due> over(SequencerTx tx, int limit) throws SQLException {
    return tx.sql(
            """
            select tenant_id, holder_id, consent_id, expires_at as ends_at from consent
            where state in ('active', 'paused') and expires_at <= clock_timestamp()
            union all
            select tenant_id, holder_id, consent_id, answer_by from consent
            where state = 'requested' and answer_by <= clock_timestamp()
            order by ends_at limit ?
            """)
        .bind(limit)
        .list(ConsentStore::due);
  }

  /** Consents of all tenants that were not confirmed in time, the longest overdue first. */
  static List<Due> unconfirmed(SequencerTx tx, int limit) throws SQLException {
    return tx.sql(
            """
            select tenant_id, holder_id, consent_id from consent
            where state = 'active' and confirm_by <= clock_timestamp()
            order by confirm_by limit ?
            """)
        .bind(limit)
        .list(ConsentStore::due);
  }

  /** Consents of all tenants of which their holders have to be reminded, the longest due first. */
  static List<Due> unreminded(SequencerTx tx, int limit) throws SQLException {
    return tx.sql(
            """
            select tenant_id, holder_id, consent_id from consent
            where state = 'active' and remind_at <= clock_timestamp()
              and expires_at > clock_timestamp()
            order by remind_at limit ?
            """)
        .bind(limit)
        .list(ConsentStore::due);
  }

  private static Due due(ResultSet row) throws SQLException {
    return new Due(
        row.getLong("tenant_id"),
        new PublicIds.Keyed(row.getLong("holder_id"), row.getLong("consent_id")));
  }

  /** The terms of a consent by the database's clock; null when there is none. */
  static @Nullable Terms find(TenantTx tx, long holder, long consent) throws SQLException {
    return tx.sql(TERMS + " and consent_id = ?")
        .bind(tx.tenant(), holder, consent)
        .first(ConsentStore::terms);
  }

  /** Like {@link #find}; the consent stays as it is until the transaction ends. */
  static @Nullable Terms hold(TenantTx tx, long holder, long consent) throws SQLException {
    return tx.sql(TERMS + " and consent_id = ? for share")
        .bind(tx.tenant(), holder, consent)
        .first(ConsentStore::terms);
  }

  /** The terms of all consents of a holder by id, in order. */
  static Map<Long, Terms> all(TenantTx tx, long holder) throws SQLException {
    Map<Long, Terms> consents = new LinkedHashMap<>();
    tx.sql(TERMS + " order by consent_id")
        .bind(tx.tenant(), holder)
        .list(ConsentStore::terms)
        .forEach(terms -> consents.put(terms.consent(), terms));
    return consents;
  }

  /** The consent of each connection of a holder, in order of the connections. */
  static Map<Long, Long> connections(TenantTx tx, long holder) throws SQLException {
    Map<Long, Long> connections = new LinkedHashMap<>();
    tx.sql(
            """
            select connection_id, consent_id from connection
            where tenant_id = ? and holder_id = ? order by connection_id
            """)
        .bind(tx.tenant(), holder)
        .list(row -> connections.put(row.getLong("connection_id"), row.getLong("consent_id")));
    return connections;
  }

  /** Whether the tenant has this holder. */
  static boolean hasHolder(TenantTx tx, long holder) throws SQLException {
    return !tx.sql("select 1 from holder where tenant_id = ? and holder_id = ?")
        .bind(tx.tenant(), holder)
        .list(row -> true)
        .isEmpty();
  }

  /**
   * Gives a reference to a holder; false when it has one. Whoever comes first makes the holder; a
   * second one waits here until he is made.
   */
  static boolean claim(TenantTx tx, byte[] referenceDigest, long holder) throws SQLException {
    return tx.sql(
                """
                insert into holder_ref (tenant_id, reference_digest, holder_id) values (?, ?, ?)
                on conflict do nothing
                """)
            .bind(tx.tenant(), referenceDigest, holder)
            .update()
        == 1;
  }

  /** Whether a consent is for one reading: that never changes. */
  static boolean isForOneReading(TenantTx tx, long holder, long consent) throws SQLException {
    return !tx.sql(
            """
            select 1 from consent
            where tenant_id = ? and holder_id = ? and consent_id = ? and duration = 'once'
            """)
        .bind(tx.tenant(), holder, consent)
        .list(row -> true)
        .isEmpty();
  }

  /** These consents and all other versions of their arrangements. */
  static SortedSet<Long> versions(TenantTx tx, long holder, Collection<Long> consents)
      throws SQLException {
    return new TreeSet<>(
        tx.sql(
                """
                select c.consent_id from consent c
                where c.tenant_id = ? and c.holder_id = ? and c.arrangement_id in (
                  select arrangement_id from consent
                  where tenant_id = ? and holder_id = ? and consent_id = any(?::bigint[]))
                """)
            .bind(tx.tenant(), holder, tx.tenant(), holder)
            .bind((Object) consents.toArray(Long[]::new))
            .list(row -> row.getLong(1)));
  }

  /** What a consent covers, whoever asks; null when there is none. */
  static @Nullable Coverage coverage(TenantTx tx, long holder, long consent) throws SQLException {
    return tx.sql(TERMS + " and consent_id = ?")
        .bind(tx.tenant(), holder, consent)
        .first(row -> {
          Terms terms = terms(row);
          boolean unchanged = row.getString("state").equals(ConsentState.ACTIVE.code());
          return new Coverage(
              terms.state(),
              terms.domains().stream()
                  .flatMap(code -> Domain.of(code).stream())
                  .collect(Collectors.toSet()),
              terms.earliest(),
              instant(row, unchanged ? "state_at" : "given_at"));
        });
  }

  /**
   * The ends of consents among these acts, of those consents that named the client and its purpose;
   * a version that another one replaced has ended for whom that one leaves out. An end is final and
   * what a version names is too, so the answer for an act never changes.
   */
  static List<Ending> endings(TenantTx tx, Caller caller, long holder, Collection<UUID> leaves)
      throws SQLException {
    return tx.sql(
            """
            select a.leaf_id, a.connection_id, c.state, c.state_at from access_leaf a
            join consent c using (tenant_id, holder_id, consent_id)
            where a.tenant_id = ? and a.holder_id = ? and a.leaf_id = any(?::uuid[])
              and a.kind = 'connection.changed'
              and ? = any (c.recipients) and ? = any (c.purposes)
              and (c.state in ('expired', 'withdrawn', 'revoked', 'invalidated')
                or c.state = 'superseded' and not exists (select 1 from consent n
                  where n.tenant_id = c.tenant_id and n.holder_id = c.holder_id
                    and n.replaces_id = c.consent_id
                    and ? = any (n.recipients) and ? = any (n.purposes)))
            """)
        .bind(tx.tenant(), holder)
        .bind((Object) leaves.toArray(UUID[]::new))
        .bind(caller.client(), caller.purpose(), caller.client(), caller.purpose())
        .list(row ->
            new Ending(
                row.getObject("leaf_id", UUID.class),
                holder,
                row.getLong("connection_id"),
                ConsentState.stored(row.getString("state")),
                instant(row, "state_at")));
  }

  private static Terms terms(ResultSet row) throws SQLException {
    Instant given = instant(row, "given_at");
    return new Terms(
        row.getLong("consent_id"),
        List.of((Long[]) row.getArray("recipients").getArray()),
        List.of((String[]) row.getArray("purposes").getArray()),
        List.of((String[]) row.getArray("domains").getArray()),
        given.minus(Duration.ofDays(row.getInt("look_back_days"))),
        ConsentState.of(row.getString("state"), instant(row, "ends_at"), instant(row, "now")),
        Sql.instant(row, "used_at") != null);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(Sql.instant(row, column));
  }
}

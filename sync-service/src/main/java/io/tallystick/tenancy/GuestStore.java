package io.tallystick.tenancy;

import io.tallystick.tenancy.Engagements.Engagement;
import io.tallystick.tenancy.Engagements.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The SQL of tokens that are no client's: links and sessions of holders, and engagements. */
final class GuestStore {
  private GuestStore() {}

  /** Keeps the digest of a link or session. */
  static void addLink(TenantTx tx, String kind, byte[] hash, Person person, Instant at, Instant end)
      throws SQLException {
    tx.sql(
            """
            insert into holder_link (tenant_id, holder_id, link_id, kind, token_hash, issued_by,
              created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(tx.tenant(), person.holder(), person.link(), kind)
        .bind((Object) hash)
        .bind(person.client(), at, end)
        .update();
  }

  /** Uses a link; false when it was used before. */
  static boolean useLink(TenantTx tx, Person person) throws SQLException {
    return tx.sql(
                """
                update holder_link set used_at = clock_timestamp()
                where tenant_id = ? and holder_id = ? and link_id = ? and kind = 'link'
                  and used_at is null
                """)
            .bind(tx.tenant(), person.holder(), person.link())
            .update()
        == 1;
  }

  /** The person behind the digest of a token; null when there is none, or its time is over. */
  static @Nullable Person person(TenantTx bearer, String hash) throws SQLException {
    return bearer
        .sql(
            """
            select tenant_id, holder_id, issued_by, link_id, kind from holder_link
            where token_hash = decode(?, 'hex') and expires_at > clock_timestamp()
              and used_at is null
            """)
        .bind(hash)
        .first(row ->
            new Person(
                row.getLong("tenant_id"),
                row.getLong("holder_id"),
                row.getLong("issued_by"),
                row.getLong("link_id"),
                row.getString("kind").equals("session")));
  }

  /** Keeps an engagement and the digest of its token. */
  static void add(TenantTx tx, Engagement made, byte[] hash) throws SQLException {
    Scope scope = made.scope();
    tx.sql(
            """
            insert into engagement (tenant_id, engagement_id, name, token_hash, connections,
              consents, from_at, to_at, created_at, created_by, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(tx.tenant(), made.id(), scope.name())
        .bind((Object) hash)
        .bind((Object) scope.connections().toArray(Long[]::new))
        .bind((Object) scope.consents().toArray(Long[]::new))
        .bind(scope.from(), scope.to(), made.createdAt(), made.createdBy(), scope.expiresAt())
        .update();
  }

  /** All engagements, the newest first. */
  static List<Engagement> engagements(TenantTx tx) throws SQLException {
    return tx.sql(
            """
            select * from engagement where tenant_id = ?
            order by created_at desc, engagement_id
            """)
        .bind(tx.tenant())
        .list(GuestStore::engagement);
  }

  /** Ends an engagement; one that ended stays as it is. */
  static void end(TenantTx tx, long id) throws SQLException {
    tx.sql(
            """
            update engagement set ended_at = clock_timestamp()
            where tenant_id = ? and engagement_id = ? and ended_at is null
            """)
        .bind(tx.tenant(), id)
        .update();
  }

  /** The reviewer behind the digest of a token; null when there is none, or his time is over. */
  static @Nullable Reviewer reviewer(TenantTx bearer, String hash) throws SQLException {
    return bearer
        .sql(
            """
            select * from engagement
            where token_hash = decode(?, 'hex') and expires_at > clock_timestamp()
              and ended_at is null
            """)
        .bind(hash)
        .first(row -> {
          Engagement found = engagement(row);
          Scope scope = found.scope();
          return new Reviewer(
              row.getLong("tenant_id"),
              found.id(),
              found.createdBy(),
              scope.connections(),
              scope.consents(),
              scope.from(),
              scope.to());
        });
  }

  private static Engagement engagement(ResultSet row) throws SQLException {
    Scope scope =
        new Scope(
            row.getString("name"),
            List.of((Long[]) row.getArray("connections").getArray()),
            List.of((Long[]) row.getArray("consents").getArray()),
            Objects.requireNonNull(Sql.instant(row, "from_at")),
            Objects.requireNonNull(Sql.instant(row, "to_at")),
            Objects.requireNonNull(Sql.instant(row, "expires_at")));
    return new Engagement(
        row.getLong("engagement_id"),
        scope,
        Objects.requireNonNull(Sql.instant(row, "created_at")),
        row.getLong("created_by"),
        Sql.instant(row, "ended_at"));
  }
}

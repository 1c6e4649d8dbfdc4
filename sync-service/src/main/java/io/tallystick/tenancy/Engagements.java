package io.tallystick.tenancy;

import io.quarkus.security.identity.SecurityIdentity;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Engagements of reviewers: made, listed, ended, and known by the digest of their token. */
@ApplicationScoped
public class Engagements {
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int BYTES = 32;

  private final RandomGenerator random;
  private final SecurityIdentity identity;

  Engagements(RandomGenerator random, SecurityIdentity identity) {
    this.random = random;
    this.identity = identity;
  }

  /**
   * What a reviewer may read.
   *
   * @param consents the consents that the connections stand under
   */
  public record Scope(
      String name,
      List<Long> connections,
      List<Long> consents,
      Instant from,
      Instant to,
      Instant expiresAt) {}

  /**
   * An engagement.
   *
   * @param endedAt null while it was not ended before its time
   */
  public record Engagement(
      long id, Scope scope, Instant createdAt, long createdBy, @Nullable Instant endedAt) {}

  /** A new engagement and its token, which nobody can ask for again. */
  public record Issued(Engagement engagement, String token) {
    @Override
    public String toString() {
      return "a new engagement";
    }
  }

  /** The reviewer of the present request, behind a route that asks for the role of reviewers. */
  public Reviewer current() {
    return Objects.requireNonNull(identity.<Reviewer>getAttribute(Reviewer.ATTRIBUTE));
  }

  /** Makes an engagement; a problem when its times are off. */
  public Issued make(TenantTx tx, long client, Scope scope) throws SQLException {
    Instant now = tx.now();
    if (!scope.expiresAt().isAfter(now) || scope.expiresAt().isAfter(now.plus(LONGEST))) {
      throw Problem.invalid("expires_at", "An engagement ends within 366 days from now.");
    }
    if (!scope.from().isBefore(scope.to())) {
      throw Problem.invalid("to", "The period ends after it begins.");
    }
    byte[] chance = new byte[BYTES];
    random.nextBytes(chance);
    String token = "tlv_" + HexFormat.of().formatHex(chance);
    long id = random.nextLong(1, Long.MAX_VALUE);
    tx.sql(
            """
            insert into engagement (tenant_id, engagement_id, name, token_hash, connections,
              consents, from_at, to_at, created_at, created_by, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(tx.tenant(), id, scope.name())
        .bind((Object) Digests.sha256(token.getBytes(StandardCharsets.UTF_8)))
        .bind((Object) scope.connections().toArray(Long[]::new))
        .bind((Object) scope.consents().toArray(Long[]::new))
        .bind(scope.from(), scope.to(), now, client, scope.expiresAt())
        .update();
    return new Issued(new Engagement(id, scope, now, client, null), token);
  }

  /** All engagements, the newest first. */
  public List<Engagement> all(TenantTx tx) throws SQLException {
    return tx.sql(
            """
            select * from engagement where tenant_id = ?
            order by created_at desc, engagement_id
            """)
        .bind(tx.tenant())
        .list(Engagements::engagement);
  }

  /** Ends an engagement; one that ended stays as it is. False when there is none. */
  public boolean end(TenantTx tx, long id) throws SQLException {
    tx.sql(
            """
            update engagement set ended_at = clock_timestamp()
            where tenant_id = ? and engagement_id = ? and ended_at is null
            """)
        .bind(tx.tenant(), id)
        .update();
    return all(tx).stream().anyMatch(one -> one.id() == id);
  }

  /** The reviewer behind the digest of a token; null when there is none, or his time is over. */
  static @Nullable Reviewer find(TenantTx bearer, String hash) throws SQLException {
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

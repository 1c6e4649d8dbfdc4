package io.tallystick.tenancy;

import io.quarkus.security.identity.SecurityIdentity;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
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
  public record Issued(Engagement engagement, String text) {
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
    Engagement made = new Engagement(random.nextLong(1, Long.MAX_VALUE), scope, now, client, null);
    GuestStore.add(tx, made, Digests.sha256(token.getBytes(StandardCharsets.UTF_8)));
    return new Issued(made, token);
  }

  /** All engagements, the newest first. */
  public List<Engagement> all(TenantTx tx) throws SQLException {
    return GuestStore.engagements(tx);
  }

  /** Ends an engagement; one that ended stays as it is. False when there is none. */
  public boolean end(TenantTx tx, long id) throws SQLException {
    GuestStore.end(tx, id);
    return all(tx).stream().anyMatch(one -> one.id() == id);
  }
}

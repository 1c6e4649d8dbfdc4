package io.tallystick.tenancy;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tokens with which holders act themselves: a link, good for a quarter of an hour and one
 * session, and the session, good for half an hour. Digests alone are kept.
 */
@ApplicationScoped
public class PersonTokens {
  private static final Duration LINK = Duration.ofMinutes(15);
  private static final Duration SESSION = Duration.ofMinutes(30);
  private static final int BYTES = 32;

  private final RandomGenerator random;

  PersonTokens(RandomGenerator random) {
    this.random = random;
  }

  /** A new token, which nobody can ask for again. */
  public record Issued(String text, Instant expiresAt) {
    @Override
    public String toString() {
      return "a new token of a holder";
    }
  }

  /** Makes a link for a holder who exists. */
  public Issued link(TenantTx tx, long client, long holder) throws SQLException {
    return issue(tx, "link", "tlh_", client, holder, LINK);
  }

  /**
   * Opens the one session of a link.
   *
   * @throws Problem a conflict when it was opened before
   */
  public Issued session(TenantTx tx, Person person) throws SQLException {
    int used =
        tx.sql(
                """
                update holder_link set used_at = clock_timestamp()
                where tenant_id = ? and holder_id = ? and link_id = ? and kind = 'link'
                  and used_at is null
                """)
            .bind(tx.tenant(), person.holder(), person.link())
            .update();
    if (used != 1) {
      throw new Problem(Problem.Kind.CONFLICT, "This link was used. Ask for another one.");
    }
    return issue(tx, "session", "tls_", person.client(), person.holder(), SESSION);
  }

  private Issued issue(
      TenantTx tx, String kind, String prefix, long client, long holder, Duration life)
      throws SQLException {
    byte[] chance = new byte[BYTES];
    random.nextBytes(chance);
    String text = prefix + HexFormat.of().formatHex(chance);
    Instant now = tx.now();
    tx.sql(
            """
            insert into holder_link (tenant_id, holder_id, link_id, kind, token_hash, issued_by,
              created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(tx.tenant(), holder, random.nextLong(1, Long.MAX_VALUE), kind)
        .bind((Object) Digests.sha256(text.getBytes(StandardCharsets.UTF_8)))
        .bind(client, now, now.plus(life))
        .update();
    return new Issued(text, now.plus(life));
  }

  /** The person behind the digest of a token; null when there is none, or its time is over. */
  static @Nullable Person find(TenantTx bearer, String hash) throws SQLException {
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
}

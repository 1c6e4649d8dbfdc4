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
    if (!GuestStore.useLink(tx, person)) {
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
    long key = random.nextLong(1, Long.MAX_VALUE);
    GuestStore.addLink(
        tx,
        kind,
        Digests.sha256(text.getBytes(StandardCharsets.UTF_8)),
        new Person(tx.tenant(), holder, client, key, kind.equals("session")),
        now,
        now.plus(life));
    return new Issued(text, now.plus(life));
  }
}

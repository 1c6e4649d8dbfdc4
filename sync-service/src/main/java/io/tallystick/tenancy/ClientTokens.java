package io.tallystick.tenancy;

import io.tallystick.kernel.Countries;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Repositories.ClientRows;
import io.tallystick.tenancy.Repositories.TokenRows;
import io.tallystick.tenancy.TokenViews.ClientRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes clients, and makes, replaces and revokes their tokens. A token has 256 random bits, a
 * prefix that scanners for leaked secrets know it by, and a checksum that tells them it is one; its
 * digest alone is kept.
 */
@ApplicationScoped
class ClientTokens {
  private static final String PREFIX = "tlk_";
  private static final int BYTES = 32;
  private static final int CHECKSUM_BYTES = 4;

  /** The codes of countries (ISO 3166-1 alpha-2). */
  private static final Duration LONGEST = Duration.ofDays(366);

  private final ClientRows clients;
  private final TokenRows tokens;
  private final RandomGenerator random;
  private final Event<Administered> administered;

  ClientTokens(
      ClientRows clients,
      TokenRows tokens,
      RandomGenerator random,
      Event<Administered> administered) {
    this.clients = clients;
    this.tokens = tokens;
    this.random = random;
    this.administered = administered;
  }

  /** A new token's row, and the token, which nobody can ask for again. */
  record Issued(ApiTokenEntity row, String text) {
    @Override
    public String toString() {
      return "a new token";
    }
  }

  /** Makes a client; a conflict when the tenant has one of this name. */
  ClientEntity create(TenantTx tx, Caller caller, ClientRequest asked, Role role)
      throws SQLException {
    String name = asked.name();
    String country = asked.country();
    if (country != null && !Countries.isKnown(country)) {
      throw Problem.invalid("country", "There is no country of this code (ISO 3166-1 alpha-2).");
    }
    long id = Digests.key63("tallystick/client/1", tx.tenant(), name);
    if (clients.findById(new ClientEntity.Key(tx.tenant(), id)) != null) {
      throw new Problem(
          Problem.Kind.CONFLICT,
          "There is a client of this name, and clients never change. Choose another name.");
    }
    ClientEntity row = new ClientEntity();
    row.tenant = tx.tenant();
    row.client = id;
    row.name = name;
    row.role = role.code();
    row.purpose = asked.purpose();
    row.country = country;
    row.contact = asked.contact();
    row.address = asked.address();
    row.createdAt = tx.now();
    clients.persistAndFlush(row);
    tell(tx, caller, "client.created", id, null);
    return row;
  }

  /** The tokens of a client, the newest first; a problem when the tenant has no such client. */
  List<ApiTokenEntity> of(TenantTx tx, long client) {
    known(tx, client);
    return tokens.list(
        "tenant = ?1 and client = ?2 order by createdAt desc, token", tx.tenant(), client);
  }

  /**
   * Makes a token.
   *
   * @param predecessor a token of the same client that ends after {@code overlap}; null for none
   */
  Issued issue(
      TenantTx tx,
      Caller caller,
      long client,
      Instant expiresAt,
      @Nullable Long predecessor,
      Duration overlap)
      throws SQLException {
    known(tx, client);
    Instant now = tx.now();
    if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
      throw Problem.invalid("expires_at", "A token ends within 366 days from now.");
    }
    if (predecessor != null) {
      end(find(tx, client, predecessor), now.plus(overlap));
    }
    byte[] chance = new byte[BYTES];
    random.nextBytes(chance);
    String body = HexFormat.of().formatHex(chance);
    String text = PREFIX + body + checksum(body);
    ApiTokenEntity row = new ApiTokenEntity();
    row.tenant = tx.tenant();
    row.token = random.nextLong(1, Long.MAX_VALUE);
    row.client = client;
    row.hash = Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    row.createdAt = now;
    row.expiresAt = expiresAt;
    row.origin = "api";
    row.issuedBy = caller.client();
    tokens.persistAndFlush(row);
    tell(tx, caller, "token.issued", client, row.token);
    return new Issued(row, text);
  }

  /** Revokes a token at once; one that ended earlier stays as it is. */
  ApiTokenEntity revoke(TenantTx tx, Caller caller, long client, long token) throws SQLException {
    known(tx, client);
    ApiTokenEntity row = find(tx, client, token);
    if (end(row, tx.now())) {
      tell(tx, caller, "token.revoked", client, token);
    }
    return row;
  }

  private boolean end(ApiTokenEntity row, Instant at) {
    Instant before = row.revokedAt;
    if (before != null && !before.isAfter(at)) {
      return false;
    }
    row.revokedAt = at;
    tokens.flush();
    return true;
  }

  private ApiTokenEntity find(TenantTx tx, long client, long token) {
    ApiTokenEntity row = tokens.findById(new ApiTokenEntity.Key(tx.tenant(), token));
    return PublicIds.orNotFound(row == null || row.client != client ? null : row);
  }

  private void known(TenantTx tx, long client) {
    PublicIds.orNotFound(clients.findById(new ClientEntity.Key(tx.tenant(), client)));
  }

  private void tell(TenantTx tx, Caller caller, String act, long client, @Nullable Long token) {
    Map<String, String> facts =
        token == null
            ? Map.of("act", act, "about", PublicIds.client(client))
            : Map.of(
                "act", act, "about", PublicIds.client(client), "token", PublicIds.token(token));
    administered.fire(new Administered(tx, caller, facts));
  }

  private static String checksum(String body) {
    byte[] digest = Digests.sha256((PREFIX + body).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, CHECKSUM_BYTES);
  }
}

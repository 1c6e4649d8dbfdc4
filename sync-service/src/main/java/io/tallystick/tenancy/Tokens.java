package io.tallystick.tenancy;

import io.tallystick.kernel.Digests;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose token it is. The database is asked each time and its clock decides, so that an
 * expired or revoked token is refused by every node at once.
 */
@ApplicationScoped
class Tokens {
  private static final int LONGEST = 512;

  private final Transactions transactions;

  Tokens(Transactions transactions) {
    this.transactions = transactions;
  }

  /** The caller; null when the token is unknown, expired, revoked or not a token at all. */
  @Nullable Caller callerOf(String token) {
    if (token.isEmpty() || token.length() > LONGEST) {
      return null;
    }
    String hash = HexFormat.of().formatHex(Digests.sha256(token.getBytes(StandardCharsets.UTF_8)));
    return transactions.asBearer(hash, tx -> find(tx, hash)).orElse(null);
  }

  private record Found(long tenant, long client) {}

  private static Optional<Caller> find(TenantTx bearer, String hash) throws SQLException {
    List<Found> found =
        bearer
            .sql(
                """
                select tenant_id, client_id from api_token
                where token_hash = decode(?, 'hex')
                  and (revoked_at is null or revoked_at > clock_timestamp())
                  and (expires_at is null or expires_at > clock_timestamp())
                limit 2
                """)
            .bind(hash)
            .list(row -> new Found(row.getLong("tenant_id"), row.getLong("client_id")));
    // The same token given out twice names nobody.
    if (found.size() != 1) {
      return Optional.empty();
    }
    long tenant = found.getFirst().tenant();
    long client = found.getFirst().client();
    return Transactions.become(tenant, bearer)
        .sql("select name, role, purpose from client where tenant_id = ? and client_id = ?")
        .bind(tenant, client)
        .list(row -> caller(tenant, client, row))
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Caller> caller(long tenant, long client, ResultSet row)
      throws SQLException {
    String name = row.getString("name");
    String purpose = row.getString("purpose");
    return Optional.ofNullable(Role.of(row.getString("role")))
        .map(role -> new Caller(tenant, client, role, purpose, name));
  }
}

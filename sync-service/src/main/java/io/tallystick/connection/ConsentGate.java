package io.tallystick.connection;

import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a consent allows anything at all, now. Which domains it covers is asked again, domain by
 * domain, by each pull.
 */
final class ConsentGate {
  private ConsentGate() {}

  /**
   * Why the consent allows nothing by the database's clock; null when it is active. It stays so
   * until the transaction ends, because its row is share-locked first.
   *
   * @throws Problem NOT_FOUND when there is no such consent
   */
  static @Nullable Refusal refusal(TenantTx tx, long holder, long consent) throws SQLException {
    String state =
        tx.sql(
                """
                select case when expires_at > clock_timestamp() and used_at is null then state
                  else 'ended' end as state
                from consent where tenant_id = ? and holder_id = ? and consent_id = ?
                for share
                """)
            .bind(tx.tenant(), holder, consent)
            .first(row -> row.getString("state"));
    if (state == null) {
      throw Problem.notFound();
    }
    return switch (state) {
      case "active" -> null;
      case "paused" ->
          refusal(
              ConnectionState.PAUSED,
              "The consent is paused. Ask the holder to resume it; then try again.");
      default ->
          refusal(
              Problem.Kind.CONSENT_MISSING.code(),
              "The consent was withdrawn, has expired, or was for one reading that is done. Ask the"
                  + " holder for a new one.");
    };
  }

  private static Refusal refusal(String reason, String detail) {
    return Refusal.of(reason, new Problem(Problem.Kind.CONSENT_MISSING, detail).field("consent"));
  }
}

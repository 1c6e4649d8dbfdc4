package io.tallystick.connection;

import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;

/**
 * Whether a consent allows anything at all, now. Which domains it covers is asked again, domain by
 * domain, by each pull.
 */
final class ConsentGate {
  private ConsentGate() {}

  /**
   * Whether the consent is active by the database's clock; it stays so until the transaction ends,
   * because its row is share-locked first.
   *
   * @throws Problem NOT_FOUND when there is no such consent
   */
  static boolean isActive(TenantTx tx, long holder, long consent) throws SQLException {
    Boolean active =
        tx.sql(
                """
                select state = 'active' and expires_at > clock_timestamp()
                  and used_at is null as active
                from consent where tenant_id = ? and holder_id = ? and consent_id = ?
                for share
                """)
            .bind(tx.tenant(), holder, consent)
            .first(row -> row.getBoolean("active"));
    if (active == null) {
      throw Problem.notFound();
    }
    return active;
  }

  static Refusal refusal() {
    Problem problem =
        new Problem(
                Problem.Kind.CONSENT_MISSING,
                "The consent was withdrawn, has expired, or was for one reading that is done. Ask the"
                    + " holder for a new one.")
            .field("consent");
    return Refusal.of(problem.kind().code(), problem);
  }
}

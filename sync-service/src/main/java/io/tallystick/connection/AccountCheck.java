package io.tallystick.connection;

import io.tallystick.egress.Environments;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/** Says whether something is of the account that a connection stands for. */
@ApplicationScoped
public class AccountCheck {
  private final Seals seals;
  private final Transactions transactions;
  private final Environments environments;

  AccountCheck(Seals seals, Transactions transactions, Environments environments) {
    this.seals = seals;
    this.transactions = transactions;
    this.environments = environments;
  }

  /** Whether people can have accounts at a venue of this id here. */
  public boolean knows(String venue) {
    return environments.venue(venue).isPresent();
  }

  /** Whether the venue knows the connection's account by this uid. */
  public boolean isOf(Link link, String uid) {
    AccountName account = AccountName.of(seals, link.venue(), link.environment(), uid);
    // Asked for each row of a file: nearly always the id alone tells.
    return account.publicId().equals(link.publicId())
        || transactions.as(link.tenant(), tx -> account.isOf(tx, link));
  }

  /**
   * Says that a connection that came from elsewhere stands for the account of a uid; false when the
   * tenant has a connection for it.
   */
  public boolean claim(
      TenantTx tx, String venue, String environment, String uid, long holder, long connection)
      throws SQLException {
    byte[] account = AccountName.of(seals, venue, environment, uid).digest();
    return ConnectionStore.claim(tx, venue, account, holder, connection);
  }
}

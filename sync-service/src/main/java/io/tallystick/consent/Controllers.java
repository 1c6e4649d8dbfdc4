package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Who answers for the data: the tenant, as far as the operator said more than its name. */
@ApplicationScoped
public class Controllers {
  private final ControllerSettings settings;

  Controllers(ControllerSettings settings) {
    this.settings = settings;
  }

  /** Who answers for the data; what the operator did not say is null. */
  public record Controller(
      String name,
      @Nullable String contact,
      @Nullable String storage,
      @Nullable String transfers) {}

  /** The controller of the transaction's tenant. */
  public Controller of(TenantTx tx) throws SQLException {
    return new Controller(
        ReceiptStore.tenantName(tx),
        settings.contact().orElse(null),
        settings.storage().orElse(null),
        settings.transfers().orElse(null));
  }
}

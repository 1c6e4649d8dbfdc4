package io.tallystick.connection;

import io.tallystick.vault.Seals;
import jakarta.enterprise.context.ApplicationScoped;

/** Says whether something is of the account that a connection stands for. */
@ApplicationScoped
public class AccountCheck {
  private final Seals seals;

  AccountCheck(Seals seals) {
    this.seals = seals;
  }

  /** Whether the venue knows the connection's account by this uid. */
  public boolean isOf(Link link, String uid) {
    return AccountName.of(seals, link.venue(), link.environment(), uid)
        .publicId()
        .equals(link.publicId());
  }
}

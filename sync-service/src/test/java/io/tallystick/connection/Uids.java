package io.tallystick.connection;

import io.tallystick.egress.Environments;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.Seals;
import io.tallystick.venue.Venue;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;

/** The names that accounts get from their uids. */
public final class Uids {
  private Uids() {}

  /** The public id of the connection to the account of this uid. */
  public static UUID publicId(Seals seals, String uid) {
    return AccountName.of(seals, "binance", "sandbox", uid).publicId();
  }

  /** Who tells accounts apart at an installation beside the running one. */
  public static AccountCheck check(Seals seals, Transactions transactions) {
    List<Venue> venues =
        ServiceLoader.load(Venue.class).stream().map(ServiceLoader.Provider::get).toList();
    return new AccountCheck(seals, transactions, new Environments(venues, Map.of()));
  }
}

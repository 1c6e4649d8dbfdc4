package io.tallystick.connection;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.Seals;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A venue account without its uid: a digest of venue, environment and uid under an installation
 * key. A uid is a short number, so a plain digest of it could be guessed.
 */
record AccountName(byte[] digest) {
  private static final String PURPOSE = "venue-account";

  static AccountName of(Seals seals, String venue, String environment, String uid) {
    return new AccountName(seals.mac(PURPOSE, Frame.of(venue, environment, uid)));
  }

  /** The connection's public id: the same for every tenant, key and rebuild. */
  UUID publicId() {
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /**
   * Whether this is the account that a connection stands for. A connection that came with a holder
   * from another installation keeps the public id that it had there.
   */
  boolean isOf(TenantTx tx, Link link) throws SQLException {
    return publicId().equals(link.publicId()) || ConnectionStore.standsFor(tx, link, digest);
  }

  /** The connection's key under a holder. */
  long connection(long holder) {
    return Digests.key63(holder, publicId());
  }

  @Override
  public String toString() {
    return "account " + publicId();
  }
}

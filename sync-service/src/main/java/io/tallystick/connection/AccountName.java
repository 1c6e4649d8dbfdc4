package io.tallystick.connection;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.vault.Seals;
import java.nio.ByteBuffer;
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

  /** The connection's key under a holder. */
  long connection(long holder) {
    return Digests.key63(holder, publicId());
  }

  @Override
  public String toString() {
    return "account " + publicId();
  }
}

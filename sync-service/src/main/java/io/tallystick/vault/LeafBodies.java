package io.tallystick.vault;

import io.tallystick.access.BodySealer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Seals bodies of the access log under the key of the holder they are about. Of a holder who was
 * erased more is written yet (that somebody looked at what is left): such bodies are sealed under
 * the house's own key and begin with a byte that no other sealed bytes begin with.
 */
final class LeafBodies implements BodySealer {
  private static final String PURPOSE = "access-leaf";
  private static final long HOUSE = 0;
  // Tink's own first byte is 1.
  private static final byte HOUSE_MARK = 0;

  private final Seals seals;

  LeafBodies(Seals seals) {
    this.seals = seals;
  }

  @Override
  public byte[] seal(long tenant, long holder, UUID leaf, byte[] body) {
    try {
      return seals.seal(holder, RetentionClass.ACCESS, body, tenant, leaf, PURPOSE);
    } catch (Unopenable closed) {
      if (closed.reason() != Unopenable.Reason.KEY_DESTROYED) {
        throw closed;
      }
      byte[] sealed = seals.seal(HOUSE, RetentionClass.ACCESS, body, tenant, leaf, holder, PURPOSE);
      return ByteBuffer.allocate(1 + sealed.length).put(HOUSE_MARK).put(sealed).array();
    }
  }

  @Override
  public byte @Nullable [] open(long tenant, long holder, UUID leaf, byte[] sealed) {
    try {
      return opened(tenant, holder, leaf, sealed);
    } catch (Unopenable closed) {
      if (closed.reason() == Unopenable.Reason.STORE_UNAVAILABLE) {
        throw closed;
      }
      throw new Closed(closed.reason().sentence());
    }
  }

  private byte @Nullable [] opened(long tenant, long holder, UUID leaf, byte[] sealed) {
    if (sealed.length > 0 && sealed[0] == HOUSE_MARK) {
      byte[] inner = Arrays.copyOfRange(sealed, 1, sealed.length);
      return seals.open(HOUSE, RetentionClass.ACCESS, inner, tenant, leaf, holder, PURPOSE).bytes();
    }
    return seals
        .open(holder, RetentionClass.ACCESS, sealed, tenant, leaf, PURPOSE)
        .unlessDestroyed();
  }
}

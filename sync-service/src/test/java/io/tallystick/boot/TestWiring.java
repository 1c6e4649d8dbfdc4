package io.tallystick.boot;

import io.quarkus.arc.DefaultBean;
import io.tallystick.access.BodySealer;
import io.tallystick.consent.HolderSeal;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Pace;
import io.tallystick.web.CursorKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Stand-ins for what the vault and the launcher provide; used only where nothing else does. */
@ApplicationScoped
class TestWiring {
  private static final byte[] KEY = "a key for tests only".getBytes(StandardCharsets.UTF_8);

  @Produces
  @DefaultBean
  @Singleton
  Pace pace() {
    return Pace.SYSTEM;
  }

  @Produces
  @DefaultBean
  @Singleton
  RandomGenerator random() {
    return new SecureRandom();
  }

  @Produces
  @DefaultBean
  @Singleton
  CursorKey cursorKey() {
    return content -> Digests.hmac(KEY, content);
  }

  @Produces
  @DefaultBean
  @Singleton
  BodySealer bodySealer() {
    return new BodySealer() {
      @Override
      public byte[] seal(long tenant, long holder, UUID leaf, byte[] body) {
        return bound(body, tenant, holder, leaf);
      }

      @Override
      public byte[] open(long tenant, long holder, UUID leaf, byte[] sealed) {
        return unbound(sealed, tenant, holder, leaf);
      }
    };
  }

  @Produces
  @DefaultBean
  @Singleton
  HolderSeal holderSeal() {
    return new HolderSeal() {
      @Override
      public byte[] digest(long tenant, String reference) {
        return Digests.hmac(KEY, Frame.of(tenant, reference));
      }

      @Override
      public byte[] seal(long tenant, long holder, long row, Field field, byte[] plain) {
        return bound(plain, tenant, holder, row, field.name());
      }

      @Override
      public byte[] open(long tenant, long holder, long row, Field field, byte[] sealed) {
        return unbound(sealed, tenant, holder, row, field.name());
      }
    };
  }

  // Not secret, but bound to its place and not readable as text, like the real one.
  private static byte[] bound(byte[] plain, Object... context) {
    byte[] pad = Digests.hmac(KEY, Frame.of(context));
    ByteBuffer out = ByteBuffer.allocate(pad.length + plain.length).put(pad);
    for (int i = 0; i < plain.length; i++) {
      out.put((byte) (plain[i] ^ pad[i % pad.length]));
    }
    return out.array();
  }

  private static byte[] unbound(byte[] sealed, Object... context) {
    byte[] pad = Digests.hmac(KEY, Frame.of(context));
    if (!Arrays.equals(pad, 0, pad.length, sealed, 0, pad.length)) {
      throw new IllegalArgumentException("sealed elsewhere");
    }
    byte[] plain = Arrays.copyOfRange(sealed, pad.length, sealed.length);
    for (int i = 0; i < plain.length; i++) {
      plain[i] ^= pad[i % pad.length];
    }
    return plain;
  }
}

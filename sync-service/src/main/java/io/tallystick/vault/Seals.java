package io.tallystick.vault;

import io.tallystick.kernel.Frame;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seals bytes under the key of a holder's retention class, and makes keyed digests. What is sealed
 * for one row opens for no other: the context (tenant, row id, purpose) is bound to it.
 */
public final class Seals {
  /** What rows write into their {@code format} column; bound to the sealed bytes too. */
  public static final int FORMAT = 1;

  private static final Logger LOG = Logger.getLogger("io.tallystick.vault.security");

  private final KeyStore keys;

  /** Seals with keys of this store. */
  public Seals(KeyStore keys) {
    this.keys = keys;
  }

  /**
   * Seals (AES-256-GCM); makes the key when the holder has none of the class.
   *
   * @param context what the bytes belong to, in an order of the caller's: tenant, row id, purpose;
   *     of the types that {@link Frame} takes
   * @throws Unopenable when the key was destroyed or the store is not available
   */
  public byte[] seal(
      long holder, RetentionClass retention, byte[] plain, @Nullable Object... context) {
    return keys.obtain(KeyName.holder(holder, retention))
        .seal(plain, associated(holder, retention, context));
  }

  /** Opens what {@link #seal} made for exactly this holder, class and context. */
  public Opened open(
      long holder, RetentionClass retention, byte[] sealed, @Nullable Object... context) {
    KeyName name = KeyName.holder(holder, retention);
    byte[] associated = associated(holder, retention, context);
    try {
      return new Opened.Plain(opened(name, sealed, associated));
    } catch (Unopenable e) {
      return new Opened.Closed(e);
    } catch (GeneralSecurityException e) {
      // Moved or altered bytes are somebody's doing: worth an operator's look, never the content.
      LOG.warnf("sealed bytes do not open keys=%s length=%d", name, sealed.length);
      return new Opened.Closed(new Unopenable(Unopenable.Reason.TAMPERED, name));
    }
  }

  // Another process may have rotated the keys within the last second and sealed by the new one.
  private byte[] opened(KeyName name, byte[] sealed, byte[] associated)
      throws GeneralSecurityException {
    Keys known = keys.existing(name);
    try {
      return known.open(sealed, associated);
    } catch (GeneralSecurityException e) {
      Keys now = keys.existingNow(name);
      if (!now.since().isAfter(known.since())) {
        throw e;
      }
      return now.open(sealed, associated);
    }
  }

  /**
   * A keyed digest (HMAC-SHA-256, 32 bytes) under the holder's class: equal content has equal
   * digests, and none can be guessed at without the key. Frame several fields with {@link Frame}.
   */
  public byte[] mac(long holder, RetentionClass retention, byte[] content) {
    return keys.obtain(KeyName.holder(holder, retention)).mac(content);
  }

  /** A keyed digest (32 bytes) under the installation's key for a purpose, across holders. */
  public byte[] mac(String purpose, byte[] content) {
    return keys.obtain(KeyName.installation(purpose)).mac(content);
  }

  /** The keys of a holder's class, at hand for the many rows of one page. */
  public Hand hand(long holder, RetentionClass retention) {
    return new Hand(keys.obtain(KeyName.holder(holder, retention)), holder, retention);
  }

  /**
   * What {@link #seal} and {@link #mac} do, for the rows of one page: the keys are looked up once.
   * Kept no longer than the page's transaction, so that a destruction takes effect with the next.
   */
  public static final class Hand {
    private final Keys keys;
    private final long holder;
    private final RetentionClass retention;

    private Hand(Keys keys, long holder, RetentionClass retention) {
      this.keys = keys;
      this.holder = holder;
      this.retention = retention;
    }

    /** Seals bytes for one row; see {@link Seals#seal}. */
    public byte[] seal(byte[] plain, @Nullable Object... context) {
      return keys.seal(plain, associated(holder, retention, context));
    }

    /** A keyed digest (32 bytes); see {@link Seals#mac}. */
    public byte[] mac(byte[] content) {
      return keys.mac(content);
    }
  }

  /**
   * The key (32 bytes) of the digests of a holder's class: for his own export, by which his records
   * keep their names elsewhere, and for nothing else. Throws {@link Unopenable} without one.
   */
  public byte[] digestKey(long holder, RetentionClass retention) {
    return keys.existing(KeyName.holder(holder, retention)).digestKey();
  }

  /** Makes a holder's class with a digest key that came from elsewhere; see {@link KeyStore}. */
  public void adopt(long holder, RetentionClass retention, byte[] digestKey) {
    keys.adopt(KeyName.holder(holder, retention), digestKey);
  }

  /** Gives keys in use since before an instant a successor; see {@link KeyStore#rotate}. */
  public int rotate(Instant before) {
    return keys.rotate(before);
  }

  /** Destroys a holder's class: whatever was sealed under it stays closed for ever, everywhere. */
  public void destroy(long holder, RetentionClass retention) {
    keys.destroy(KeyName.holder(holder, retention));
  }

  /** Lets a holder whose class was destroyed begin anew; see {@link KeyStore#renew}. */
  public void renew(long holder, RetentionClass retention) {
    keys.renew(KeyName.holder(holder, retention));
  }

  private static byte[] associated(
      long holder, RetentionClass retention, @Nullable Object... context) {
    return Frame.of("tallystick/seal", FORMAT, holder, retention.code(), Frame.of(context));
  }
}

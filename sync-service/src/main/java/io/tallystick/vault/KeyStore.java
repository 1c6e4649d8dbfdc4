package io.tallystick.vault;

import java.time.Instant;

/**
 * Holds random keys by name, outside the database and its backups. A destroyed name stays
 * destroyed: bytes that were in flight cannot bring a key of that name back by being sealed.
 *
 * <p>Every method throws {@link Unopenable} when it cannot do its work.
 */
public interface KeyStore {
  /** The keys of this name, made when there were none; of two makers at once one wins. */
  Keys obtain(KeyName name);

  /** The keys of this name; never makes any. */
  Keys existing(KeyName name);

  /** Destroys the keys of this name for ever and remembers that; a second time changes nothing. */
  void destroy(KeyName name);

  /**
   * Makes keys of this name with a digest key that came from elsewhere, so that records are known
   * by the names that they had there. Throws {@link IllegalStateException} when the name has keys.
   *
   * @param digestKey 32 bytes
   */
  void adopt(KeyName name, byte[] digestKey);

  /**
   * Gives every name whose content key is in use since before an instant a new one, while the keys
   * are in use; what was sealed before opens as ever. Cut off, it goes on where it is called again;
   * two at once do no harm.
   *
   * @return how many names got one
   */
  int rotate(Instant before);

  /** Like {@link #existing}, looked up anew: another process may just have rotated them. */
  Keys existingNow(KeyName name);

  /**
   * Allows new keys under a destroyed name, for a holder who comes back. What was sealed before
   * stays closed. Nothing when the name is not destroyed.
   */
  void renew(KeyName name);
}

package io.tallystick.vault;

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
   * Allows new keys under a destroyed name, for a holder who comes back. What was sealed before
   * stays closed. Nothing when the name is not destroyed.
   */
  void renew(KeyName name);
}

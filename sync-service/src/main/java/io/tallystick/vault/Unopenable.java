package io.tallystick.vault;

/**
 * Sealed bytes cannot be opened, or nothing can be sealed, for a reason that is worth telling
 * apart. Carries neither content nor key, and no cause whose message might.
 */
public final class Unopenable extends RuntimeException {
  private final Reason reason;

  /** Why it does not open. */
  public enum Reason {
    /** The key was destroyed, by an erasure or a withdrawal; nothing brings it back. */
    KEY_DESTROYED("the key was destroyed"),
    /** There never was a key of this name here: a restored database with a foreign key store. */
    KEY_MISSING("the key store has no such key"),
    /** Altered bytes, or bytes of another row, tenant, holder, class or purpose. */
    TAMPERED("the sealed bytes do not belong here or were altered"),
    /** The key file does not open: another master key, or a damaged file. */
    MASTER_KEY("the master key does not open the key file, or the file is damaged"),
    /** The key store cannot be read or written now. */
    STORE_UNAVAILABLE("the key store is not available");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** In words that name neither key nor row. */
    String sentence() {
      return sentence;
    }
  }

  /** A refusal about the keys of this name. */
  public Unopenable(Reason reason, KeyName name) {
    super(reason.sentence + ": " + name);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}

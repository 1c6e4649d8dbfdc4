package io.tallystick.connection;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a connection stands, and what its holder or the tenant's owner does about it. */
public enum ConnectionState {
  /** Pulls run. */
  ACTIVE("Nothing to do: the account is read as planned."),
  /** The venue or the budget asked for patience. */
  WAITING("Nothing to do: reading goes on by itself at waiting_until."),
  /** The venue refused the key, not yet often enough to be believed. */
  KEY_DOUBTED(
      "Nothing to do yet: the key is tried again by itself. If it was deleted, or its address list"
          + " changed, give a new key now."),
  /** The venue refused the key again and again. */
  KEY_REJECTED(
      "Check at the venue that the key still exists, may read and allows our address; then ask for a"
          + " rights check, or give a new key for the same account."),
  /** The key can do more than read. */
  RIGHTS_WIDENED(
      "Switch off the rights named in state_reason at the venue, then ask for a rights check."),
  /** No active consent covers the connection. */
  CONSENT_MISSING(
      "Ask the holder for a new consent, put the connection under it, and give a key again if the"
          + " old one was destroyed."),
  /** It was read whole under a consent for one reading; its key was destroyed then. */
  READ_ONCE(
      "Nothing to do: the consent was for one reading, which is done, and the key was destroyed."
          + " What was read stays readable until the consent ends. To read again, ask the holder"
          + " for a new consent, put the connection under it, and give a key."),
  /** The venue cannot be reached. */
  VENUE_DOWN("Nothing to do: the venue is tried again by itself."),
  /** The venue refuses the place the service runs at. */
  REGION_REFUSED(
      "Run the service from a place the venue serves; then ask for a rights check. Files exported at"
          + " the venue can be imported meanwhile.");

  /** Why a connection is without an active consent that is only paused. */
  static final String PAUSED = "consent-paused";

  private static final String RESUME =
      "Ask the holder to resume the consent, which is paused: the key is kept, and reading goes on"
          + " by itself then.";

  private final String nextStep;

  ConnectionState(String nextStep) {
    this.nextStep = nextStep;
  }

  /** The name in the API, the log and the database: lower case, hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * One sentence for the holder or the owner.
   *
   * @param reason why the connection is in this state, as far as it was told
   */
  public String nextStep(@Nullable String reason) {
    return this == CONSENT_MISSING && PAUSED.equals(reason) ? RESUME : nextStep;
  }

  /**
   * Whether a run may start, which then reads the key's rights before anything else. False where
   * only a person's act can help.
   */
  public boolean mayPull() {
    return switch (this) {
      case ACTIVE, WAITING, KEY_DOUBTED, VENUE_DOWN -> true;
      case KEY_REJECTED, RIGHTS_WIDENED, CONSENT_MISSING, READ_ONCE, REGION_REFUSED -> false;
    };
  }

  /** The state of this code; throws on a text that was never one, which is a damaged row. */
  static ConnectionState of(String code) {
    for (ConnectionState state : values()) {
      if (state.code().equals(code)) {
        return state;
      }
    }
    throw new IllegalStateException("a connection is in an unknown state");
  }
}

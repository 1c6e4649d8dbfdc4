package io.tallystick.consent;

import io.tallystick.access.Leaf;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be done to a consent, and from which states it can be done. */
public enum ConsentStep {
  /** The holder gives what he was asked for. */
  GRANT(ConsentState.ACTIVE, Leaf.Kind.CONSENT_GRANTED),
  /** The holder does not give what he was asked for. */
  REFUSE(ConsentState.REFUSED, Leaf.Kind.CONSENT_REFUSED),
  /** Nothing is pulled or read until it is resumed; the key is kept. */
  PAUSE(ConsentState.PAUSED, Leaf.Kind.CONSENT_PAUSED),
  /** Stands as it stood; whoever asks for that from time to time has it for another while. */
  CONFIRM(ConsentState.ACTIVE, Leaf.Kind.CONSENT_CONFIRMED),
  /** Goes on as before. */
  RESUME(ConsentState.ACTIVE, Leaf.Kind.CONSENT_RESUMED),
  /** The holder takes it back. */
  WITHDRAW(ConsentState.WITHDRAWN, Leaf.Kind.CONSENT_WITHDRAWN),
  /** The tenant or the operator ends it. */
  REVOKE(ConsentState.REVOKED, Leaf.Kind.CONSENT_REVOKED),
  /** It is found never to have been valid: the wrong person, the wrong words. */
  INVALIDATE(ConsentState.INVALIDATED, Leaf.Kind.CONSENT_INVALIDATED),
  /** Its time came. */
  EXPIRE(ConsentState.EXPIRED, Leaf.Kind.CONSENT_EXPIRED),
  /** A new version takes its place. */
  REPLACE(ConsentState.SUPERSEDED, Leaf.Kind.CONSENT_AMENDED);

  private final ConsentState target;
  private final Leaf.Kind leaf;

  ConsentStep(ConsentState target, Leaf.Kind leaf) {
    this.target = target;
    this.leaf = leaf;
  }

  /** The state it leads to. */
  ConsentState target() {
    return target;
  }

  /** The kind of leaf that tells of it. */
  Leaf.Kind leaf() {
    return leaf;
  }

  /** Whether it can be done to a consent in this state. */
  boolean allowedFrom(ConsentState state) {
    return switch (this) {
      case GRANT, REFUSE -> state == ConsentState.REQUESTED;
      case PAUSE, CONFIRM -> state == ConsentState.ACTIVE;
      case RESUME -> state == ConsentState.PAUSED;
      case WITHDRAW, REVOKE, INVALIDATE, REPLACE -> state.mayEnd();
      case EXPIRE -> !state.isFinal();
    };
  }

  /** The name in requests and receipts: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The step of this name among those that a request may ask for; null when there is none. */
  static @Nullable ConsentStep asked(String code) {
    for (ConsentStep step : List.of(GRANT, REFUSE, CONFIRM, PAUSE, RESUME, REVOKE, INVALIDATE)) {
      if (step.code().equals(code)) {
        return step;
      }
    }
    return null;
  }
}

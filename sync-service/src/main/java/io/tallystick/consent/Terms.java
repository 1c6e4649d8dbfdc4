package io.tallystick.consent;

import io.tallystick.tenancy.Caller;
import io.tallystick.venue.Domain;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a consent allows, as it stood when it was read.
 *
 * @param earliest where the look-back begins
 * @param used whether it was for one reading, which is done
 */
record Terms(
    long consent,
    List<Long> recipients,
    List<String> purposes,
    List<String> domains,
    Instant earliest,
    ConsentState state,
    boolean used) {

  /** Why this consent does not allow a pull; null when it does. */
  @Nullable Refusal againstPull(Domain domain) {
    Refusal ended = ended();
    if (ended != null) {
      return ended;
    }
    if (used) {
      return Refusal.USED_UP;
    }
    return domains.contains(domain.code()) ? null : Refusal.WRONG_DOMAIN;
  }

  /** Why this consent does not allow the client to read; null when it does. */
  @Nullable Refusal againstRead(Caller caller, Domain domain) {
    // Whom it does not name learns nothing else about it.
    if (!recipients.contains(caller.client())) {
      return Refusal.NOT_A_RECIPIENT;
    }
    Refusal ended = ended();
    if (ended != null) {
      return ended;
    }
    if (!purposes.contains(caller.purpose())) {
      return Refusal.WRONG_PURPOSE;
    }
    return domains.contains(domain.code()) ? null : Refusal.WRONG_DOMAIN;
  }

  private @Nullable Refusal ended() {
    return switch (state) {
      case ACTIVE -> null;
      case REQUESTED -> Refusal.REQUESTED;
      case REFUSED -> Refusal.REFUSED;
      case PAUSED -> Refusal.PAUSED;
      case SUPERSEDED -> Refusal.SUPERSEDED;
      case EXPIRED -> Refusal.EXPIRED;
      case WITHDRAWN -> Refusal.WITHDRAWN;
      case REVOKED -> Refusal.REVOKED;
      case INVALIDATED -> Refusal.INVALIDATED;
    };
  }
}

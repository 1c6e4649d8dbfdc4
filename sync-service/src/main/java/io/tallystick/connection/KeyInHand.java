package io.tallystick.connection;

import io.tallystick.kernel.Secret;
import io.tallystick.venue.KeyKind;

/** A key as a request carries it. */
sealed interface KeyInHand {
  /** Key and secret half, both brought. */
  record Whole(KeyKind kind, Secret apiKey, Secret secret) implements KeyInHand {}

  /** The API key for a pair that waits here. */
  record ForOffer(long offer, Secret apiKey) implements KeyInHand {}
}

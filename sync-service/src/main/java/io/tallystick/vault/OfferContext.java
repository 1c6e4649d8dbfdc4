package io.tallystick.vault;

/** Where a key pair that waits for its API key belongs; bound to its sealed bytes. */
public record OfferContext(
    long tenant, long holder, long offer, long consent, String venue, String environment) {

  Object[] bound() {
    return new Object[] {tenant, offer, consent, venue, environment, "offer"};
  }
}

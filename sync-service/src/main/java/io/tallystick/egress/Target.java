package io.tallystick.egress;

import io.tallystick.vault.SealedCredential;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes, by name: a host cannot be said.
 *
 * @param venue the venue's id
 * @param environment the name of one of its environments
 * @param credential null for calls that need none
 */
public record Target(
    String venue, String environment, @Nullable SealedCredential credential, Priority priority) {

  /** A target for calls that need no credential. */
  public static Target open(String venue, String environment, Priority priority) {
    return new Target(venue, environment, null, priority);
  }

  /** The target that a credential is bound to. */
  public static Target of(SealedCredential credential, Priority priority) {
    return new Target(
        credential.context().venue(), credential.context().environment(), credential, priority);
  }

  /** Whether both go with the same key; false when either goes without. */
  public boolean sameKey(@Nullable Target other) {
    return credential != null
        && other != null
        && other.credential != null
        && credential.context().equals(other.credential.context());
  }

  /** Names the place whose clock and bans are shared: venue and environment. */
  String place() {
    return venue + "/" + environment;
  }
}

package io.tallystick.vault;

/**
 * Where a credential belongs; bound to its sealed bytes, so that they open nowhere else.
 *
 * @param version counts a connection's credentials from 1
 */
public record CredentialContext(
    long tenant,
    long holder,
    long connection,
    long credential,
    int version,
    String venue,
    String environment) {

  Object[] bound(String kind) {
    return new Object[] {
      tenant, connection, credential, version, venue, environment, "credential", kind
    };
  }
}

package io.tallystick.tenancy;

/**
 * A holder who acts himself, as his own link or session proved for this request.
 *
 * @param client the client through which he came
 * @param link the key of the link or session
 * @param session whether it is a session; a link opens one and does nothing else
 */
public record Person(long tenant, long holder, long client, long link, boolean session) {
  /** The identity attribute that carries the person. */
  static final String ATTRIBUTE = "tallystick.person";

  /** The role that routes for holders ask for. */
  public static final String ROLE = "holder";
}

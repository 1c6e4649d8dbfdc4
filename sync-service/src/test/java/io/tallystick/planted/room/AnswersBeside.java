package io.tallystick.planted.room;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;

/** A route in a class that does not say so. */
final class AnswersBeside {
  @GET
  @RolesAllowed("owner")
  public String answer() {
    return "from an unexpected place";
  }
}

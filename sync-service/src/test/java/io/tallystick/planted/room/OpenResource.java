package io.tallystick.planted.room;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;

/** A route for everybody, and two for nobody who exists. */
final class OpenResource {
  @GET
  public String answer() {
    return "to everybody";
  }

  @GET
  @RolesAllowed({})
  public String silence() {
    return "to nobody";
  }

  @GET
  @RolesAllowed("landlord")
  public String whisper() {
    return "to a stranger";
  }
}

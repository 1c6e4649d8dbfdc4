package io.tallystick.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A route that only tests have, to see what is answered when something breaks. */
@Path("/v1/trouble")
@RunOnVirtualThread
@PermitAll
public class TroubleResource {
  @GET
  @Operation(hidden = true)
  @Path("/{how}")
  @Produces(MediaType.APPLICATION_JSON)
  public String fail(@PathParam("how") String how) throws Throwable {
    throw switch (how) {
      case "sql" ->
          new SQLException("ERROR: relation \"api_token\" in /var/lib/postgresql at 10.0.0.5");
      case "null" -> new NullPointerException("because io.tallystick.vault.Key.secret is null");
      case "wrapped" -> new IllegalStateException("outer", new SQLException("select * from x"));
      default -> new AssertionError("an error, not an exception");
    };
  }

  @POST
  @Operation(hidden = true)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public String size(@NotNull JsonNode body) {
    return "{\"size\": " + body.toString().length() + "}";
  }
}

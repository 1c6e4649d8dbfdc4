package io.tallystick.portability;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.portability.Exports.Departure;
import io.tallystick.tenancy.CurrentPerson;
import io.tallystick.tenancy.Person;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Gives a holder all that is kept of him. */
@Path("/v1/self/export")
@RunOnVirtualThread
@Tag(name = "Holder himself")
public class SelfExportResource {
  private static final String ROUTE = "GET /v1/self/export";

  private final Exports exports;
  private final CurrentPerson current;

  SelfExportResource(Exports exports, CurrentPerson current) {
    this.exports = exports;
    this.current = current;
  }

  /** The archive. */
  @GET
  @Produces(ExportResource.ZIP)
  @RolesAllowed(Person.ROLE)
  @Operation(
      operationId = "exportSelf",
      summary = "Export all that is kept of oneself",
      description = "The same archive that the tenant can export of a holder.")
  @APIResponse(
      responseCode = "200",
      description = "The archive.",
      content =
          @Content(
              mediaType = ExportResource.ZIP,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "409", description = "The holder was erased.")
  public RestResponse<StreamingOutput> export() {
    Person person = current.get();
    Departure departure =
        exports.begin(
            person.tenant(),
            person.holder(),
            person.client(),
            Map.of("route", ROUTE, "by", Person.ROLE));
    return ExportResource.sent(exports, departure);
  }
}

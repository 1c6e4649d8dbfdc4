package io.tallystick.portability;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.PublicIds;
import io.tallystick.portability.Exports.Departure;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** Gives out all that is kept of a holder. */
@Path("/v1/holders/{holder}/export")
@RunOnVirtualThread
@Tag(name = "Portability")
public class ExportResource {
  /** What an archive is sent as. */
  static final String ZIP = "application/zip";

  private static final String ROUTE = "GET /v1/holders/{holder}/export";

  private final Exports exports;
  private final CurrentCaller current;

  ExportResource(Exports exports, CurrentCaller current) {
    this.exports = exports;
    this.current = current;
  }

  /** The archive. */
  @GET
  @Produces(ZIP)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "exportHolder",
      summary = "Export all that is kept of a holder",
      description =
          "A zip archive of JSON and CSV: consents with receipts, connections without any secret,"
              + " raw records and files, entries and postings, declarations, gaps, and the access"
              + " log with its proofs. Another instance takes it in.")
  @APIResponse(
      responseCode = "200",
      description = "The archive.",
      content =
          @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "409", description = "The holder was erased.")
  public RestResponse<StreamingOutput> export(@PathParam("holder") String holder) {
    Caller caller = current.get();
    long id = PublicIds.orNotFound(PublicIds.holder(holder));
    Departure departure =
        exports.begin(caller.tenant(), id, caller.client(), Map.of("route", ROUTE));
    return sent(exports, departure);
  }

  /** The answer that writes an archive. */
  static RestResponse<StreamingOutput> sent(Exports exports, Departure departure) {
    return RestResponse.ResponseBuilder.<StreamingOutput>ok(out -> exports.write(departure, out))
        .header("content-disposition", "attachment; filename=\"" + departure.fileName() + "\"")
        .build();
  }
}

package io.tallystick.portability;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.web.FrontDoor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Takes in holders who come from another instance. */
@Path("/v1/arrivals")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Portability")
public class ArrivalsResource {
  private final Arrivals arrivals;
  private final CurrentCaller current;

  ArrivalsResource(Arrivals arrivals, CurrentCaller current) {
    this.arrivals = arrivals;
    this.current = current;
  }

  /** A ledger that was taken in. */
  @Schema(name = "ArrivedLedger", description = "A connection that came, with its ledger's hash.")
  public record ArrivedLedgerView(
      String connection, @Schema(pattern = "^[0-9a-f]{64}$") String hash) {}

  /** A holder who arrived. */
  @Schema(name = "Arrival", description = "A holder who came from another instance.")
  public record ArrivalView(
      String holder,
      @Schema(description = "His connections; each waits for a new consent and a new key.")
          List<ArrivedLedgerView> ledgers,
      @Schema(description = "How many rows came with him.") long rows) {}

  /** Takes an archive in. */
  @POST
  @Consumes(ExportResource.ZIP)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "takeInHolder",
      summary = "Take in a holder who was exported elsewhere",
      description =
          "All of the archive or nothing: its manifest is signed, lists the digest of every file"
              + " and states the hash that each ledger must come to. Consents that were in force"
              + " end, for they named clients of the other instance.")
  @APIResponse(
      responseCode = "201",
      description = "The holder, known by the same reference.",
      content = @Content(schema = @Schema(implementation = ArrivalView.class)))
  @APIResponse(responseCode = "409", description = "The person or an account is known here.")
  public RestResponse<ArrivalView> take(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = ExportResource.ZIP,
                      schema = @Schema(type = SchemaType.STRING, format = "binary")))
          InputStream archive)
      throws IOException {
    Caller caller = current.get();
    // Under a name like those of files that are imported: what a killed process leaves behind goes
    // with theirs, an hour later.
    java.nio.file.Path file = Files.createTempFile("tallystick-import-arrival", ".part");
    try {
      lay(archive, file);
      Arrivals.Arrived arrived = arrivals.take(caller, file);
      ArrivalView view =
          new ArrivalView(
              PublicIds.holder(arrived.holder()),
              arrived.ledgers().stream()
                  .map(one ->
                      new ArrivedLedgerView(
                          PublicIds.connection(arrived.holder(), Long.parseLong(one.connection())),
                          one.hash()))
                  .toList(),
              arrived.rows());
      return RestResponse.status(RestResponse.Status.CREATED, view);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void lay(InputStream archive, java.nio.file.Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = FrontDoor.MAX_UPLOAD;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = archive.read(buffer); read >= 0; read = archive.read(buffer)) {
        left -= read;
        if (left < 0) {
          throw new Problem(
                  Problem.Kind.TOO_LARGE,
                  "An archive may have at most " + FrontDoor.MAX_UPLOAD + " bytes.")
              .with("max_bytes", FrontDoor.MAX_UPLOAD);
        }
        out.write(buffer, 0, read);
      }
    }
  }
}

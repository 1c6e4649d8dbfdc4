package io.tallystick.report;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.Problem;
import io.tallystick.report.journal.Journal;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The books as journals for hledger, ledger and beancount. */
@Path("/v1/journals")
@RunOnVirtualThread
@Tag(name = "Reports")
public class JournalsResource {
  private final Reports reports;
  private final CurrentCaller current;

  JournalsResource(Reports reports, CurrentCaller current) {
    this.reports = reports;
    this.current = current;
  }

  /** A journal of everything of a holder that is open to the client. */
  @GET
  @Path("{syntax}")
  @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(operationId = "getJournal", summary = "Read the books as a plain-text journal")
  @APIResponse(
      responseCode = "200",
      description = "The journal.",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(implementation = String.class)))
  public String journal(
      @PathParam("syntax")
          @Parameter(
              schema =
                  @Schema(
                      implementation = String.class,
                      enumeration = {"hledger", "ledger", "beancount"}))
          String name,
      @QueryParam("holder") @Parameter(description = "Whose books; needed.")
          @Nullable String holder) {
    Journal.Syntax syntax = Journal.Syntax.of(name);
    if (syntax == null) {
      throw Problem.invalid("syntax", "Write one of: hledger, ledger, beancount.");
    }
    if (holder == null) {
      throw Problem.invalid("holder", "Name a holder.");
    }
    return Journal.write(
        syntax, reports.posted(current.get(), "GET /v1/journals/{syntax}", holder));
  }
}

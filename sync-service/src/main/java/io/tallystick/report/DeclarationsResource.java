package io.tallystick.report;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.Problem;
import io.tallystick.report.DeclarationViews.DeclarationRequest;
import io.tallystick.report.DeclarationViews.DeclarationView;
import io.tallystick.report.DeclarationViews.FileRequest;
import io.tallystick.report.DeclarationViews.FileView;
import io.tallystick.report.ReportLines.DeclarationLine;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What people state beside the evidence. */
@Path("/v1/declarations")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class DeclarationsResource {
  private final Declarations declarations;
  private final CurrentCaller current;

  DeclarationsResource(Declarations declarations, CurrentCaller current) {
    this.declarations = declarations;
    this.current = current;
  }

  /** Records one. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(operationId = "declare", summary = "Declare something about an entry")
  @APIResponse(
      responseCode = "201",
      description = "The declaration stands.",
      content = @Content(schema = @Schema(implementation = DeclarationView.class)))
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public RestResponse<DeclarationView> declare(@NotNull @Valid DeclarationRequest request) {
    List<DeclarationView> made =
        declarations.declare(
            current.get(), "POST /v1/declarations", request.holder(), List.of(request));
    return RestResponse.status(RestResponse.Status.CREATED, made.getFirst());
  }

  /** All of a holder's. */
  @GET
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(operationId = "listDeclarations", summary = "List a holder's declarations")
  @APIResponse(responseCode = "200", description = "All of them, the first one first.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<DeclarationView> list(
      @QueryParam("holder") @Parameter(description = "Whose declarations; needed.")
          @Nullable String holder) {
    if (holder == null) {
      throw Problem.invalid("holder", "Name a holder.");
    }
    return Page.whole(declarations.list(current.get(), "GET /v1/declarations", holder));
  }

  /** The same list as a table: a line for each lot, which can be taken in again. */
  @GET
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(hidden = true)
  public Page<DeclarationLine> lines(@QueryParam("holder") @Nullable String holder) {
    return Page.whole(
        list(holder).items().stream().flatMap(one -> ReportLines.lines(one).stream()).toList());
  }

  /** Takes one back. */
  @POST
  @Path("{declaration}/reversal")
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(operationId = "reverseDeclaration", summary = "Take a declaration back")
  @APIResponse(
      responseCode = "201",
      description = "It is taken back.",
      content = @Content(schema = @Schema(implementation = DeclarationView.class)))
  @APIResponse(responseCode = "409", ref = "#/components/responses/Conflict")
  public RestResponse<DeclarationView> reverse(@PathParam("declaration") String id) {
    return RestResponse.status(
        RestResponse.Status.CREATED,
        declarations.reverse(current.get(), "POST /v1/declarations/{declaration}/reversal", id));
  }

  /** Records a table of them, all or none. */
  @POST
  @Path("table")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(operationId = "importDeclarations", summary = "Declare a table of things")
  @APIResponse(
      responseCode = "201",
      description = "All of them stand.",
      content = @Content(schema = @Schema(implementation = FileView.class)))
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public RestResponse<FileView> importTable(@NotNull @Valid FileRequest request) {
    List<DeclarationRequest> read = DeclarationTable.read(request.holder(), request.csv());
    List<DeclarationView> made =
        declarations.declare(current.get(), "POST /v1/declarations/table", request.holder(), read);
    return RestResponse.status(
        RestResponse.Status.CREATED,
        new FileView(read.size(), made.stream().map(DeclarationView::id).toList()));
  }
}

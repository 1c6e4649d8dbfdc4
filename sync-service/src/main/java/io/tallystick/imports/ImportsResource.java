package io.tallystick.imports;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.connection.Onlookers;
import io.tallystick.connection.Onlookers.Sight;
import io.tallystick.consent.Reads.Served;
import io.tallystick.imports.ImportRows.Spot;
import io.tallystick.imports.ImportStore.Place;
import io.tallystick.imports.ImportStore.Stored;
import io.tallystick.imports.ImportViews.ImportAnswersRequest;
import io.tallystick.imports.ImportViews.ImportRowView;
import io.tallystick.imports.ImportViews.ImportView;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.web.Csv;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Export files of a connection's account: bring one, watch it, take it in, take it back. */
@Path("/v1/connections/{connection}/imports")
@RunOnVirtualThread
@Tag(name = "Imports")
public class ImportsResource {
  private static final String ROUTE = "/v1/connections/{connection}/imports";
  private static final String ONE = ROUTE + "/{import}";

  private final Onlookers door;
  private final ImportDesk desk;
  private final Cursors cursors;
  private final CurrentCaller current;

  ImportsResource(Onlookers door, ImportDesk desk, Cursors cursors, CurrentCaller current) {
    this.door = door;
    this.desk = desk;
    this.cursors = cursors;
    this.current = current;
  }

  /** Brings a file. */
  @POST
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.TRACKER, Role.Names.ACCOUNTANT})
  @Operation(operationId = "createImport", summary = "Upload an export file of the account")
  @APIResponse(
      responseCode = "201",
      description = "The file is here; it is being read, or something must be answered first.",
      content = @Content(schema = @Schema(implementation = ImportView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The same file came before; here is that import.",
      content = @Content(schema = @Schema(implementation = ImportView.class)))
  public RestResponse<ImportView> bring(
      @PathParam("connection") String connection,
      @HeaderParam("x-file-name")
          @Parameter(
              description = "The file's own name, percent-encoded UTF-8.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 1024))
          @Nullable String name,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_OCTET_STREAM,
                      schema = @Schema(type = SchemaType.STRING, format = "binary")))
          InputStream file)
      throws IOException {
    Caller caller = current.get();
    Sight sight =
        door.look(caller, "POST " + ROUTE, connection, (tx, seen) -> new Served<>(seen, 0));
    Reception.Received received = desk.receive(sight, caller, name, file);
    ImportView view = desk.show(sight, received.batch().id());
    return received.earlier()
        ? RestResponse.ok(view)
        : RestResponse.status(RestResponse.Status.CREATED, view);
  }

  /** Imports, the newest first. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.OPERATOR,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT,
    Role.Names.COMPLIANCE
  })
  @Operation(operationId = "listImports", summary = "List a connection's imports, newest first")
  @APIResponse(responseCode = "200", description = "A page of imports.")
  public Page<ImportView> list(
      @PathParam("connection") String connection, @BeanParam PageRequest page) {
    Caller caller = current.get();
    String route = "GET " + ROUTE;
    int limit = page.limit();
    Cursors.Scope scope = Cursors.Scope.of(caller.tenant(), route, connection);
    List<String> at = cursors.read(scope, page.cursor());
    Place before =
        at.isEmpty()
            ? null
            : new Place(Instant.parse(at.getFirst()), UUID.fromString(at.getLast()));
    return door.look(
        caller,
        route,
        connection,
        (tx, sight) ->
            Served.page(
                Page.cut(
                    ImportStore.list(tx, sight.link(), sight.domains(), before, limit + 1),
                    limit,
                    (Stored row) -> desk.view(tx, sight, row),
                    row -> List.of(row.createdAt().toString(), row.id().toString()),
                    position -> cursors.write(scope, position))));
  }

  /** One import. */
  @GET
  @Path("/{import}")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.OPERATOR,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT,
    Role.Names.COMPLIANCE
  })
  @Operation(operationId = "getImport", summary = "Read one import")
  @APIResponse(responseCode = "200", description = "The import.")
  public ImportView one(
      @PathParam("connection") String connection, @PathParam("import") String batch) {
    return door.look(
        current.get(),
        "GET " + ONE,
        connection,
        (tx, sight) -> new Served<>(desk.show(tx, sight, id(sight, batch)), 1));
  }

  /** Rows that need a person's eye, in the order of the file. */
  @GET
  @Path("/{import}/rows")
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.OPERATOR,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT,
    Role.Names.COMPLIANCE
  })
  @Operation(
      operationId = "listImportRows",
      summary = "List the rows of an import that need a person's eye")
  @APIResponse(responseCode = "200", description = "A page of rows, in the order of the file.")
  public Page<ImportRowView> rows(
      @PathParam("connection") String connection,
      @PathParam("import") String batch,
      @BeanParam PageRequest page) {
    Caller caller = current.get();
    String route = "GET " + ONE + "/rows";
    int limit = page.limit();
    Cursors.Scope scope = Cursors.Scope.of(caller.tenant(), route, connection, batch);
    List<String> at = cursors.read(scope, page.cursor());
    Spot after =
        at.isEmpty()
            ? Spot.BEFORE_ALL
            : new Spot(Integer.parseInt(at.getFirst()), Long.parseLong(at.getLast()));
    return door.look(
        caller,
        route,
        connection,
        (tx, sight) ->
            Served.page(
                Page.cut(
                    ImportRows.noted(tx, desk.batch(tx, sight, id(sight, batch)), after, limit + 1),
                    limit,
                    ImportRowView::of,
                    row -> List.of(Integer.toString(row.member()), Long.toString(row.line())),
                    position -> cursors.write(scope, position))));
  }

  /** Answers what was asked about a file. */
  @POST
  @Path("/{import}/answers")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.TRACKER, Role.Names.ACCOUNTANT})
  @Operation(operationId = "answerImport", summary = "Answer the questions about a file")
  @APIResponse(responseCode = "200", description = "The import, being read or asking on.")
  @APIResponse(responseCode = "409", ref = "#/components/responses/Conflict")
  public ImportView answer(
      @PathParam("connection") String connection,
      @PathParam("import") String batch,
      @NotNull @Valid ImportAnswersRequest answers)
      throws IOException {
    Sight sight = open("POST " + ONE + "/answers", connection);
    return desk.answer(sight, id(sight, batch), answers.byTopic());
  }

  /** Takes a checked file in. */
  @POST
  @Path("/{import}/commit")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.TRACKER, Role.Names.ACCOUNTANT})
  @Operation(operationId = "commitImport", summary = "Take a checked file into the books")
  @APIResponse(
      responseCode = "202",
      description = "The rows are being taken in.",
      content = @Content(schema = @Schema(implementation = ImportView.class)))
  @APIResponse(responseCode = "409", ref = "#/components/responses/Conflict")
  public RestResponse<ImportView> commit(
      @PathParam("connection") String connection, @PathParam("import") String batch) {
    Sight sight = open("POST " + ONE + "/commit", connection);
    return RestResponse.accepted(desk.commit(sight, id(sight, batch)));
  }

  /** Takes a file back, as if it had never come. */
  @DELETE
  @Path("/{import}")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.TRACKER, Role.Names.ACCOUNTANT})
  @Operation(operationId = "undoImport", summary = "Take an import back")
  @APIResponse(
      responseCode = "202",
      description = "The rows are being taken back, or nothing of them was in.",
      content = @Content(schema = @Schema(implementation = ImportView.class)))
  @APIResponse(responseCode = "409", ref = "#/components/responses/Conflict")
  public RestResponse<ImportView> undo(
      @PathParam("connection") String connection, @PathParam("import") String batch) {
    Sight sight = open("DELETE " + ONE, connection);
    return RestResponse.accepted(desk.undo(sight, id(sight, batch)));
  }

  private Sight open(String route, String connection) {
    return door.look(current.get(), route, connection, (tx, seen) -> new Served<>(seen, 0));
  }

  private static UUID id(Sight sight, String batch) {
    PublicIds.Timed id = PublicIds.orNotFound(PublicIds.imported(batch));
    return PublicIds.orNotFound(id.holder() == sight.link().holder() ? id.id() : null);
  }
}

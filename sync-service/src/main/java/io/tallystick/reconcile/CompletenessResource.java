package io.tallystick.reconcile;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.connection.Onlookers;
import io.tallystick.consent.Reads.Served;
import io.tallystick.reconcile.CompletenessViews.CompletenessLine;
import io.tallystick.reconcile.CompletenessViews.CompletenessView;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How complete a connection's records are. */
@Path("/v1/connections/{connection}/completeness")
@RunOnVirtualThread
@Tag(name = "Completeness")
public class CompletenessResource {
  private static final String ROUTE = "GET /v1/connections/{connection}/completeness";

  private final Onlookers onlookers;
  private final Assessment assessment;
  private final CurrentCaller current;

  CompletenessResource(Onlookers onlookers, Assessment assessment, CurrentCaller current) {
    this.onlookers = onlookers;
    this.assessment = assessment;
    this.current = current;
  }

  /** What is there, what is known to be missing, and what nobody can tell. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.ACCOUNTANT,
    Role.Names.TRACKER,
    Role.Names.COMPLIANCE,
    Role.Names.OPERATOR
  })
  @Operation(
      operationId = "getCompleteness",
      summary = "Say for each kind of record and period whether everything is there",
      description =
          "A period is complete only if all sources of the domain were read to their end, no gap is"
              + " open, derived and reported balances are the same to the last digit, and nothing"
              + " is left in suspense or opening. Trackers and accountants need a consent that"
              + " names them and see the domains it covers; other roles see every domain and no"
              + " amount. As text/csv: one line for each domain and period.")
  @APIResponse(
      responseCode = "200",
      description = "Every domain, with its periods; and every wallet.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CompletenessView.class)),
        @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(implementation = String.class))
      })
  public CompletenessView completeness(@PathParam("connection") String connection) {
    return read(connection);
  }

  /** The same as a table, for those who ask for one; others get JSON. */
  @GET
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.ACCOUNTANT,
    Role.Names.TRACKER,
    Role.Names.COMPLIANCE,
    Role.Names.OPERATOR
  })
  @Operation(hidden = true)
  public Page<CompletenessLine> lines(@PathParam("connection") String connection) {
    return Page.whole(CompletenessViews.lines(read(connection)));
  }

  private CompletenessView read(String connection) {
    return onlookers.look(
        current.get(),
        ROUTE,
        connection,
        (tx, sight) -> {
          CompletenessView view = assessment.of(tx, sight);
          return new Served<>(view, view.byDomain().size());
        });
  }
}

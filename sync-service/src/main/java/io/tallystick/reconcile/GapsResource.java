package io.tallystick.reconcile;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.connection.Onlookers;
import io.tallystick.consent.Reads.Served;
import io.tallystick.kernel.Problem;
import io.tallystick.reconcile.CompletenessRows.GapPosition;
import io.tallystick.reconcile.CompletenessViews.GapView;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.web.Csv;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What of a connection could not be read, and what would help. */
@Path("/v1/connections/{connection}/gaps")
@RunOnVirtualThread
@Tag(name = "Completeness")
public class GapsResource {
  private static final String ROUTE = "GET /v1/connections/{connection}/gaps";

  private final Onlookers onlookers;
  private final Cursors cursors;
  private final CurrentCaller current;

  GapsResource(Onlookers onlookers, Cursors cursors, CurrentCaller current) {
    this.onlookers = onlookers;
    this.cursors = cursors;
    this.current = current;
  }

  /** Gaps, the newest first. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.ACCOUNTANT,
    Role.Names.TRACKER,
    Role.Names.COMPLIANCE,
    Role.Names.OPERATOR
  })
  @Operation(
      operationId = "listGaps",
      summary = "List what of a connection could not be read, the newest first",
      description =
          "Trackers and accountants need a consent that names them and see the domains it covers.")
  @APIResponse(responseCode = "200", description = "A page of gaps.")
  public Page<GapView> list(
      @PathParam("connection") String connection,
      @QueryParam("state")
          @Parameter(
              description = "Only gaps that are open, or only those that were closed.",
              schema =
                  @Schema(
                      implementation = String.class,
                      enumeration = {"open", "closed"}))
          @Nullable String state,
      @BeanParam PageRequest page) {
    Caller caller = current.get();
    Boolean open = open(state);
    int limit = page.limit();
    Cursors.Scope scope = Cursors.Scope.of(caller.tenant(), ROUTE, connection, state);
    GapPosition after = GapPosition.of(cursors.read(scope, page.cursor()));
    return onlookers.look(
        caller,
        ROUTE,
        connection,
        (tx, sight) -> {
          long holder = sight.link().holder();
          long key = sight.link().id();
          List<GapRow> rows =
              CompletenessRows.gaps(
                  tx,
                  holder,
                  key,
                  sight.domains(),
                  open,
                  new CompletenessRows.Page(after, limit + 1));
          return Served.page(
              Page.cut(
                  rows,
                  limit,
                  row -> CompletenessViews.gap(holder, key, row),
                  row -> new GapPosition(row.openedAt(), row.id()).texts(),
                  position -> cursors.write(scope, position)));
        });
  }

  private static @Nullable Boolean open(@Nullable String state) {
    if (state == null) {
      return null;
    }
    if (!state.equals("open") && !state.equals("closed")) {
      throw Problem.invalid("state", "Write one of: open, closed.");
    }
    return state.equals("open");
  }
}

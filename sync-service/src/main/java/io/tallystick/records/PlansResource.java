package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.venue.Domain;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Plans of recurring buys, and when they buy next. */
@Path("/v1/plans")
@RunOnVirtualThread
@Tag(name = "Records")
public class PlansResource {
  private static final int FORESEEN = 5;

  private final Reads reads;
  private final CurrentCaller current;

  PlansResource(Reads reads, CurrentCaller current) {
    this.reads = reads;
    this.current = current;
  }

  /**
   * One plan.
   *
   * @param targetAsset the asset that is bought; {@code SEVERAL} for a plan over several
   * @param forecast when it buys next, as far as its cycle has a fixed length; empty when it is not
   *     active or the venue does not say
   */
  @Schema(name = "Plan", description = "A plan of recurring buys.")
  public record Plan(
      String connection,
      String reference,
      String status,
      boolean active,
      String sourceAsset,
      BigDecimal amount,
      String targetAsset,
      String cycle,
      List<Instant> forecast,
      Instant seenAt) {}

  /** All plans of a holder's connections. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listPlans",
      summary = "List plans of recurring buys with the instants of their next runs")
  @APIResponse(responseCode = "200", description = "All plans.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<Plan> list(
      @QueryParam("holder")
          @Parameter(description = "All connections of this holder that are open to the client.")
          @Nullable String holder,
      @QueryParam("connection")
          @Parameter(description = "One connection. This or a holder is needed.")
          @Nullable String connection) {
    return reads.read(
        current.get(),
        "GET /v1/plans",
        Whose.holderId(holder, connection),
        connection,
        Domain.AUTO_INVEST,
        (tx, permit) -> {
          List<Plan> plans = new ArrayList<>();
          for (ReadPermit.Covered covered : permit.connections()) {
            String id = PublicIds.connection(permit.holder(), covered.connection());
            for (PlanRows.Row row : PlanRows.of(tx, permit.holder(), covered.connection())) {
              plans.add(view(id, row));
            }
          }
          return new Reads.Served<>(Page.whole(plans), plans.size());
        });
  }

  private static Plan view(String connection, PlanRows.Row row) {
    List<Instant> forecast = new ArrayList<>();
    Instant next = row.next();
    for (int i = 0; row.active() && next != null && i < (row.hours() > 0 ? FORESEEN : 1); i++) {
      forecast.add(next.plus(Duration.ofHours((long) row.hours() * i)));
    }
    return new Plan(
        connection,
        row.reference(),
        row.status(),
        row.active(),
        row.source(),
        row.amount(),
        row.target(),
        row.cycle(),
        forecast,
        row.seenAt());
  }
}

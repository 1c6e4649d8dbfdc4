package io.tallystick.retention;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.Reads.Served;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Legal holds. */
@Path("/v1/holders/{holder}/holds")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Retention")
public class HoldsResource {
  private final Holds holds;
  private final HolderReads reads;
  private final Transactions transactions;
  private final CurrentCaller current;

  HoldsResource(Holds holds, HolderReads reads, Transactions transactions, CurrentCaller current) {
    this.holds = holds;
    this.reads = reads;
    this.transactions = transactions;
    this.current = current;
  }

  /** Why a hold is set. */
  @Schema(name = "HoldRequest", description = "A legal hold to be set.")
  public record HoldRequest(
      @Schema(description = "Why nothing of the holder may be erased.")
          @NotNull
          @Size(min = 1, max = 2000)
          String reason) {}

  /** A hold as it is shown. */
  @Schema(name = "Hold", description = "While it is set, nothing of the holder is erased.")
  public record HoldView(
      String id,
      String holder,
      @Schema(description = "Why; absent when the holder was erased since.")
          @Nullable String reason,
      Instant setAt,
      String setBy,
      @Schema(description = "Absent while it is set.") @Nullable Instant liftedAt,
      @Nullable String liftedBy) {
    static HoldView of(Holds.Shown shown) {
      RetentionStore.Hold hold = shown.hold();
      Long lifted = hold.liftedBy();
      return new HoldView(
          PublicIds.hold(hold.holder(), hold.hold()),
          PublicIds.holder(hold.holder()),
          shown.reason(),
          hold.setAt(),
          PublicIds.client(hold.setBy()),
          hold.liftedAt(),
          lifted == null ? null : PublicIds.client(lifted));
    }
  }

  /** Sets a hold. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "setHold",
      summary = "Set a legal hold on a holder",
      description = "Until it is lifted, neither a request nor the end of a period erases.")
  @APIResponse(
      responseCode = "201",
      description = "The hold.",
      content = @Content(schema = @Schema(implementation = HoldView.class)))
  @APIResponse(responseCode = "409", description = "The holder was erased.")
  public RestResponse<HoldView> set(
      @PathParam("holder") String holder, @NotNull @Valid HoldRequest request) {
    Caller caller = current.get();
    long id = PublicIds.orNotFound(PublicIds.holder(holder));
    HoldView set =
        transactions.as(
            caller.tenant(), tx -> HoldView.of(holds.place(tx, caller, id, request.reason())));
    return RestResponse.status(RestResponse.Status.CREATED, set);
  }

  /** The holds of a holder. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(operationId = "listHolds", summary = "List the legal holds of a holder")
  @APIResponse(responseCode = "200", description = "All holds, lifted ones too, in order of time.")
  public Page<HoldView> list(@PathParam("holder") String holder) {
    return reads.look(
        "GET /v1/holders/{holder}/holds",
        holder,
        (tx, id) -> Served.page(Page.whole(holds.of(tx, id).stream().map(HoldView::of).toList())));
  }

  /** Lifts a hold. */
  @POST
  @Path("/{hold}/release")
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "releaseHold",
      summary = "Lift a legal hold",
      description = "What was due meanwhile is erased at the next round. Repeating it is harmless.")
  @APIResponse(
      responseCode = "200",
      description = "The hold, lifted.",
      content = @Content(schema = @Schema(implementation = HoldView.class)))
  public HoldView release(@PathParam("holder") String holder, @PathParam("hold") String hold) {
    Caller caller = current.get();
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.hold(hold));
    if (id.holder() != PublicIds.orNotFound(PublicIds.holder(holder))) {
      throw Problem.notFound();
    }
    return transactions.as(
        caller.tenant(), tx -> HoldView.of(PublicIds.orNotFound(holds.lift(tx, caller, id))));
  }
}

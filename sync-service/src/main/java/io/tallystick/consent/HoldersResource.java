package io.tallystick.consent;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.Holders.Holder;
import io.tallystick.consent.Holders.Registered;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Csv;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The persons whose accounts are read. */
@Path("/v1/holders")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Holders")
public class HoldersResource {
  private static final String LIST = "GET /v1/holders";

  private final Transactions transactions;
  private final Holders holders;
  private final CurrentCaller current;
  private final Cursors cursors;
  private final AccessLog log;

  HoldersResource(
      Transactions transactions,
      Holders holders,
      CurrentCaller current,
      Cursors cursors,
      AccessLog log) {
    this.transactions = transactions;
    this.holders = holders;
    this.current = current;
    this.cursors = cursors;
    this.log = log;
  }

  /** A request to make a holder known. */
  @Schema(name = "HolderRequest")
  public record HolderRequest(
      @Schema(description = "Your own name for the person; not an e-mail address if avoidable.")
          @NotNull
          @Size(min = 1, max = 128)
          @Pattern(regexp = "[^\\x00-\\x1f\\x7f]*")
          String reference) {}

  /** A holder as it is shown. */
  @Schema(name = "Holder")
  public record HolderView(
      String id,
      @Schema(description = "Your own name for the person; absent when he was erased.")
          @Nullable String reference,
      Instant createdAt) {
    static HolderView of(Holder holder) {
      return new HolderView(PublicIds.holder(holder.id()), holder.reference(), holder.createdAt());
    }
  }

  /** Makes a holder known, or finds the one of this reference. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(operationId = "createHolder", summary = "Make a holder known by your own reference")
  @APIResponse(
      responseCode = "201",
      description = "The holder is new.",
      content = @Content(schema = @Schema(implementation = HolderView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The reference is known; this is its holder.",
      content = @Content(schema = @Schema(implementation = HolderView.class)))
  public RestResponse<HolderView> create(@NotNull @Valid HolderRequest request) {
    Caller caller = current.get();
    Registered registered =
        transactions.as(caller.tenant(), tx -> holders.register(tx, caller, request.reference()));
    return RestResponse.status(
        registered.fresh() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
        HolderView.of(registered.holder()));
  }

  /** Holders, a page at a time. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.COMPLIANCE,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT
  })
  @Operation(
      operationId = "listHolders",
      summary = "List holders",
      description = "Recipients see the holders of whom an active consent names them.")
  @APIResponse(responseCode = "200", description = "Holders, in order of id.")
  public Page<HolderView> list(@BeanParam PageRequest paging) {
    Caller caller = current.get();
    int limit = paging.limit();
    Cursors.Scope scope = Cursors.Scope.of(caller.tenant(), LIST, caller.client());
    List<String> position = cursors.read(scope, paging.cursor());
    long after = position.isEmpty() ? 0 : Long.parseLong(position.getFirst());
    return transactions.as(
        caller.tenant(),
        tx -> {
          List<Holder> found = holders.after(tx, caller, after, limit + 1);
          log.looked(
              tx, caller.client(), LIST, found.stream().limit(limit).map(Holder::id).toList());
          return Page.cut(
              found,
              limit,
              HolderView::of,
              holder -> List.of(Long.toString(holder.id())),
              next -> cursors.write(scope, next));
        });
  }

  /** One holder. */
  @GET
  @Path("/{holder}")
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.COMPLIANCE,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT
  })
  @Operation(operationId = "getHolder", summary = "Show a holder")
  @APIResponse(responseCode = "200", description = "The holder.")
  public HolderView show(@PathParam("holder") String holder) {
    Caller caller = current.get();
    long id = PublicIds.orNotFound(PublicIds.holder(holder));
    return transactions.as(
        caller.tenant(),
        tx -> {
          Holder found = PublicIds.orNotFound(holders.find(tx, caller, id));
          log.append(
              tx, Leaf.looked(id, null, null, caller.client(), "GET /v1/holders/{holder}", 1));
          return HolderView.of(found);
        });
  }
}

package io.tallystick.consent;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.PersonTokens;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Transactions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Makes the links with which holders act themselves. */
@Path("/v1/holders/{holder}/links")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Holder himself")
public class LinksResource {
  private final Transactions transactions;
  private final Holders holders;
  private final PersonTokens tokens;
  private final CurrentCaller current;
  private final AccessLog log;

  LinksResource(
      Transactions transactions,
      Holders holders,
      PersonTokens tokens,
      CurrentCaller current,
      AccessLog log) {
    this.transactions = transactions;
    this.holders = holders;
    this.tokens = tokens;
    this.current = current;
    this.log = log;
  }

  /** A token of a holder, shown once. */
  @Schema(name = "HolderToken", description = "A link or session of a holder; shown this once.")
  public record HolderTokenView(
      @Schema(description = "The token, for the holder and nobody else.") String token,
      @Schema(description = "When it ends.") Instant expiresAt) {
    static HolderTokenView of(PersonTokens.Issued issued) {
      return new HolderTokenView(issued.text(), issued.expiresAt());
    }

    @Override
    public String toString() {
      return "a token of a holder";
    }
  }

  /** Makes a link. */
  @POST
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "createLink",
      summary = "Make a link for a holder",
      description =
          "Hand it to the person once you know that it is he. It opens one session within a"
              + " quarter of an hour.")
  @APIResponse(
      responseCode = "201",
      description = "The link, shown this once.",
      content = @Content(schema = @Schema(implementation = HolderTokenView.class)))
  @APIResponse(responseCode = "409", description = "The holder was erased.")
  public RestResponse<HolderTokenView> create(@PathParam("holder") String holder) {
    Caller caller = current.get();
    long id = PublicIds.orNotFound(PublicIds.holder(holder));
    HolderTokenView made =
        transactions.as(
            caller.tenant(),
            tx -> {
              if (!holders.exists(tx, id)) {
                throw Problem.notFound();
              }
              if (holders.reference(tx, id) == null) {
                throw new Problem(Problem.Kind.CONFLICT, "The holder was erased.");
              }
              log.append(
                  tx,
                  new Leaf(
                      Leaf.Kind.ADMIN,
                      id,
                      null,
                      null,
                      caller.client(),
                      Map.of("act", "link.issued")));
              return HolderTokenView.of(tokens.link(tx, caller.client(), id));
            });
    return RestResponse.status(RestResponse.Status.CREATED, made);
  }
}

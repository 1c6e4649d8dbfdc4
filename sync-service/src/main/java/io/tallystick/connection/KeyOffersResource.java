package io.tallystick.connection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.connection.ConnectionRequests.KeyOfferRequest;
import io.tallystick.connection.ConnectionViews.KeyOfferView;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Key pairs made here, so that there is no secret to hand over. */
@Path("/v1/key-offers")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Connections")
public class KeyOffersResource {
  private final CurrentCaller current;
  private final Offers offers;
  private final KeyProof proofs;

  KeyOffersResource(CurrentCaller current, Offers offers, KeyProof proofs) {
    this.current = current;
    this.offers = offers;
    this.proofs = proofs;
  }

  /** Makes a pair. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "createKeyOffer",
      summary = "Make an Ed25519 pair whose public half the holder registers at the venue",
      description =
          "The private half never leaves the vault. The API key that the venue gives for the public"
              + " half completes it, once, before it expires.")
  @APIResponse(
      responseCode = "201",
      description = "The public half and the steps to register it.",
      content = @Content(schema = @Schema(implementation = KeyOfferView.class)))
  @APIResponse(responseCode = "403", ref = "#/components/responses/Forbidden")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public RestResponse<KeyOfferView> offer(@NotNull @Valid KeyOfferRequest request) {
    Caller caller = current.get();
    PublicIds.Keyed consent = PublicIds.orNotFound(PublicIds.consent(request.consent()));
    Place place =
        new Place(consent.holder(), consent.key(), request.venue(), request.environment());
    return RestResponse.status(
        RestResponse.Status.CREATED, KeyOfferView.of(offers.make(caller, place), proofs.address()));
  }
}

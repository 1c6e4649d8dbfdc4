package io.tallystick.connection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.connection.ConnectionRequests.ConnectionConsentRequest;
import io.tallystick.connection.ConnectionRequests.ConnectionRequest;
import io.tallystick.connection.ConnectionRequests.KeyChangeRequest;
import io.tallystick.connection.ConnectionViews.ConnectionView;
import io.tallystick.connection.ConnectionViews.RightsView;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Links to venue accounts: made, shown, checked, and kept alive over a change of key or consent.
 */
@Path("/v1/connections")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Connections")
public class ConnectionsResource {
  private final CurrentCaller current;
  private final ConnectionReads reads;
  private final Connecting connecting;
  private final KeyChange keys;
  private final ConsentChanges consents;
  private final RightsChecks checks;

  ConnectionsResource(
      CurrentCaller current,
      ConnectionReads reads,
      Connecting connecting,
      KeyChange keys,
      ConsentChanges consents,
      RightsChecks checks) {
    this.current = current;
    this.reads = reads;
    this.connecting = connecting;
    this.keys = keys;
    this.consents = consents;
    this.checks = checks;
  }

  /** Connects a venue account. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "createConnection",
      summary = "Connect a venue account with a read-only key",
      description =
          "The key's rights are read from the venue before anything is stored. A key that can do"
              + " more than read is refused, right by right. The key is never shown again.")
  @APIResponse(
      responseCode = "201",
      description = "The account is connected; a first run begins.",
      content = @Content(schema = @Schema(implementation = ConnectionView.class)))
  @APIResponse(responseCode = "403", ref = "#/components/responses/Forbidden")
  @APIResponse(responseCode = "409", ref = "#/components/responses/Conflict")
  @APIResponse(responseCode = "422", ref = "#/components/responses/KeyRefused")
  @APIResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public RestResponse<ConnectionView> connect(@NotNull @Valid ConnectionRequest request) {
    Caller caller = current.get();
    PublicIds.Keyed consent = PublicIds.orNotFound(PublicIds.consent(request.consent()));
    Place place =
        new Place(consent.holder(), consent.key(), request.venue(), request.environment());
    Link made =
        connecting.connect(
            caller, place, request.inHand(consent.holder()), request.acknowledgement());
    return RestResponse.status(RestResponse.Status.CREATED, reads.after(caller, made));
  }

  /** Connections, a page at a time. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.OPERATOR,
    Role.Names.COMPLIANCE,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT
  })
  @Operation(
      operationId = "listConnections",
      summary = "List connections",
      description = "Trackers and accountants see those under a consent that names them.")
  @APIResponse(responseCode = "200", description = "Connections, in order of holder and id.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<ConnectionView> list(
      @QueryParam("holder") @Nullable String holder, @BeanParam PageRequest paging) {
    return reads.list(current.get(), holder, paging);
  }

  /** One connection. */
  @GET
  @Path("/{connection}")
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.OPERATOR,
    Role.Names.COMPLIANCE,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT
  })
  @Operation(operationId = "getConnection", summary = "Show a connection")
  @APIResponse(responseCode = "200", description = "The connection.")
  public ConnectionView show(@PathParam("connection") String connection) {
    return reads.show(current.get(), connection);
  }

  /** What is known of the key's rights. */
  @GET
  @Path("/{connection}/rights")
  @RolesAllowed({Role.Names.OWNER, Role.Names.OPERATOR, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "getConnectionRights",
      summary = "Show what the key may do, as last read")
  @APIResponse(responseCode = "200", description = "The rights.")
  public RightsView rights(@PathParam("connection") String connection) {
    return reads.rights(current.get(), connection);
  }

  /** Reads the rights again. */
  @POST
  @Path("/{connection}/rights-checks")
  @RolesAllowed({Role.Names.OWNER, Role.Names.OPERATOR})
  @Operation(
      operationId = "checkConnectionRights",
      summary = "Read the key's rights from the venue now",
      description = "Moves the connection: a widened key is suspended, a mended one goes on.")
  @APIResponse(responseCode = "200", description = "The rights as the venue tells them now.")
  @APIResponse(responseCode = "409", ref = "#/components/responses/Conflict")
  @APIResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
  public RightsView check(@PathParam("connection") String connection) {
    Caller caller = current.get();
    return switch (checks.check(reads.link(caller, connection))) {
      case RightsChecks.Checked.Told ignored -> reads.rights(caller, connection);
      case RightsChecks.Checked.NotTold untold -> throw untold.problem();
    };
  }

  /** Changes the key in place. */
  @POST
  @Path("/{connection}/key")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "changeConnectionKey",
      summary = "Give the connection another key of the same account",
      description =
          "The former key serves until the new one is proved. It stays known for overlap_minutes"
              + " more, so that reads under way end in peace and reading goes on where the venue"
              + " refuses the new key, and is destroyed then.")
  @APIResponse(responseCode = "200", description = "The connection, with its new key.")
  @APIResponse(responseCode = "409", ref = "#/components/responses/Conflict")
  @APIResponse(responseCode = "422", ref = "#/components/responses/KeyRefused")
  @APIResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
  public ConnectionView changeKey(
      @PathParam("connection") String connection, @NotNull @Valid KeyChangeRequest request) {
    Caller caller = current.get();
    Link link = reads.link(caller, connection);
    Link changed =
        keys.change(
            caller,
            link,
            request.inHand(link.holder()),
            request.acknowledgement(),
            request.overlap());
    return reads.after(caller, changed);
  }

  /** Puts the connection under another consent. */
  @POST
  @Path("/{connection}/consent")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "changeConnectionConsent",
      summary = "Read the connection under another active consent of its holder")
  @APIResponse(responseCode = "200", description = "The connection, under that consent.")
  @APIResponse(responseCode = "403", ref = "#/components/responses/Forbidden")
  @APIResponse(responseCode = "409", ref = "#/components/responses/Conflict")
  public ConnectionView changeConsent(
      @PathParam("connection") String connection,
      @NotNull @Valid ConnectionConsentRequest request) {
    Caller caller = current.get();
    Link link = reads.link(caller, connection);
    PublicIds.Keyed consent = PublicIds.orNotFound(PublicIds.consent(request.consent()));
    long own = PublicIds.orNotFound(consent.holder() == link.holder() ? consent.key() : null);
    return reads.after(caller, consents.under(caller, link, own));
  }
}

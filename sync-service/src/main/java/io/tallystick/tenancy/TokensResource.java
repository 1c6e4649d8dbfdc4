package io.tallystick.tenancy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.ClientsResource.ClientView;
import io.tallystick.tenancy.TokenViews.ClientRequest;
import io.tallystick.tenancy.TokenViews.IssuedTokenView;
import io.tallystick.tenancy.TokenViews.TokenRequest;
import io.tallystick.tenancy.TokenViews.TokenView;
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
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Makes clients and their tokens, replaces and revokes them. */
@Path("/v1/clients")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Clients")
public class TokensResource {
  private final Transactions transactions;
  private final ClientTokens tokens;
  private final CurrentCaller current;

  TokensResource(Transactions transactions, ClientTokens tokens, CurrentCaller current) {
    this.transactions = transactions;
    this.tokens = tokens;
    this.current = current;
  }

  /** Makes a client. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "createClient",
      summary = "Make a client",
      description = "It has no token yet, and no consent names it.")
  @APIResponse(
      responseCode = "201",
      description = "The client.",
      content = @Content(schema = @Schema(implementation = ClientView.class)))
  @APIResponse(responseCode = "409", description = "There is a client of this name.")
  public RestResponse<ClientView> create(@NotNull @Valid ClientRequest request) {
    Caller caller = current.get();
    Role role = Objects.requireNonNull(Role.of(request.role()));
    ClientView made =
        transactions.as(
            caller.tenant(),
            tx -> {
              ClientEntity row = tokens.create(tx, caller, request, role);
              return ClientView.of(row);
            });
    return RestResponse.status(RestResponse.Status.CREATED, made);
  }

  /** The tokens of a client. */
  @GET
  @Path("/{client}/tokens")
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "listTokens",
      summary = "List the tokens of a client",
      description = "Those that ended too; never the tokens themselves.")
  @APIResponse(responseCode = "200", description = "All tokens, the newest first.")
  public Page<TokenView> list(@PathParam("client") String client) {
    long id = PublicIds.orNotFound(PublicIds.client(client));
    return Page.whole(
        transactions.as(
            current.get().tenant(), tx -> tokens.of(tx, id).stream().map(TokenView::of).toList()));
  }

  /** Makes a token. */
  @POST
  @Path("/{client}/tokens")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "issueToken",
      summary = "Make a token for a client",
      description = "Shown this once. With predecessor, that one ends after the overlap.")
  @APIResponse(
      responseCode = "201",
      description = "The token.",
      content = @Content(schema = @Schema(implementation = IssuedTokenView.class)))
  public RestResponse<IssuedTokenView> issue(
      @PathParam("client") String client, @NotNull @Valid TokenRequest request) {
    Caller caller = current.get();
    long id = PublicIds.orNotFound(PublicIds.client(client));
    String before = request.predecessor();
    Long predecessor = before == null ? null : PublicIds.orNotFound(PublicIds.token(before));
    Integer minutes = request.overlapMinutes();
    Duration overlap = Duration.ofMinutes(minutes == null ? 0 : minutes);
    IssuedTokenView issued =
        transactions.as(
            caller.tenant(),
            tx -> {
              ClientTokens.Issued made =
                  tokens.issue(tx, caller, id, request.expiresAt(), predecessor, overlap);
              return new IssuedTokenView(TokenView.of(made.row()), made.text());
            });
    return RestResponse.status(RestResponse.Status.CREATED, issued);
  }

  /** Revokes a token. */
  @POST
  @Path("/{client}/tokens/{token}/revocation")
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "revokeToken",
      summary = "Revoke a token, at once and for good",
      description = "The next request with it is refused. Repeating it changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "The token, revoked.",
      content = @Content(schema = @Schema(implementation = TokenView.class)))
  public TokenView revoke(@PathParam("client") String client, @PathParam("token") String token) {
    Caller caller = current.get();
    long id = PublicIds.orNotFound(PublicIds.client(client));
    long key = PublicIds.orNotFound(PublicIds.token(token));
    return transactions.as(caller.tenant(), tx -> TokenView.of(tokens.revoke(tx, caller, id, key)));
  }
}

package io.tallystick.tenancy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.PublicIds;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Lists the tenant's clients, whose ids name the recipients of a consent. */
@Path("/v1/clients")
@RunOnVirtualThread
@Tag(name = "Clients")
public class ClientsResource {
  private final Transactions transactions;
  private final Clients clients;
  private final CurrentCaller caller;

  ClientsResource(Transactions transactions, Clients clients, CurrentCaller caller) {
    this.transactions = transactions;
    this.clients = clients;
    this.caller = caller;
  }

  /** A client as it is shown. */
  @Schema(name = "Client")
  public record ClientView(
      String id,
      String name,
      @Schema(
              enumeration = {
                Role.Names.OWNER,
                Role.Names.TRACKER,
                Role.Names.ACCOUNTANT,
                Role.Names.COMPLIANCE,
                Role.Names.OPERATOR
              })
          String role,
      String purpose,
      @Nullable String country,
      @Schema(description = "How to reach whoever runs it.") @Nullable String contact,
      @Schema(description = "The postal address of whoever runs it.") @Nullable String address) {

    static ClientView of(ClientEntity row) {
      return new ClientView(
          PublicIds.client(row.client),
          row.name,
          row.role,
          row.purpose,
          row.country,
          row.contact,
          row.address);
    }
  }

  /** All clients of the caller's tenant. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(operationId = "listClients", summary = "List the tenant's clients")
  @APIResponse(responseCode = "200", description = "All clients, by name.")
  public Page<ClientView> list() {
    return Page.whole(
        transactions.as(caller.get().tenant(), clients::of).stream()
            .map(client ->
                new ClientView(
                    PublicIds.client(client.client()),
                    client.name(),
                    client.role(),
                    client.purpose(),
                    client.country(),
                    client.contact(),
                    client.address()))
            .toList());
  }
}

package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.consent.Reads;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.LedgerHash;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The one number by which two ledgers are compared. */
@Path("/v1/connections/{connection}/ledger-hash")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Records")
public class LedgerHashResource {
  private static final String ROUTE = "GET /v1/connections/{connection}/ledger-hash";

  private final Reads reads;
  private final Transactions transactions;
  private final Connections connections;
  private final AccessLog log;
  private final CurrentCaller current;

  LedgerHashResource(
      Reads reads,
      Transactions transactions,
      Connections connections,
      AccessLog log,
      CurrentCaller current) {
    this.reads = reads;
    this.transactions = transactions;
    this.connections = connections;
    this.log = log;
    this.current = current;
  }

  /**
   * A ledger's hash.
   *
   * @param format name and version of what is hashed
   * @param hash SHA-256, 64 lower-case hexadecimal digits
   */
  @Schema(name = "LedgerHash", description = "Equal for two databases with the same entries.")
  public record LedgerHashView(
      String connection, String format, @Schema(pattern = "^[0-9a-f]{64}$") String hash) {}

  /** The hash of a connection's ledger. */
  @GET
  @RolesAllowed({Role.Names.OWNER, Role.Names.ACCOUNTANT, Role.Names.COMPLIANCE})
  @Operation(operationId = "getLedgerHash", summary = "Read the hash of a connection's ledger")
  @APIResponse(responseCode = "200", description = "The hash.")
  public LedgerHashView hash(@PathParam("connection") String id) {
    Caller caller = current.get();
    PublicIds.Keyed key = PublicIds.orNotFound(PublicIds.connection(id));
    String hash =
        switch (caller.role()) {
          // They keep the house: the hash proves a ledger unchanged and tells nothing that is in
          // it.
          case OWNER, COMPLIANCE -> inspect(caller, key);
          case ACCOUNTANT, TRACKER, OPERATOR ->
              reads.read(
                  caller,
                  ROUTE,
                  PublicIds.holder(key.holder()),
                  id,
                  Domain.TRADES,
                  (tx, permit) ->
                      new Reads.Served<>(LedgerHash.of(tx, key.holder(), key.key()), 1));
        };
    return new LedgerHashView(id, LedgerHash.TAG, hash);
  }

  private String inspect(Caller caller, PublicIds.Keyed key) {
    return transactions.as(
        caller.tenant(),
        tx -> {
          Link link = PublicIds.orNotFound(connections.find(tx, key.holder(), key.key()));
          Map<String, String> facts = Map.of("route", ROUTE, "purpose", caller.purpose());
          log.append(
              tx,
              new Leaf(
                  Leaf.Kind.READ, key.holder(), link.consent(), link.id(), caller.client(), facts));
          return LedgerHash.of(tx, key.holder(), key.key());
        });
  }
}

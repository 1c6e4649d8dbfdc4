package io.tallystick.access;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What makes the access log checkable by someone who trusts nobody here: signed checkpoints, proofs
 * and exports. Checkpoints and consistency proofs hold hashes and counts alone, and are not written
 * down as reads: each reading would make the next checkpoint.
 */
@Path("/v1/access-log")
@RunOnVirtualThread
@Tag(name = "Access log")
public class ProofsResource {
  private static final String NDJSON = "application/x-ndjson";

  private final Transactions transactions;
  private final AccessLog log;
  private final CurrentCaller current;
  private final Sealing sealing;

  ProofsResource(Transactions transactions, AccessLog log, CurrentCaller current, Sealing sealing) {
    this.transactions = transactions;
    this.log = log;
    this.current = current;
    this.sealing = sealing;
  }

  /** A signed checkpoint. */
  @Schema(name = "Checkpoint")
  public record CheckpointView(
      String origin,
      @Schema(description = "How many leaves the log has.") long size,
      @Schema(description = "Root of the Merkle tree (RFC 6962), base64.") String root,
      @Schema(description = "How many of them are the tenant's, or the holder's.") long leaves,
      @Schema(description = "C2SP signed note that states all of this. Keep it elsewhere.")
          String note,
      @Schema(description = "The log's public key as name, id and base64.") String verifierKey,
      Instant signedAt) {}

  /** A proof that a leaf is in the log. */
  @Schema(name = "InclusionProof")
  public record InclusionView(
      String leaf,
      long position,
      long tenantNumber,
      long holderNumber,
      @Schema(description = "The size for which the proof holds.") long size,
      @Schema(description = "Hash of the leaf, base64.") String leafHash,
      @Schema(description = "Hashes from the leaf to the root, base64.") List<String> hashes,
      @Schema(description = "The signed checkpoint of that size.") String note) {}

  /** A proof that one size of the log is the beginning of a later one. */
  @Schema(name = "ConsistencyProof")
  public record ConsistencyView(
      long from, long to, @Schema(description = "Hashes, base64.") List<String> hashes) {}

  /** The newest checkpoint, with a count of the caller's leaves. */
  @GET
  @Path("/checkpoint")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "getCheckpoint",
      summary = "Get the newest signed checkpoint",
      description =
          "Keep this answer where the operator of this service cannot write: the offline verifier"
              + " reads it and believes it.")
  @APIResponse(responseCode = "200", description = "The checkpoint.")
  @APIResponse(responseCode = "503", description = "Nothing is signed yet.")
  public CheckpointView checkpoint(
      @QueryParam("holder") @Parameter(description = "Count this holder's entries.")
          @Nullable String holder) {
    Long of = holder(holder);
    return transactions.as(current.get().tenant(), tx -> checkpoint(tx, of));
  }

  /** Proves that a leaf is in the log. */
  @GET
  @Path("/inclusion")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "proveInclusion",
      summary = "Prove that an entry is in the log",
      description = "Inclusion proof (RFC 6962) under the newest checkpoint.")
  @APIResponse(responseCode = "200", description = "The proof.")
  @APIResponse(responseCode = "404", description = "There is no such entry here.")
  @APIResponse(responseCode = "409", description = "The entry is not sealed yet.")
  @APIResponse(responseCode = "503", description = "Nothing is signed yet.")
  public InclusionView inclusion(
      @QueryParam("leaf") @Parameter(description = "Id of the entry.", required = true)
          @Nullable String leaf) {
    Caller caller = current.get();
    if (leaf == null) {
      throw Problem.invalid("leaf", "Name the entry.");
    }
    PublicIds.Timed id = PublicIds.orNotFound(PublicIds.leaf(leaf));
    return transactions.as(
        caller.tenant(),
        tx -> {
          InclusionView proof = inclusion(tx, id);
          log.append(tx, looked(caller, id.holder(), "GET /v1/access-log/inclusion"));
          return proof;
        });
  }

  /** Proves that the log only grew. */
  @GET
  @Path("/consistency")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "proveConsistency",
      summary = "Prove that the log only grew",
      description = "Consistency proof (RFC 6962) between two sizes.")
  @APIResponse(responseCode = "200", description = "The proof.")
  @APIResponse(responseCode = "503", description = "Nothing is signed yet.")
  public ConsistencyView consistency(
      @QueryParam("from")
          @Parameter(
              description = "The smaller size.",
              required = true,
              schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
          @Nullable String from,
      @QueryParam("to")
          @Parameter(
              description = "The larger size.",
              required = true,
              schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
          @Nullable String to) {
    long smaller = size("from", from);
    long larger = size("to", to);
    return transactions.as(
        current.get().tenant(),
        tx -> {
          if (larger > newest(tx).size()) {
            throw Problem.invalid("to", "No checkpoint covers this size yet.");
          }
          if (smaller > larger) {
            throw Problem.invalid("from", "The smaller size comes first.");
          }
          return new ConsistencyView(
              smaller,
              larger,
              base64(MerkleTree.consistency(smaller, larger, new TreeStore(tx::sql))));
        });
  }

  /** Exports the sealed log for the offline verifier. */
  @GET
  @Path("/export")
  @Produces(NDJSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "exportAccessLog",
      summary = "Export the sealed log with its proofs",
      description =
          "One JSON object a line: headers, digests of sealed bodies, positions, and the hashes"
              + " that prove them. The offline verifier reads it.")
  @APIResponse(
      responseCode = "200",
      description = "The log up to the newest checkpoint.",
      content = @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING)))
  @APIResponse(responseCode = "503", description = "Nothing is signed yet.")
  public StreamingOutput export(
      @QueryParam("holder") @Parameter(description = "Only this holder's entries.")
          @Nullable String holder,
      @QueryParam("at")
          @Parameter(
              description = "Size of a checkpoint that you keep and want to compare.",
              schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
          @Nullable String at) {
    Caller caller = current.get();
    Long of = holder(holder);
    List<Long> cuts = at == null ? List.of() : List.of(size("at", at));
    Exporter.Scope scope =
        transactions.as(
            caller.tenant(),
            tx -> {
              long size = newest(tx).size();
              log.append(tx, looked(caller, log.known(tx, of), "GET /v1/access-log/export"));
              return new Exporter.Scope(of, size, cuts, sealing.signer().verifier());
            });
    return out -> Exporter.write(work -> transactions.as(caller.tenant(), work), scope, out);
  }

  private CheckpointView checkpoint(TenantTx tx, @Nullable Long holder) throws SQLException {
    LogStore.Stored stored = newest(tx);
    long leaves = LogStore.leavesOf(tx, holder, stored.size());
    SignedNote note =
        sealing
            .signer()
            .restate(stored.note(), TrustedCheckpoints.leaves(tx.tenant(), holder, leaves))
            .orElseThrow(() ->
                new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "The stored checkpoint is not signed by this service's key. Compare it"
                        + " with the ones you keep, and ask the operator."));
    SignedNote.Verifier verifier = sealing.signer().verifier();
    return new CheckpointView(
        verifier.name(),
        stored.size(),
        base64(stored.root()),
        leaves,
        note.note(),
        verifier.text(),
        stored.signedAt());
  }

  private InclusionView inclusion(TenantTx tx, PublicIds.Timed id) throws SQLException {
    LogStore.Place place = PublicIds.orNotFound(LogStore.place(tx, id.holder(), id.id()));
    LogStore.Stored newest = newest(tx);
    Long position = place.position();
    Long tenantNumber = place.tenantNumber();
    Long holderNumber = place.holderNumber();
    if (position == null
        || tenantNumber == null
        || holderNumber == null
        || position >= newest.size()) {
      throw new Problem(
          Problem.Kind.CONFLICT, "The entry is not sealed yet. Ask again in a few seconds.");
    }
    TreeStore tree = new TreeStore(tx::sql);
    return new InclusionView(
        PublicIds.leaf(id.holder(), id.id()),
        position,
        tenantNumber,
        holderNumber,
        newest.size(),
        base64(tree.leafHash(position)),
        base64(MerkleTree.inclusion(position, newest.size(), tree)),
        newest.note());
  }

  private static String base64(byte[] hash) {
    return Base64.getEncoder().encodeToString(hash);
  }

  private static List<String> base64(List<byte[]> hashes) {
    return hashes.stream().map(ProofsResource::base64).toList();
  }

  private LogStore.Stored newest(TenantTx tx) throws SQLException {
    LogStore.Stored newest = LogStore.newest(tx::sql, sealing.signer().verifier().name());
    if (newest == null) {
      throw new Problem(
          Problem.Kind.UNAVAILABLE, "No checkpoint is signed yet. Ask again in a few seconds.");
    }
    return newest;
  }

  private static Leaf looked(Caller caller, long holder, String route) {
    return new Leaf(Leaf.Kind.READ, holder, null, null, caller.client(), Map.of("route", route));
  }

  private static @Nullable Long holder(@Nullable String text) {
    Long holder = PublicIds.holder(text);
    if (text != null && holder == null) {
      throw Problem.invalid("holder", "This is not the id of a holder.");
    }
    return holder;
  }

  private static long size(String name, @Nullable String text) {
    if (text == null || !text.matches("0|[1-9][0-9]{0,17}")) {
      throw Problem.invalid(name, "Give a number of leaves.");
    }
    return Long.parseLong(text);
  }
}

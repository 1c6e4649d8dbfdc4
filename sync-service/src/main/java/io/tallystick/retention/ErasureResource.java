package io.tallystick.retention;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.Reads.Served;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.retention.RetentionStore.Erased;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.RetentionClass;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Erases holders, and shows what was erased. */
@Path("/v1/holders/{holder}/erasure")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Retention")
public class ErasureResource {
  private final Erasures erasures;
  private final Retention retention;
  private final HolderReads reads;
  private final Transactions transactions;
  private final CurrentCaller current;

  ErasureResource(
      Erasures erasures,
      Retention retention,
      HolderReads reads,
      Transactions transactions,
      CurrentCaller current) {
    this.erasures = erasures;
    this.retention = retention;
    this.reads = reads;
    this.transactions = transactions;
    this.current = current;
  }

  /** What an erasure leaves. */
  @Schema(name = "ErasureRequest", description = "What becomes of the books.")
  public record ErasureRequest(
      @Schema(
              description = "Whether a legal duty of yours keeps the books, or they go too.",
              enumeration = {"keep", "delete"})
          @NotNull
          @Pattern(regexp = "keep|delete")
          String books,
      @Schema(description = "The duty that keeps the books; needed to keep them.")
          @Nullable
          @Size(min = 1, max = 500)
          String duty) {}

  /** A class that was erased. */
  @Schema(name = "ErasedClass", description = "A kind of data whose key was destroyed.")
  public record ErasedClassView(
      String kind,
      Instant requestedAt,
      @Schema(description = "Absent while the key is being destroyed.") @Nullable Instant doneAt,
      @Schema(description = "Rows that were removed with it.") long rowsRemoved) {}

  /** A class that stays. */
  @Schema(name = "KeptClass", description = "A kind of data that stays, and until when.")
  public record KeptClassView(
      String kind,
      Instant until,
      @Schema(description = "The retention profile that says so, with its version.") String rule) {}

  /** What an erasure did. */
  @Schema(name = "Erasure", description = "What was erased of a holder, and what a duty keeps.")
  public record ErasureView(
      String holder,
      @Schema(description = "What nobody can read any more; empty when nothing was erased.")
          List<ErasedClassView> erased,
      @Schema(description = "What stays, under a pseudonym; empty while a consent is in force.")
          List<KeptClassView> kept) {}

  /** Erases a holder. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "eraseHolder",
      summary = "Erase a holder, for good",
      description =
          "Ends all consents and destroys the keys of credentials, identity, raw records and log"
              + " bodies, and the books unless a duty keeps them. Export first. Repeating it"
              + " changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "What was erased and what stays.",
      content = @Content(schema = @Schema(implementation = ErasureView.class)))
  @APIResponse(responseCode = "409", description = "A legal hold is set.")
  public ErasureView erase(
      @PathParam("holder") String holder, @NotNull @Valid ErasureRequest request) {
    Caller caller = current.get();
    long id = PublicIds.orNotFound(PublicIds.holder(holder));
    boolean keep = request.books().equals("keep");
    String duty = request.duty();
    if (keep && duty == null) {
      throw Problem.invalid("duty", "Name the duty that keeps the books, or delete them.");
    }
    List<RetentionClass> classes = new ArrayList<>(Erasures.ALWAYS);
    if (!keep) {
      classes.add(RetentionClass.BOOKS);
    }
    Map<String, String> facts =
        duty == null ? Map.of("books", "delete") : Map.of("books", request.books(), "duty", duty);
    erasures.erase(caller, id, classes, new Erasures.Cause("request", caller.client(), facts));
    return transactions.as(caller.tenant(), tx -> view(tx, holder, id));
  }

  /** What was erased of a holder. */
  @GET
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "getErasure",
      summary = "Show what was erased of a holder",
      description = "And what stays of a holder whose consents have all ended, and until when.")
  @APIResponse(responseCode = "200", description = "What was erased and what stays.")
  public ErasureView show(@PathParam("holder") String holder) {
    return reads.look(
        "GET /v1/holders/{holder}/erasure",
        holder,
        (tx, id) -> new Served<>(view(tx, holder, id), 1));
  }

  private ErasureView view(TenantTx tx, String holder, long id) throws SQLException {
    List<Erased> erased = RetentionStore.erased(tx, id);
    List<KeptClassView> kept =
        retention.kept(tx, tx.now(), id - 1, id, 1).stream()
            .flatMap(List::stream)
            .map(due -> new KeptClassView(due.retention().code(), due.until(), due.rule()))
            .toList();
    return new ErasureView(
        holder,
        erased.stream()
            .map(one ->
                new ErasedClassView(
                    one.retention().code(), one.requestedAt(), one.doneAt(), one.removed()))
            .toList(),
        kept);
  }
}

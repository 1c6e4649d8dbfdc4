package io.tallystick.sync;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.connection.ConnectionReads;
import io.tallystick.connection.Link;
import io.tallystick.connection.Onlookers;
import io.tallystick.consent.Reads.Served;
import io.tallystick.kernel.Ids;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Sync runs of a connection: start one, watch it. */
@Path("/v1/connections/{connection}/sync-runs")
@RunOnVirtualThread
@Tag(name = "Sync runs")
public class SyncResource {
  private static final int SHOWN = 50;
  private static final String LIST = "GET /v1/connections/{connection}/sync-runs";

  private final Transactions transactions;
  private final ConnectionReads connections;
  private final Onlookers door;
  private final Runs runs;
  private final Schedule schedule;
  private final CurrentCaller caller;

  SyncResource(
      Transactions transactions,
      ConnectionReads connections,
      Onlookers door,
      Runs runs,
      Schedule schedule,
      CurrentCaller caller) {
    this.transactions = transactions;
    this.connections = connections;
    this.door = door;
    this.runs = runs;
    this.schedule = schedule;
    this.caller = caller;
  }

  /** A run as it is shown. */
  @Schema(name = "SyncRun")
  public record RunView(
      String id,
      String connection,
      @Schema(enumeration = {"connect", "schedule", "manual", "news"}) String trigger,
      @Schema(enumeration = {"running", "waiting", "finished", "stopped", "failed"}) String state,
      @Nullable String phase,
      @Nullable String detail,
      Instant startedAt,
      Instant updatedAt,
      @Nullable Instant finishedAt,
      @Schema(description = "Streams and markets planned so far; grows while assets turn up.")
          int stepsTotal,
      int stepsDone,
      int pages,
      int records,
      int newRecords,
      @Schema(description = "Request weight of the venue's shared pool that it cost.") int weight,
      @Schema(description = "How far the run is in each kind of record that it has begun.")
          List<DomainProgress> byDomain) {

    static RunView of(Runs.Shown run) {
      return of(run, EnumSet.allOf(Domain.class));
    }

    /** A run as who may look at these kinds of record sees it. */
    static RunView of(Runs.Shown run, Set<Domain> open) {
      return new RunView(
          Ids.of("run", run.holder(), run.id()),
          PublicIds.connection(run.holder(), run.connection()),
          run.trigger(),
          run.state(),
          run.phase(),
          run.detail(),
          run.startedAt(),
          run.updatedAt(),
          run.finishedAt(),
          run.stepsTotal(),
          run.stepsDone(),
          run.pages(),
          run.records(),
          run.newRecords(),
          run.weight(),
          run.byDomain().entrySet().stream()
              .filter(entry -> open.contains(entry.getKey()))
              .map(entry -> DomainProgress.of(run, entry.getKey(), entry.getValue()))
              .toList());
    }
  }

  /** How far a run is in one kind of record. */
  @Schema(name = "DomainProgress", description = "How far a sync run is in one kind of record.")
  public record DomainProgress(
      String domain,
      @Schema(description = "Streams and markets planned so far; grows while assets turn up.")
          int stepsTotal,
      int stepsDone,
      @Schema(
              description =
                  "When the planned steps will be done, and those read before them, at the run's"
                      + " pace so far and after what it waits for; absent when they are, the run has"
                      + " ended, or the venue hands the rest out a few times a minute only.")
          @Nullable Instant expectedAt)
      implements Csv.Word {

    @Override
    public String word() {
      return domain + "=" + stepsDone + "/" + stepsTotal;
    }

    static DomainProgress of(Runs.Shown run, Domain domain, Progress.Count steps) {
      return new DomainProgress(
          domain.code(), steps.total(), steps.done(), Progress.expected(run, domain));
    }
  }

  /** What was asked for. */
  @Schema(name = "SyncRequested")
  public record Requested(
      @Schema(enumeration = {"requested", "under-way"}) String state, @Nullable RunView run) {}

  /** The newest runs first. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.OPERATOR,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT,
    Role.Names.COMPLIANCE
  })
  @Operation(
      operationId = "listSyncRuns",
      summary = "List a connection's newest sync runs",
      description =
          "Up to 50; the list has no further pages. Trackers and accountants need a consent in"
              + " force that names them, and see how far the kinds of record are that it covers.")
  @APIResponse(responseCode = "200", description = "Up to 50 runs, the newest first.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<RunView> list(@PathParam("connection") String connection) {
    return door.look(
        caller.get(),
        LIST,
        connection,
        (tx, sight) ->
            Served.page(
                Page.whole(
                    runs.list(tx, sight.link().holder(), sight.link().id(), SHOWN).stream()
                        .map(run -> RunView.of(run, sight.domains()))
                        .toList())));
  }

  /** One run. */
  @GET
  @Path("/{run}")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.OPERATOR,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT,
    Role.Names.COMPLIANCE
  })
  @Operation(operationId = "getSyncRun", summary = "Read one sync run")
  @APIResponse(responseCode = "200", description = "The run.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public RunView one(@PathParam("connection") String connection, @PathParam("run") String run) {
    UUID id = id(run);
    return door.look(
        caller.get(),
        LIST + "/{run}",
        connection,
        (tx, sight) -> {
          Link link = sight.link();
          Runs.Shown shown = PublicIds.orNotFound(runs.find(tx, link.holder(), link.id(), id));
          return new Served<>(RunView.of(shown, sight.domains()), 1);
        });
  }

  /** Starts a run as soon as a worker is free; a run that is under way is answered instead. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.OPERATOR})
  @Operation(operationId = "startSyncRun", summary = "Sync a connection now")
  @APIResponse(
      responseCode = "202",
      description = "A run was asked for.",
      content = @Content(schema = @Schema(implementation = Requested.class)))
  @APIResponse(
      responseCode = "200",
      description = "A run is under way already; here it is.",
      content = @Content(schema = @Schema(implementation = Requested.class)))
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  @APIResponse(responseCode = "409", ref = "#/components/responses/Conflict")
  public Response start(@PathParam("connection") String connection) {
    record Found(Link link, Runs.@Nullable Shown current) {}
    Caller asking = caller.get();
    Found found =
        transactions.as(
            asking.tenant(),
            tx -> {
              Link link = connections.visibleLink(tx, asking, connection);
              return new Found(link, runs.current(tx, link.holder(), link.id()));
            });
    if (found.current() != null) {
      return Response.ok(new Requested("under-way", RunView.of(found.current()))).build();
    }
    if (!found.link().state().mayPull()) {
      Link link = found.link();
      throw new Problem(Problem.Kind.CONFLICT, link.state().nextStep(link.stateReason()))
          .with("state", link.state().code());
    }
    schedule.now(found.link());
    return Response.accepted(new Requested("requested", null)).build();
  }

  private static UUID id(String run) {
    java.nio.ByteBuffer bytes = PublicIds.orNotFound(Ids.parse("run", run, 3 * Long.BYTES));
    bytes.getLong();
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}

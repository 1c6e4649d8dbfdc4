package io.tallystick.connection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Engagements;
import io.tallystick.tenancy.Engagements.Engagement;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Engagements of reviewers: which connections, which period of the log, until when. */
@Path("/v1/engagements")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access log")
public class EngagementsResource {
  private final Transactions transactions;
  private final Engagements engagements;
  private final Connections connections;
  private final CurrentCaller current;
  private final AccessLog log;

  EngagementsResource(
      Transactions transactions,
      Engagements engagements,
      Connections connections,
      CurrentCaller current,
      AccessLog log) {
    this.transactions = transactions;
    this.engagements = engagements;
    this.connections = connections;
    this.current = current;
    this.log = log;
  }

  /** An engagement to make. */
  @Schema(name = "EngagementRequest", description = "What a reviewer may read, and until when.")
  public record EngagementRequest(
      @Schema(description = "Who reviews, in your words.")
          @NotNull
          @Size(min = 1, max = 100)
          @Pattern(regexp = "[^\\x00-\\x1f\\x7f]*")
          String name,
      @Schema(description = "Ids of the connections.") @NotNull @Size(min = 1, max = 1000)
          List<@NotNull String> connections,
      @Schema(description = "The first instant of the log.") @NotNull Instant from,
      @Schema(description = "The instant before which the log is open.") @NotNull Instant to,
      @Schema(description = "When it ends; at most 366 days from now.") @NotNull
          Instant expiresAt) {}

  /** An engagement as it is shown. */
  @Schema(name = "Engagement", description = "A reviewer's leave to read part of the access log.")
  public record EngagementView(
      String id,
      @Schema(description = "Who reviews.") String name,
      @Schema(description = "How many connections it opens.") int connectionCount,
      Instant from,
      Instant to,
      Instant createdAt,
      String createdBy,
      Instant expiresAt,
      @Schema(description = "When it was ended before its time.") @Nullable Instant endedAt) {
    static EngagementView of(Engagement one) {
      Engagements.Scope scope = one.scope();
      return new EngagementView(
          PublicIds.engagement(one.id()),
          scope.name(),
          scope.connections().size(),
          scope.from(),
          scope.to(),
          one.createdAt(),
          PublicIds.client(one.createdBy()),
          scope.expiresAt(),
          one.endedAt());
    }
  }

  /** A new engagement with its token. */
  @Schema(name = "IssuedEngagement", description = "A new engagement and its token.")
  public record IssuedEngagementView(
      EngagementView engagement,
      @Schema(description = "The reviewer's token; shown this once.") String token) {
    @Override
    public String toString() {
      return "a new engagement";
    }
  }

  /** Makes an engagement. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "createEngagement",
      summary = "Open part of the access log to a reviewer",
      description = "The token reads entries about these connections in this period, and no more.")
  @APIResponse(
      responseCode = "201",
      description = "The engagement and its token, which is shown this once.",
      content = @Content(schema = @Schema(implementation = IssuedEngagementView.class)))
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public RestResponse<IssuedEngagementView> create(@NotNull @Valid EngagementRequest request) {
    Caller caller = current.get();
    IssuedEngagementView made =
        transactions.as(
            caller.tenant(),
            tx -> {
              Engagements.Issued issued = engagements.make(tx, caller.client(), scope(tx, request));
              long id = issued.engagement().id();
              append(tx, caller, "engagement.made", id, holders(request));
              return new IssuedEngagementView(
                  EngagementView.of(issued.engagement()), issued.text());
            });
    return RestResponse.status(RestResponse.Status.CREATED, made);
  }

  private Engagements.Scope scope(TenantTx tx, EngagementRequest request) throws SQLException {
    List<Long> keys = new ArrayList<>();
    List<Long> consents = new ArrayList<>();
    for (String text : request.connections()) {
      PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.connection(text));
      Link link = PublicIds.orNotFound(connections.find(tx, id.holder(), id.key()));
      keys.add(link.id());
      consents.add(link.consent());
    }
    return new Engagements.Scope(
        request.name(), keys, consents, request.from(), request.to(), request.expiresAt());
  }

  /** All engagements. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "listEngagements",
      summary = "List engagements of reviewers",
      description = "Those that ended too; never their tokens.")
  @APIResponse(responseCode = "200", description = "All engagements, the newest first.")
  public Page<EngagementView> list() {
    Caller caller = current.get();
    return Page.whole(
        transactions.as(
            caller.tenant(), tx -> engagements.all(tx).stream().map(EngagementView::of).toList()));
  }

  /** Ends an engagement before its time. */
  @POST
  @Path("/{engagement}/end")
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "endEngagement",
      summary = "End an engagement, at once and for good",
      description = "The next request with its token is refused. Repeating it changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "The engagement, ended.",
      content = @Content(schema = @Schema(implementation = EngagementView.class)))
  public EngagementView end(@PathParam("engagement") String engagement) {
    Caller caller = current.get();
    long id = PublicIds.orNotFound(PublicIds.engagement(engagement));
    return transactions.as(
        caller.tenant(),
        tx -> {
          if (!engagements.end(tx, id)) {
            throw Problem.notFound();
          }
          append(tx, caller, "engagement.ended", id, Set.of(0L));
          return EngagementView.of(
              Objects.requireNonNull(
                  engagements.all(tx).stream()
                      .filter(one -> one.id() == id)
                      .findFirst()
                      .orElse(null)));
        });
  }

  // Each of those whose entries it opens finds in his own log that it does.
  private static Set<Long> holders(EngagementRequest request) {
    return request.connections().stream()
        .map(text -> PublicIds.orNotFound(PublicIds.connection(text)).holder())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void append(TenantTx tx, Caller caller, String act, long id, Set<Long> holders)
      throws SQLException {
    Map<String, String> facts = Map.of("act", act, "about", PublicIds.engagement(id));
    for (long holder : holders) {
      log.append(tx, new Leaf(Leaf.Kind.ADMIN, holder, null, null, caller.client(), facts));
    }
  }
}

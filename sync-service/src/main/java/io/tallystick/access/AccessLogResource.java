package io.tallystick.access;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.web.Csv;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import io.tallystick.web.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows who did what, and by whose consent. Looking is itself written down. */
@Path("/v1/access-log")
@RunOnVirtualThread
@Tag(name = "Access log")
public class AccessLogResource {
  private static final String ROUTE = "GET /v1/access-log";

  private final LeafPages pages;
  private final AccessLog log;
  private final CurrentCaller current;

  AccessLogResource(LeafPages pages, AccessLog log, CurrentCaller current) {
    this.pages = pages;
    this.log = log;
    this.current = current;
  }

  /** What to look for. */
  public static class Filter {
    @QueryParam("holder")
    @Nullable String holder;

    @QueryParam("client")
    @Nullable String client;

    @QueryParam("consent")
    @Nullable String consent;

    @QueryParam("connection")
    @Nullable String connection;

    @QueryParam("kind")
    @Parameter(
        description = "Only this kind.",
        schema =
            @Schema(
                implementation = String.class,
                enumeration = {
                  "consent.requested",
                  "consent.refused",
                  "consent.granted",
                  "consent.amended",
                  "consent.confirmed",
                  "consent.paused",
                  "consent.resumed",
                  "consent.withdrawn",
                  "consent.revoked",
                  "consent.invalidated",
                  "consent.expired",
                  "consent.reminded",
                  "rights.checked",
                  "connection.created",
                  "connection.refused",
                  "connection.changed",
                  "key.offered",
                  "pull",
                  "pull.refused",
                  "read",
                  "read.refused",
                  "admin",
                  "erasure"
                }))
    @Nullable String kind;

    @QueryParam("purpose")
    @Nullable String purpose;

    @QueryParam("from")
    @Parameter(
        description = "At or after this instant.",
        schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable String from;

    @QueryParam("to")
    @Parameter(
        description = "Before this instant.",
        schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable String to;

    /** Made by the framework from the query. */
    public Filter() {}
  }

  /** A leaf as it is shown; ids are public ids, null where nothing of the kind is concerned. */
  @Schema(name = "AccessLogEntry")
  public record AccessLogEntryView(
      String id,
      Instant at,
      @Schema(
              enumeration = {
                "consent.requested",
                "consent.refused",
                "consent.granted",
                "consent.amended",
                "consent.confirmed",
                "consent.paused",
                "consent.resumed",
                "consent.withdrawn",
                "consent.revoked",
                "consent.invalidated",
                "consent.expired",
                "consent.reminded",
                "rights.checked",
                "connection.created",
                "connection.refused",
                "connection.changed",
                "key.offered",
                "pull",
                "pull.refused",
                "read",
                "read.refused",
                "admin",
                "erasure"
              })
          String kind,
      @Nullable String holder,
      @Nullable String consent,
      @Nullable String connection,
      @Nullable String client,
      Map<String, String> facts) {

    static AccessLogEntryView of(AccessLog.Shown leaf) {
      long holder = leaf.holder();
      Long consent = leaf.consent();
      Long connection = leaf.connection();
      Long client = leaf.client();
      return new AccessLogEntryView(
          PublicIds.leaf(holder, leaf.id()),
          leaf.at(),
          leaf.kind(),
          holder == 0 ? null : PublicIds.holder(holder),
          consent == null ? null : PublicIds.consent(holder, consent),
          connection == null ? null : PublicIds.connection(holder, connection),
          client == null ? null : PublicIds.client(client),
          leaf.facts());
    }
  }

  /** The tenant's log, in order of time. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "listAccessLog",
      summary = "Show the access log",
      description = "Consent steps, rights checks, pulls and reads, in order of time.")
  @APIResponse(responseCode = "200", description = "Entries, in order of time.")
  public Page<AccessLogEntryView> list(@BeanParam Filter filter, @BeanParam PageRequest paging) {
    Caller caller = current.get();
    AccessLog.Query query = query(filter);
    Long holder = query.holder();
    return pages.page(
        caller.tenant(),
        scope(caller, filter),
        paging,
        (tx, after, limit) -> found(tx, query.behind(after, limit)),
        (tx, shown) -> {
          long about = log.known(tx, holder);
          Long consent = about == 0 ? null : query.consent();
          Long connection = about == 0 ? null : query.connection();
          log.append(
              tx, Leaf.looked(about, consent, connection, caller.client(), ROUTE, shown.size()));
        });
  }

  // A word that nobody uses is a slip of the pen, and an empty page would look like an answer.
  private List<AccessLog.Shown> found(TenantTx tx, AccessLog.Query query) throws SQLException {
    String purpose = query.purpose();
    if (purpose != null && !log.knowsPurpose(tx, purpose)) {
      throw Problem.invalid("purpose", "No client has this purpose and no consent names it.");
    }
    return log.find(tx, query);
  }

  private static Cursors.Scope scope(Caller caller, Filter filter) {
    return Cursors.Scope.of(
        caller.tenant(),
        ROUTE,
        filter.holder,
        filter.client,
        filter.consent,
        filter.connection,
        filter.kind,
        filter.purpose,
        filter.from,
        filter.to);
  }

  private static AccessLog.Query query(Filter filter) {
    Long holder = id("holder", filter.holder, PublicIds.holder(filter.holder));
    PublicIds.Keyed consent = id("consent", filter.consent, PublicIds.consent(filter.consent));
    PublicIds.Keyed connection =
        id("connection", filter.connection, PublicIds.connection(filter.connection));
    for (PublicIds.Keyed keyed : new PublicIds.@Nullable Keyed[] {consent, connection}) {
      if (keyed != null) {
        // Ids of two holders together match nothing; zero is nobody's consent or connection.
        holder = holder == null || holder == keyed.holder() ? keyed.holder() : Long.valueOf(-1);
      }
    }
    String kind = filter.kind;
    if (kind != null && Leaf.Kind.of(kind) == null) {
      throw Problem.invalid("kind", "There is no such kind of entry.");
    }
    return new AccessLog.Query(
        holder,
        id("client", filter.client, PublicIds.client(filter.client)),
        consent == null ? null : consent.key(),
        connection == null ? null : connection.key(),
        kind,
        filter.purpose,
        Times.parameter("from", filter.from),
        Times.parameter("to", filter.to),
        null,
        0);
  }

  private static <T> @Nullable T id(String name, @Nullable String text, @Nullable T parsed) {
    if (text != null && parsed == null) {
      throw Problem.invalid(name, "This is not the id of a " + name + ".");
    }
    return parsed;
  }
}

package io.tallystick.access;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLogResource.AccessLogEntryView;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Engagements;
import io.tallystick.tenancy.Reviewer;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Csv;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows a reviewer the part of the access log that his engagement opens. */
@Path("/v1/review/access-log")
@RunOnVirtualThread
@Tag(name = "Access log")
public class ReviewResource {
  private static final String ROUTE = "GET /v1/review/access-log";

  private final Transactions transactions;
  private final AccessLog log;
  private final Engagements engagements;
  private final Cursors cursors;

  ReviewResource(
      Transactions transactions, AccessLog log, Engagements engagements, Cursors cursors) {
    this.transactions = transactions;
    this.log = log;
    this.engagements = engagements;
    this.cursors = cursors;
  }

  /** The entries of his connections and period. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed(Reviewer.ROLE)
  @Operation(
      operationId = "reviewAccessLog",
      summary = "Show what an engagement opens of the access log",
      description =
          "Entries about its connections and their consents, within its period, in order of time.")
  @APIResponse(responseCode = "200", description = "Entries, in order of time.")
  public Page<AccessLogEntryView> list(@BeanParam PageRequest paging) {
    Reviewer reviewer = engagements.current();
    int limit = paging.limit();
    String engagement = PublicIds.engagement(reviewer.engagement());
    Cursors.Scope scope = Cursors.Scope.of(reviewer.tenant(), ROUTE, engagement);
    List<String> at = cursors.read(scope, paging.cursor());
    AccessLog.Query query =
        new AccessLog.Query(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            at.isEmpty() ? null : Instant.parse(at.getFirst()),
            at.isEmpty() ? null : UUID.fromString(at.getLast()),
            limit + 1);
    return transactions.as(
        reviewer.tenant(),
        tx -> {
          Page<AccessLogEntryView> page =
              Page.cut(
                  log.about(tx, reviewer, query),
                  limit,
                  AccessLogEntryView::of,
                  leaf -> List.of(leaf.at().toString(), leaf.id().toString()),
                  next -> cursors.write(scope, next));
          String rows = Integer.toString(page.items().size());
          log.append(
              tx,
              new Leaf(
                  Leaf.Kind.READ,
                  0,
                  null,
                  null,
                  reviewer.client(),
                  Map.of("route", ROUTE, "rows", rows, "engagement", engagement)));
          return page;
        });
  }
}

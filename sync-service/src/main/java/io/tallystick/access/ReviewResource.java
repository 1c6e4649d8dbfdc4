package io.tallystick.access;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLogResource.AccessLogEntryView;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Engagements;
import io.tallystick.tenancy.Reviewer;
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
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows a reviewer the part of the access log that his engagement opens. */
@Path("/v1/review/access-log")
@RunOnVirtualThread
@Tag(name = "Access log")
public class ReviewResource {
  private static final String ROUTE = "GET /v1/review/access-log";

  private final LeafPages pages;
  private final AccessLog log;
  private final Engagements engagements;

  ReviewResource(LeafPages pages, AccessLog log, Engagements engagements) {
    this.pages = pages;
    this.log = log;
    this.engagements = engagements;
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
    String engagement = PublicIds.engagement(reviewer.engagement());
    return pages.page(
        reviewer.tenant(),
        Cursors.Scope.of(reviewer.tenant(), ROUTE, engagement),
        paging,
        (tx, after, limit) -> log.about(tx, reviewer, after, limit),
        (tx, shown) ->
            log.looked(
                tx,
                reviewer.client(),
                Map.of("route", ROUTE, "engagement", engagement),
                shown.stream().map(AccessLog.Shown::holder).toList()));
  }
}

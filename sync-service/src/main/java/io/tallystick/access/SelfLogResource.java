package io.tallystick.access;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLogResource.AccessLogEntryView;
import io.tallystick.tenancy.CurrentPerson;
import io.tallystick.tenancy.Person;
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

/** Shows a holder every step, pull and read that was about him. */
@Path("/v1/self/access-log")
@RunOnVirtualThread
@Tag(name = "Holder himself")
public class SelfLogResource {
  private static final String ROUTE = "GET /v1/self/access-log";

  private final LeafPages pages;
  private final AccessLog log;
  private final CurrentPerson current;

  SelfLogResource(LeafPages pages, AccessLog log, CurrentPerson current) {
    this.pages = pages;
    this.log = log;
    this.current = current;
  }

  /** What was done with his data. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed(Person.ROLE)
  @Operation(
      operationId = "listOwnAccessLog",
      summary = "Show every step, pull and read that is about oneself",
      description = "In order of time. Looking is written down like any other reading.")
  @APIResponse(responseCode = "200", description = "Entries, in order of time.")
  public Page<AccessLogEntryView> list(@BeanParam PageRequest paging) {
    Person person = current.get();
    long holder = person.holder();
    return pages.page(
        person.tenant(),
        Cursors.Scope.of(person.tenant(), ROUTE, Long.toString(holder)),
        paging,
        (tx, after, limit) -> log.find(tx, AccessLog.Query.about(holder, after, limit)),
        (tx, shown) ->
            log.append(
                tx,
                new Leaf(
                    Leaf.Kind.READ,
                    holder,
                    null,
                    null,
                    person.client(),
                    Map.of(
                        "route",
                        ROUTE,
                        "rows",
                        Integer.toString(shown.size()),
                        "by",
                        Person.ROLE))));
  }
}

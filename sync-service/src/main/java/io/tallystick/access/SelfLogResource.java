package io.tallystick.access;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLogResource.AccessLogEntryView;
import io.tallystick.tenancy.CurrentPerson;
import io.tallystick.tenancy.Person;
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

/** Shows a holder every step, pull and read that was about him. */
@Path("/v1/self/access-log")
@RunOnVirtualThread
@Tag(name = "Holder himself")
public class SelfLogResource {
  private static final String ROUTE = "GET /v1/self/access-log";

  private final Transactions transactions;
  private final AccessLog log;
  private final CurrentPerson current;
  private final Cursors cursors;

  SelfLogResource(
      Transactions transactions, AccessLog log, CurrentPerson current, Cursors cursors) {
    this.transactions = transactions;
    this.log = log;
    this.current = current;
    this.cursors = cursors;
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
    int limit = paging.limit();
    Cursors.Scope scope = Cursors.Scope.of(person.tenant(), ROUTE, Long.toString(person.holder()));
    List<String> at = cursors.read(scope, paging.cursor());
    AccessLog.Query query =
        new AccessLog.Query(
            person.holder(),
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
        person.tenant(),
        tx -> {
          Page<AccessLogEntryView> page =
              Page.cut(
                  log.find(tx, query),
                  limit,
                  AccessLogEntryView::of,
                  leaf -> List.of(leaf.at().toString(), leaf.id().toString()),
                  next -> cursors.write(scope, next));
          String rows = Integer.toString(page.items().size());
          log.append(
              tx,
              new Leaf(
                  Leaf.Kind.READ,
                  person.holder(),
                  null,
                  null,
                  person.client(),
                  Map.of("route", ROUTE, "rows", rows, "by", Person.ROLE)));
          return page;
        });
  }
}

package io.tallystick.consent;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.ConsentViews.ConsentRequest;
import io.tallystick.consent.ConsentViews.ConsentView;
import io.tallystick.consent.ConsentViews.WithdrawalRequest;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Csv;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What holders allowed: recorded, shown, withdrawn. */
@Path("/v1/consents")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Consents")
public class ConsentsResource {
  private static final String LIST = "GET /v1/consents";

  private final Transactions transactions;
  private final Consents consents;
  private final ConsentSteps steps;
  private final Holders holders;
  private final CurrentCaller current;
  private final Cursors cursors;
  private final AccessLog log;

  ConsentsResource(
      Transactions transactions,
      Consents consents,
      ConsentSteps steps,
      Holders holders,
      CurrentCaller current,
      Cursors cursors,
      AccessLog log) {
    this.transactions = transactions;
    this.consents = consents;
    this.steps = steps;
    this.holders = holders;
    this.current = current;
    this.cursors = cursors;
    this.log = log;
  }

  /** Records a consent. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(operationId = "grantConsent", summary = "Record a holder's consent, or ask him for it")
  @APIResponse(
      responseCode = "201",
      description = "The consent is active, or requested where it is not said how it was given.",
      content = @Content(schema = @Schema(implementation = ConsentView.class)))
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public RestResponse<ConsentView> grant(@NotNull @Valid ConsentRequest request) {
    Caller caller = current.get();
    long holder = PublicIds.orNotFound(PublicIds.holder(request.holder()));
    Given how = request.how();
    Notice shown = request.shown();
    if (how != null && shown != null) {
      throw Problem.invalid("notice", "What he was shown is a part of how it was given.");
    }
    ConsentView granted =
        transactions.as(
            caller.tenant(),
            tx ->
                view(
                    caller,
                    how == null
                        ? consents.ask(tx, caller, holder, request.terms(), shown)
                        : consents.grant(tx, caller, holder, request.terms(), how)));
    return RestResponse.status(RestResponse.Status.CREATED, granted);
  }

  /** Consents, a page at a time. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.COMPLIANCE,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT
  })
  @Operation(
      operationId = "listConsents",
      summary = "List consents",
      description = "Recipients see the consents that name them.")
  @APIResponse(responseCode = "200", description = "Consents, in order of holder and id.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<ConsentView> list(
      @QueryParam("holder") @Nullable String holder, @BeanParam PageRequest paging) {
    Caller caller = current.get();
    int limit = paging.limit();
    Long only = holder == null ? null : PublicIds.orNotFound(PublicIds.holder(holder));
    Cursors.Scope scope = Cursors.Scope.of(caller.tenant(), LIST, caller.client(), only);
    List<String> at = cursors.read(scope, paging.cursor());
    PublicIds.Keyed after =
        at.isEmpty()
            ? new PublicIds.Keyed(0, 0)
            : new PublicIds.Keyed(Long.parseLong(at.getFirst()), Long.parseLong(at.getLast()));
    return transactions.as(
        caller.tenant(),
        tx -> {
          if (only != null) {
            PublicIds.orNotFound(holders.exists(tx, only) ? only : null);
          }
          List<Consent> found = consents.after(tx, caller, only, after, limit + 1);
          if (only == null) {
            log.looked(
                tx,
                caller.client(),
                LIST,
                found.stream().limit(limit).map(Consent::holder).toList());
          } else {
            int rows = Math.min(limit, found.size());
            log.append(tx, Leaf.looked(only, null, null, caller.client(), LIST, rows));
          }
          return Page.cut(
              found,
              limit,
              consent -> ConsentView.of(consent, Sight.of(caller.role())),
              consent -> List.of(Long.toString(consent.holder()), Long.toString(consent.id())),
              next -> cursors.write(scope, next));
        });
  }

  /** One consent. */
  @GET
  @Path("/{consent}")
  @RolesAllowed({
    Role.Names.OWNER,
    Role.Names.COMPLIANCE,
    Role.Names.TRACKER,
    Role.Names.ACCOUNTANT
  })
  @Operation(operationId = "getConsent", summary = "Show a consent")
  @APIResponse(responseCode = "200", description = "The consent.")
  public ConsentView show(@PathParam("consent") String consent) {
    Caller caller = current.get();
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.consent(consent));
    return transactions.as(
        caller.tenant(),
        tx -> {
          Consent found = PublicIds.orNotFound(consents.find(tx, caller, id));
          log.append(
              tx,
              Leaf.looked(
                  id.holder(), id.key(), null, caller.client(), "GET /v1/consents/{consent}", 1));
          return view(caller, found);
        });
  }

  /** Ends a consent; doing it again changes nothing. */
  @POST
  @Path("/{consent}/withdrawal")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "withdrawConsent",
      summary = "Withdraw a consent, for good and at once",
      description =
          "Stops pulls and reads that rest on it. Repeating it changes nothing. A version that was"
              + " amended stands for the one in its place, which ends and is the answer.")
  @APIResponse(
      responseCode = "200",
      description = "The consent, ended.",
      content = @Content(schema = @Schema(implementation = ConsentView.class)))
  public ConsentView withdraw(
      @PathParam("consent") String consent,
      @RequestBody(required = false) @Nullable @Valid WithdrawalRequest request) {
    Caller caller = current.get();
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.consent(consent));
    ConsentSteps.Wish wish =
        request == null
            ? new ConsentSteps.Wish(Actor.of(caller), null, null)
            : new ConsentSteps.Wish(Actor.of(caller), request.reason(), request.deletion());
    return transactions.as(
        caller.tenant(),
        tx -> view(caller, PublicIds.orNotFound(steps.take(tx, id, ConsentStep.WITHDRAW, wish))));
  }

  static ConsentView view(Caller caller, Consent consent) {
    return ConsentView.of(consent, Sight.of(caller.role()));
  }
}

package io.tallystick.consent;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.ConsentViews.ConsentView;
import io.tallystick.consent.ConsentViews.WithdrawalRequest;
import io.tallystick.consent.LinksResource.HolderTokenView;
import io.tallystick.consent.StepViews.AmendmentRequest;
import io.tallystick.consent.StepViews.ReceiptView;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.CurrentPerson;
import io.tallystick.tenancy.Person;
import io.tallystick.tenancy.PersonTokens;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import io.tallystick.web.Whence;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What a holder reads and does himself. He sees his own things and nobody else's. */
@Path("/v1/self")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Holder himself")
public class SelfResource {
  /** How somebody gives a consent who gives it here. */
  static final String METHOD = "link";

  private final Transactions transactions;
  private final Consents consents;
  private final ConsentSteps steps;
  private final Receipts receipts;
  private final PersonTokens tokens;
  private final CurrentPerson current;
  private final AccessLog log;
  private final Whence whence;

  SelfResource(
      Transactions transactions,
      Consents consents,
      ConsentSteps steps,
      Receipts receipts,
      PersonTokens tokens,
      CurrentPerson current,
      AccessLog log,
      Whence whence) {
    this.transactions = transactions;
    this.consents = consents;
    this.steps = steps;
    this.receipts = receipts;
    this.tokens = tokens;
    this.current = current;
    this.log = log;
    this.whence = whence;
  }

  /** A step that a holder takes. */
  @Schema(name = "OwnStepRequest", description = "What a holder does to a consent of his own.")
  public record OwnStepRequest(
      @Schema(
              description = "What to do.",
              enumeration = {"grant", "refuse", "confirm", "pause", "resume"})
          @NotNull
          @Pattern(regexp = "grant|refuse|confirm|pause|resume")
          String step) {}

  /** Opens a session. */
  @POST
  @Path("/session")
  @RolesAllowed(Person.ROLE)
  @Operation(
      operationId = "openSession",
      summary = "Open a session with a link",
      description = "The link is the token of this request; it is good for this once.")
  @APIResponse(
      responseCode = "201",
      description = "The session, shown this once.",
      content = @Content(schema = @Schema(implementation = HolderTokenView.class)))
  @APIResponse(responseCode = "409", description = "The link was used.")
  public RestResponse<HolderTokenView> open() {
    Person person = current.opening();
    HolderTokenView opened =
        transactions.as(
            person.tenant(),
            tx -> {
              log.append(tx, leaf(Leaf.Kind.ADMIN, person, null, Map.of("act", "link.opened")));
              return HolderTokenView.of(tokens.session(tx, person));
            });
    return RestResponse.status(RestResponse.Status.CREATED, opened);
  }

  /** His consents. */
  @GET
  @Path("/consents")
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed(Person.ROLE)
  @Operation(
      operationId = "listOwnConsents",
      summary = "List one's own consents",
      description = "All versions, ended ones too.")
  @APIResponse(responseCode = "200", description = "All consents, in order of id.")
  public Page<ConsentView> list() {
    return looked(
        current.get(),
        null,
        "GET /v1/self/consents",
        (tx, person) ->
            consents.of(tx, person.holder()).stream()
                .map(one -> ConsentView.of(one, Sight.WHOLE_TENANT))
                .toList());
  }

  /** Withdraws. */
  @POST
  @Path("/consents/{consent}/withdrawal")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Person.ROLE)
  @Operation(
      operationId = "withdrawOwnConsent",
      summary = "Withdraw a consent of one's own",
      description =
          "For good and at once. Repeating it changes nothing. A version that was amended stands for"
              + " the one in its place, which ends and is the answer.")
  @APIResponse(
      responseCode = "200",
      description = "The consent, ended.",
      content = @Content(schema = @Schema(implementation = ConsentView.class)))
  public ConsentView withdraw(
      @PathParam("consent") String consent,
      @RequestBody(required = false) @Nullable @Valid WithdrawalRequest request) {
    return request == null
        ? step(consent, ConsentStep.WITHDRAW, null, null)
        : step(consent, ConsentStep.WITHDRAW, request.reason(), request.deletion());
  }

  /** Gives or refuses what he is asked for; confirms, pauses or resumes what he gave. */
  @POST
  @Path("/consents/{consent}/steps")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Person.ROLE)
  @Operation(
      operationId = "stepOwnConsent",
      summary = "Give, refuse, confirm, pause or resume a consent of one's own",
      description =
          "What one is asked for can be given or refused until answer_by. A pause stops pulls and"
              + " reads until it is resumed, and keeps the key. Where a consent"
              + " has to be confirmed from time to time, confirming it before confirm_by keeps it"
              + " from pausing.")
  @APIResponse(
      responseCode = "200",
      description = "The consent after the step.",
      content = @Content(schema = @Schema(implementation = ConsentView.class)))
  @APIResponse(responseCode = "409", description = "Its state does not allow the step.")
  public ConsentView pause(
      @PathParam("consent") String consent, @NotNull @Valid OwnStepRequest request) {
    return step(consent, Objects.requireNonNull(ConsentStep.asked(request.step())), null, null);
  }

  private ConsentView step(
      String consent, ConsentStep step, @Nullable String reason, @Nullable String deletion) {
    Person person = current.get();
    PublicIds.Keyed id = own(person, consent);
    ConsentSteps.Wish wish = new ConsentSteps.Wish(Actor.of(person), reason, deletion, act());
    return transactions.as(
        person.tenant(), tx -> view(PublicIds.orNotFound(steps.take(tx, id, step, wish))));
  }

  /** Puts a new version in its place. */
  @POST
  @Path("/consents/{consent}/amendment")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Person.ROLE)
  @Operation(
      operationId = "amendOwnConsent",
      summary = "Put a new version in the place of a consent of one's own",
      description = "It may allow more or less; it is given by this very act.")
  @APIResponse(
      responseCode = "201",
      description = "The new version.",
      content = @Content(schema = @Schema(implementation = ConsentView.class)))
  @APIResponse(responseCode = "409", description = "The consent has ended.")
  public RestResponse<ConsentView> amend(
      @PathParam("consent") String consent, @NotNull @Valid AmendmentRequest request) {
    Person person = current.get();
    PublicIds.Keyed id = own(person, consent);
    if (request.given() != null) {
      throw Problem.invalid("given", "It is given by this act; leave this out.");
    }
    Given given = new Given("holder", METHOD, null, null, null, act());
    ConsentView amended =
        transactions.as(
            person.tenant(),
            tx ->
                view(
                    PublicIds.orNotFound(
                        steps.amend(tx, Actor.of(person), id, request::terms, given))));
    return RestResponse.status(RestResponse.Status.CREATED, amended);
  }

  /** The receipts of a consent. */
  @GET
  @Path("/consents/{consent}/receipts")
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed(Person.ROLE)
  @Operation(
      operationId = "listOwnReceipts",
      summary = "List the receipts of a consent of one's own",
      description = "One for each step, signed when it was taken.")
  @APIResponse(responseCode = "200", description = "All receipts, the first step first.")
  public Page<ReceiptView> receipts(@PathParam("consent") String consent) {
    Person person = current.get();
    PublicIds.Keyed id = own(person, consent);
    String key = receipts.verifier().text();
    return looked(
        person,
        id.key(),
        "GET /v1/self/consents/{consent}/receipts",
        (tx, of) -> ReceiptView.of(consent, receipts.of(tx, id.holder(), id.key()), key));
  }

  /** What he looks at. */
  @FunctionalInterface
  private interface Look<T> {
    List<T> at(TenantTx tx, Person person) throws SQLException;
  }

  private <T> Page<T> looked(Person person, @Nullable Long consent, String route, Look<T> look) {
    return transactions.as(
        person.tenant(),
        tx -> {
          List<T> all = look.at(tx, person);
          String rows = Integer.toString(all.size());
          Map<String, String> facts = Map.of("route", route, "rows", rows, "by", Person.ROLE);
          log.append(tx, leaf(Leaf.Kind.READ, person, consent, facts));
          return Page.whole(all);
        });
  }

  private Act act() {
    return Act.BY_LINK.from(whence.address(), whence.agent());
  }

  // Somebody else's consent is answered like one that does not exist.
  private static PublicIds.Keyed own(Person person, String consent) {
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.consent(consent));
    return PublicIds.orNotFound(id.holder() == person.holder() ? id : null);
  }

  private static ConsentView view(Consents.Consent consent) {
    return ConsentView.of(consent, Sight.WHOLE_TENANT);
  }

  private static Leaf leaf(
      Leaf.Kind kind, Person person, @Nullable Long consent, Map<String, String> facts) {
    return new Leaf(kind, person.holder(), consent, null, person.client(), facts);
  }
}

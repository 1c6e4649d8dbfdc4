package io.tallystick.consent;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.ConsentViews.ConsentView;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.StepViews.AmendmentRequest;
import io.tallystick.consent.StepViews.ReceiptView;
import io.tallystick.consent.StepViews.StepRequest;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** What becomes of consents between being given and being withdrawn, and what proves it. */
@Path("/v1/consents/{consent}")
@RunOnVirtualThread
@Tag(name = "Consents")
public class ConsentStepsResource {
  private static final String JSON_LD = "application/ld+json";

  private final Transactions transactions;
  private final Consents consents;
  private final ConsentSteps steps;
  private final Receipts receipts;
  private final CurrentCaller current;
  private final AccessLog log;
  private final PortableConsents portable;

  ConsentStepsResource(
      Transactions transactions,
      Consents consents,
      ConsentSteps steps,
      Receipts receipts,
      CurrentCaller current,
      AccessLog log,
      PortableConsents portable) {
    this.transactions = transactions;
    this.consents = consents;
    this.steps = steps;
    this.receipts = receipts;
    this.current = current;
    this.log = log;
    this.portable = portable;
  }

  /** Confirms, pauses, resumes, revokes or invalidates. */
  @POST
  @Path("/steps")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "stepConsent",
      summary = "Confirm, pause, resume, revoke or invalidate a consent",
      description =
          "A pause stops pulls and reads until it is resumed, and keeps the key. Revoking and"
              + " invalidating end the consent for good. Repeating such a step changes nothing."
              + " Confirming records that the holder stands by it, each time, and puts off"
              + " confirm_by.")
  @APIResponse(
      responseCode = "200",
      description = "The consent after the step.",
      content = @Content(schema = @Schema(implementation = ConsentView.class)))
  @APIResponse(responseCode = "409", description = "Its state does not allow the step.")
  public ConsentView step(
      @PathParam("consent") String consent, @NotNull @Valid StepRequest request) {
    Caller caller = current.get();
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.consent(consent));
    ConsentStep step = Objects.requireNonNull(ConsentStep.asked(request.step()));
    boolean forGood = step == ConsentStep.REVOKE || step == ConsentStep.INVALIDATE;
    if (forGood && request.reason() == null) {
      throw Problem.invalid("reason", "Say why: it ends the consent for good.");
    }
    ConsentSteps.Wish wish = new ConsentSteps.Wish(Actor.of(caller), request.reason(), null);
    return transactions.as(
        caller.tenant(),
        tx -> ConsentsResource.view(caller, PublicIds.orNotFound(steps.take(tx, id, step, wish))));
  }

  /** Puts a new version in its place. */
  @POST
  @Path("/amendment")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.OWNER)
  @Operation(
      operationId = "amendConsent",
      summary = "Put a new version in a consent's place",
      description =
          "Connections go over to the new version. Allowing more needs an act of the holder.")
  @APIResponse(
      responseCode = "201",
      description = "The new version.",
      content = @Content(schema = @Schema(implementation = ConsentView.class)))
  @APIResponse(responseCode = "409", description = "The consent has ended.")
  public RestResponse<ConsentView> amend(
      @PathParam("consent") String consent, @NotNull @Valid AmendmentRequest request) {
    Caller caller = current.get();
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.consent(consent));
    ConsentView amended =
        transactions.as(
            caller.tenant(),
            tx ->
                ConsentsResource.view(
                    caller,
                    PublicIds.orNotFound(
                        steps.amend(tx, Actor.of(caller), id, request::terms, request.how()))));
    return RestResponse.status(RestResponse.Status.CREATED, amended);
  }

  /** The receipts of a consent. */
  @GET
  @Path("/receipts")
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "listReceipts",
      summary = "List the signed receipts of a consent",
      description = "One for each step, signed when it was taken. Hand them to the holder.")
  @APIResponse(responseCode = "200", description = "All receipts, the first step first.")
  public Page<ReceiptView> receipts(@PathParam("consent") String consent) {
    Caller caller = current.get();
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.consent(consent));
    String key = receipts.verifier().text();
    return transactions.as(
        caller.tenant(),
        tx -> {
          PublicIds.orNotFound(consents.find(tx, caller, id));
          Page<ReceiptView> page =
              Page.whole(ReceiptView.of(consent, receipts.of(tx, id.holder(), id.key()), key));
          looked(tx, caller, id, "GET /v1/consents/{consent}/receipts", page.items().size());
          return page;
        });
  }

  /** The consent in a form that other systems understand. */
  @GET
  @Path("/record")
  @Produces(JSON_LD)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "exportConsentRecord",
      summary = "Export a consent as a portable record",
      description = "JSON-LD in the terms of the W3C Data Privacy Vocabulary, context included.")
  @APIResponse(
      responseCode = "200",
      description = "The record.",
      content = @Content(mediaType = JSON_LD, schema = @Schema(type = SchemaType.STRING)))
  public String portable(@PathParam("consent") String consent) {
    Caller caller = current.get();
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.consent(consent));
    return transactions.as(
        caller.tenant(),
        tx -> {
          Consent found = PublicIds.orNotFound(consents.find(tx, caller, id));
          looked(tx, caller, id, "GET /v1/consents/{consent}/record", 1);
          return portable.of(tx, found);
        });
  }

  /** What the holder was shown. */
  @GET
  @Path("/notice")
  @Produces(MediaType.TEXT_PLAIN)
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "getConsentNotice",
      summary = "Read the words that the holder was shown",
      description = "Byte for byte those whose digest the consent names.")
  @APIResponse(
      responseCode = "200",
      description = "The words.",
      content =
          @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)))
  public String notice(@PathParam("consent") String consent) {
    Caller caller = current.get();
    PublicIds.Keyed id = PublicIds.orNotFound(PublicIds.consent(consent));
    return transactions.as(
        caller.tenant(),
        tx -> {
          Notice notice =
              PublicIds.orNotFound(
                  PublicIds.orNotFound(consents.find(tx, caller, id)).given().notice());
          String words = PublicIds.orNotFound(NoticeStore.words(tx, notice));
          looked(tx, caller, id, "GET /v1/consents/{consent}/notice", 1);
          return words;
        });
  }

  private void looked(TenantTx tx, Caller caller, PublicIds.Keyed id, String route, int rows)
      throws SQLException {
    log.append(tx, Leaf.looked(id.holder(), id.key(), null, caller.client(), route, rows));
  }
}

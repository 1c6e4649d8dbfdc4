package io.tallystick.retention;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.Controllers;
import io.tallystick.consent.Controllers.Controller;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.Clients;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.RetentionClass;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The register of processing (GDPR, article 30), as the consents in force and the settings have it
 * at this moment: nobody keeps it, so that it is never out of date.
 */
@Path("/v1/retention/register")
@RunOnVirtualThread
@Tag(name = "Retention")
public class RegisterResource {
  private static final String ROUTE = "GET /v1/retention/register";

  // What the service does whatever the settings are.
  private static final List<String> MEASURES =
      List.of(
          "keys that can do more than read are refused",
          "sealed by keys of holder and class, held outside the database",
          "tenants apart by row-level security",
          "every pull and read in a log that can be verified",
          "erasure by destroying keys, done again after a restore");

  private final Transactions transactions;
  private final Clients clients;
  private final CurrentCaller current;
  private final AccessLog log;
  private final Controllers controllers;

  RegisterResource(
      Transactions transactions,
      Clients clients,
      CurrentCaller current,
      AccessLog log,
      Controllers controllers) {
    this.transactions = transactions;
    this.clients = clients;
    this.current = current;
    this.log = log;
    this.controllers = controllers;
  }

  /** One purpose of processing. */
  @Schema(name = "RegisterEntry", description = "What is processed for one purpose.")
  public record RegisterEntryView(
      @Schema(description = "What consents name as the purpose.") String purpose,
      @Schema(description = "Who answers for it: the tenant.") String controller,
      @Schema(description = "How to reach him; absent while the operator did not say.")
          @Nullable String contact,
      @Schema(description = "His postal address; absent while the operator did not say.")
          @Nullable String address,
      @Schema(description = "The words in which holders are shown the purpose; absent likewise.")
          @Nullable String text,
      @Schema(description = "On what the processing rests, as the consents in force have it.")
          List<String> lawfulBases,
      @Schema(description = "How many persons consented to it.") long holders,
      @Schema(description = "Kinds of record.") List<String> categories,
      @Schema(description = "The clients that receive it, with role and country.")
          List<String> clients,
      @Schema(description = "Who works on it for the controller, with task and country.")
          List<String> processors,
      List<String> jurisdictions,
      @Schema(description = "How long what is kept, by the profiles of these jurisdictions.")
          List<String> periods,
      @Schema(description = "Where it is kept; absent while the operator did not say.")
          @Nullable String storage,
      @Schema(description = "Transfers elsewhere; absent while the operator did not say.")
          @Nullable String transfers,
      @Schema(description = "How it is protected.") List<String> measures) {}

  /** The register. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "listRegister",
      summary = "Show the register of processing",
      description =
          "Made of the consents in force at this moment and of the settings, by purpose (GDPR,"
              + " article 30).")
  @APIResponse(responseCode = "200", description = "All purposes that a consent in force names.")
  public Page<RegisterEntryView> register() {
    Caller caller = current.get();
    return transactions.as(
        caller.tenant(),
        tx -> {
          Map<Long, String> names = names(tx);
          Controller controller = controllers.of(tx);
          List<RegisterEntryView> all =
              RetentionStore.purposes(tx).stream()
                  .map(one -> entry(one, controller, names))
                  .toList();
          log.append(tx, Leaf.looked(0, null, null, caller.client(), ROUTE, all.size()));
          return Page.whole(all);
        });
  }

  private Map<Long, String> names(TenantTx tx) throws SQLException {
    return clients.of(tx).stream()
        .collect(
            Collectors.toMap(
                Clients.Client::client,
                client -> named(client.name(), client.role(), client.country())));
  }

  private static String named(String name, @Nullable String task, @Nullable String country) {
    String known =
        Stream.of(Optional.ofNullable(task), Optional.ofNullable(country))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return known.isEmpty() ? name : name + " (" + known + ")";
  }

  private static @Nullable String joined(List<String> said) {
    return said.isEmpty() ? null : String.join("; ", said);
  }

  private RegisterEntryView entry(
      RetentionStore.Purpose one, Controller controller, Map<Long, String> names) {
    return new RegisterEntryView(
        one.purpose(),
        controller.party().name(),
        controller.party().contact(),
        controller.party().address(),
        controllers.purpose(one.purpose()).text(),
        one.bases(),
        one.holders(),
        one.domains(),
        one.recipients().stream()
            .map(client -> Objects.requireNonNullElse(names.get(client), PublicIds.client(client)))
            .sorted()
            .toList(),
        controller.processors().stream()
            .map(party -> named(party.name(), party.task(), party.country()))
            .toList(),
        one.jurisdictions(),
        one.jurisdictions().stream()
            .map(Profiles::of)
            .distinct()
            .flatMap(RegisterResource::periods)
            .toList(),
        joined(controller.storage()),
        joined(controller.transfers()),
        MEASURES);
  }

  private static Stream<String> periods(Profile profile) {
    return Arrays.stream(RetentionClass.values())
        .map(kind -> profile.name() + " " + kind.code() + " " + profile.keep(kind).period());
  }
}

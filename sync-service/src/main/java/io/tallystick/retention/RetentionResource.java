package io.tallystick.retention;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.RetentionClass;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is kept how long: the rules, and what is due by them. */
@Path("/v1/retention")
@RunOnVirtualThread
@Tag(name = "Retention")
public class RetentionResource {
  private static final String DUE = "GET /v1/retention/due";

  private final Retention retention;
  private final Transactions transactions;
  private final CurrentCaller current;
  private final Cursors cursors;
  private final AccessLog log;

  RetentionResource(
      Retention retention,
      Transactions transactions,
      CurrentCaller current,
      Cursors cursors,
      AccessLog log) {
    this.retention = retention;
    this.transactions = transactions;
    this.current = current;
    this.cursors = cursors;
    this.log = log;
  }

  /** A rule of a profile. */
  @Schema(name = "RetentionRule", description = "How long a kind of data is kept by a profile.")
  public record RuleView(
      @Schema(description = "The profile with its version.") String rule,
      @Schema(description = "Codes of the jurisdictions, or * for all others.")
          String jurisdictions,
      String kind,
      @Schema(description = "ISO 8601, from the end of the holder's last consent.") String period,
      @Schema(description = "Whether it runs from the end of the year of that end.")
          boolean fromYearEnd,
      @Schema(description = "Whether a law may oblige to keep it.") boolean duty,
      @Schema(description = "When the profile was last held against its sources.") String checkedOn,
      @Schema(description = "What it was made from.") String sources) {}

  /** What is kept of a holder. */
  @Schema(name = "RetentionDue", description = "Until when something of a holder is kept.")
  public record DueView(
      String holder,
      String kind,
      Instant until,
      @Schema(description = "The profile that says so, with its version, or the holder's choice.")
          String rule,
      @Schema(description = "Whether a legal hold keeps it whatever the time.") boolean held) {}

  /** The rules. */
  @GET
  @Path("/rules")
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "listRetentionRules",
      summary = "List how long what is kept",
      description = "Of several profiles that hold for a holder, the longest period counts.")
  @APIResponse(responseCode = "200", description = "All rules of all profiles.")
  public Page<RuleView> rules() {
    return Page.whole(
        Profiles.all().stream()
            .flatMap(
                profile -> Arrays.stream(RetentionClass.values()).map(kind -> rule(profile, kind)))
            .toList());
  }

  private static RuleView rule(Profile profile, RetentionClass kind) {
    Profile.Keep keep = profile.keep(kind);
    List<String> where = profile.jurisdictions();
    return new RuleView(
        profile.name(),
        where.isEmpty() ? "*" : String.join(" ", where),
        kind.code(),
        keep.period().toString(),
        keep.yearEnd(),
        keep.duty(),
        profile.checkedOn().toString(),
        String.join("; ", profile.sources()));
  }

  /** What is due. */
  @GET
  @Path("/due")
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.OWNER, Role.Names.COMPLIANCE})
  @Operation(
      operationId = "listRetentionDue",
      summary = "List what is due to be erased",
      description = "Of holders whose consents have all ended. A legal hold keeps what is due.")
  @APIResponse(responseCode = "200", description = "What is due, in order of holder and kind.")
  public Page<DueView> due(
      @QueryParam("by")
          @Parameter(
              description = "Due at this instant, which may be to come; now when it is left out.",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @Nullable String by,
      @BeanParam PageRequest paging) {
    Caller caller = current.get();
    Instant asked = Times.parameter("by", by);
    int limit = paging.limit();
    Cursors.Scope scope = Cursors.Scope.of(caller.tenant(), DUE, by);
    List<String> position = cursors.read(scope, paging.cursor());
    return transactions.as(
        caller.tenant(),
        tx -> {
          Instant now = tx.now();
          long from = position.isEmpty() ? 0 : Long.parseLong(position.getFirst());
          String kind = position.isEmpty() ? "" : position.getLast();
          List<Due> found =
              retention.due(tx, now, asked == null ? now : asked, from, kind, limit + 1);
          Page<DueView> page =
              Page.cut(
                  found,
                  limit,
                  RetentionResource::view,
                  one -> List.of(Long.toString(one.holder()), one.retention().code()),
                  next -> cursors.write(scope, next));
          log.append(tx, Leaf.looked(0, null, null, caller.client(), DUE, page.items().size()));
          return page;
        });
  }

  private static DueView view(Due due) {
    return new DueView(
        PublicIds.holder(due.holder()),
        due.retention().code(),
        due.until(),
        due.rule(),
        due.held());
  }
}

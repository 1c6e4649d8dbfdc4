package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.EntryKind;
import io.tallystick.records.PostingRows.PostingRow;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Interest that Earn paid, and what it took back. */
@Path("/v1/earn/rewards")
@RunOnVirtualThread
@Tag(name = "Records")
public class RewardsResource {
  private static final String INCOME = "income/";
  private static final String INFERRED = "-inferred";
  private static final List<EntryKind> KINDS =
      List.of(EntryKind.INCOME, EntryKind.INTERNAL_TRANSFER);

  private final EntryPages pages;

  RewardsResource(EntryPages pages) {
    this.pages = pages;
  }

  /**
   * One reward.
   *
   * @param amount negative when interest was taken back
   * @param wallet where it came to, or was taken from
   * @param inferred whether no list told it: more came back than was put in
   */
  @Schema(name = "Reward", description = "Interest that Earn paid or took back.")
  public record Reward(
      String id,
      String connection,
      String asset,
      BigDecimal amount,
      String wallet,
      boolean inferred,
      Instant occurredAt,
      int revision,
      String evidence) {}

  /** A page of rewards, the newest first. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listEarnRewards",
      summary = "List what Earn paid and took back, the newest first",
      description =
          "A page may hold fewer items than the limit although more follow: go by next_cursor.")
  @APIResponse(responseCode = "200", description = "A page of rewards.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<Reward> list(
      @BeanParam Whose whose,
      @QueryParam("asset") @Parameter(description = "The asset that moved.") @Nullable String asset,
      @BeanParam PageRequest page) {
    EntryFilter filter =
        new EntryFilter(null, Words.word("asset", asset), whose.from(), whose.to(), false, false);
    return pages.page(
        new EntryPages.Ask(
            "GET /v1/earn/rewards", KINDS, List.of(Domain.EARN), whose, filter, page),
        RewardsResource::view);
  }

  private static List<Reward> view(TenantTx tx, long holder, List<EntryRow> rows)
      throws SQLException {
    Map<UUID, List<PostingRow>> postings =
        PostingRows.of(tx, holder, rows.stream().map(EntryRow::id).toList());
    List<Reward> rewards = new ArrayList<>();
    for (EntryRow row : rows) {
      for (PostingRow posting : postings.getOrDefault(row.id(), List.of())) {
        boolean paid = posting.from().startsWith(INCOME);
        boolean income = paid || posting.to().startsWith(INCOME);
        if (income && posting.revision() == row.revision() && !posting.reversal()) {
          String wallet = paid ? posting.to() : posting.from();
          rewards.add(
              new Reward(
                  PublicIds.entry(holder, row.id()),
                  PublicIds.connection(holder, row.connection()),
                  posting.asset(),
                  paid ? posting.amount() : posting.amount().negate(),
                  wallet.substring(wallet.lastIndexOf('/') + 1),
                  posting.from().endsWith(INFERRED),
                  row.occurredAt(),
                  row.revision(),
                  PublicIds.evidence(holder, row.evidence())));
        }
      }
    }
    return rewards;
  }
}

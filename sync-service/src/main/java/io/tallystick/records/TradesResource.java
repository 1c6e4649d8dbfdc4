package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.tenancy.Role;
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
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The fills of an account. */
@Path("/v1/trades")
@RunOnVirtualThread
@Tag(name = "Records")
public class TradesResource {
  private static final List<EntryKind> KINDS = List.of(EntryKind.TRADE);

  private final EntryPages pages;

  TradesResource(EntryPages pages) {
    this.pages = pages;
  }

  /**
   * One fill. Amounts are in whole units of their asset.
   *
   * @param price quote units per base unit
   * @param fee negative when the venue paid the holder
   * @param tradeId the venue's own id, unique within the symbol
   * @param maker whether the holder's order rested in the book; null where the source is silent
   */
  @Schema(name = "Trade", description = "One fill, its amounts in whole units of their asset.")
  public record Trade(
      String id,
      String connection,
      String symbol,
      @Schema(enumeration = {"buy", "sell"}) String side,
      BigDecimal price,
      BigDecimal quantity,
      BigDecimal quoteQuantity,
      BigDecimal fee,
      String feeAsset,
      @Nullable String tradeId,
      @Nullable String orderId,
      @Nullable Boolean maker,
      Instant occurredAt,
      int revision,
      String evidence) {

    private static Trade of(long holder, EntryRow row) {
      Entry.Terms terms = Objects.requireNonNull(row.terms(), "a trade has terms");
      return new Trade(
          PublicIds.entry(holder, row.id()),
          PublicIds.connection(holder, row.connection()),
          terms.market(),
          terms.side(),
          terms.price(),
          terms.quantity(),
          terms.quoteQuantity(),
          terms.fee(),
          terms.feeAsset(),
          terms.venueRef(),
          terms.orderRef(),
          terms.maker(),
          row.occurredAt(),
          row.revision(),
          PublicIds.evidence(holder, row.evidence()));
    }
  }

  /** A page of fills, the newest first. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(operationId = "listTrades", summary = "List fills, the newest first")
  @APIResponse(responseCode = "200", description = "A page of fills.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<Trade> list(
      @BeanParam Whose whose,
      @QueryParam("symbol") @Parameter(description = "The venue's symbol of the market.")
          @Nullable String symbol,
      @QueryParam("asset") @Parameter(description = "Base, quote or fee asset.")
          @Nullable String asset,
      @BeanParam PageRequest page) {
    EntryFilter filter =
        new EntryFilter(
            Words.word("symbol", symbol),
            Words.word("asset", asset),
            whose.from(),
            whose.to(),
            false,
            false);
    return pages.page(
        new EntryPages.Ask("GET /v1/trades", KINDS, whose, filter, page),
        (tx, holder, rows) -> rows.stream().map(row -> Trade.of(holder, row)).toList());
  }
}

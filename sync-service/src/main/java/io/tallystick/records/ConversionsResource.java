package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Books;
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
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was turned into something else outside the order book, on whatever surface. */
@Path("/v1/conversions")
@RunOnVirtualThread
@Tag(name = "Records")
public class ConversionsResource {
  private static final List<EntryKind> KINDS = List.of(EntryKind.CONVERSION);

  private final EntryPages pages;
  private final Books books;

  ConversionsResource(EntryPages pages, Books books) {
    this.pages = pages;
    this.books = books;
  }

  /** So much of an asset. */
  @Schema(name = "AssetAmount", description = "So much of one asset, in whole units.")
  public record AssetAmount(String asset, BigDecimal amount) {}

  /**
   * One conversion.
   *
   * @param domain the kind of record that it was read from; null when nobody knows
   * @param surface the venue's part that made it, for example p2p; null for an ordinary conversion
   * @param given what was paid, fees left out; the fiat paid outside the venue is part of it
   * @param received what came for it, before fees
   * @param transaction the venue's number that links the legs of one event; null when it has none
   */
  @Schema(name = "Conversion", description = "One or more assets turned into others.")
  public record Conversion(
      String id,
      String connection,
      @Nullable String domain,
      @Nullable String surface,
      @Schema(enumeration = {"pending", "settled", "failed"}) String state,
      List<AssetAmount> given,
      List<AssetAmount> received,
      List<AssetAmount> fees,
      @Nullable String transaction,
      Instant occurredAt,
      int revision,
      String evidence) {}

  /** One conversion as a line of a table. */
  @Schema(name = "ConversionLine", hidden = true)
  public record ConversionLine(
      String id,
      String connection,
      @Nullable String domain,
      @Nullable String surface,
      String state,
      String given,
      String received,
      String fees,
      @Nullable String transaction,
      Instant occurredAt,
      int revision,
      String evidence) {

    private static ConversionLine of(Conversion one) {
      return new ConversionLine(
          one.id(),
          one.connection(),
          one.domain(),
          one.surface(),
          one.state(),
          text(one.given()),
          text(one.received()),
          text(one.fees()),
          one.transaction(),
          one.occurredAt(),
          one.revision(),
          one.evidence());
    }

    private static String text(List<AssetAmount> amounts) {
      return String.join(
          "; ", amounts.stream().map(a -> Decimals.text(a.amount()) + " " + a.asset()).toList());
    }
  }

  /** A page of conversions. */
  @Schema(name = "ConversionPage", description = "A page of conversions.")
  public record Conversions(
      @Schema(description = "The conversions of this page, in the order of the list.")
          List<Conversion> items,
      @Schema(description = "Pass as cursor to get the next page; absent on the last page.")
          @Nullable String nextCursor) {}

  /** A page of conversions, the newest first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listConversions",
      summary = "List conversions, dust, purchases for fiat, P2P trades and planned buys",
      description = "Kinds of record that no consent opens to the client are left out.")
  @APIResponse(
      responseCode = "200",
      description = "A page of conversions; as text/csv one line for each.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Conversions.class)),
        @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(implementation = String.class))
      })
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Conversions list(
      @BeanParam Whose whose,
      @QueryParam("asset") @Parameter(description = "The asset that moved.") @Nullable String asset,
      @BeanParam PageRequest page) {
    Page<Conversion> read = read(whose, asset, page);
    return new Conversions(read.items(), read.nextCursor());
  }

  /** The same page as a table, for those who ask for one; others get JSON. */
  @GET
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(hidden = true)
  public Page<ConversionLine> lines(
      @BeanParam Whose whose,
      @QueryParam("asset") @Nullable String asset,
      @BeanParam PageRequest page) {
    Page<Conversion> read = read(whose, asset, page);
    return new Page<>(read.items().stream().map(ConversionLine::of).toList(), read.nextCursor());
  }

  private Page<Conversion> read(Whose whose, @Nullable String asset, PageRequest page) {
    EntryFilter filter =
        new EntryFilter(null, Words.word("asset", asset), whose.from(), whose.to(), false, false);
    return pages.page(
        new EntryPages.Ask("GET /v1/conversions", KINDS, whose, filter, page), this::view);
  }

  private List<Conversion> view(TenantTx tx, long holder, List<EntryRow> rows) throws SQLException {
    Map<UUID, List<PostingRow>> postings =
        PostingRows.of(tx, holder, rows.stream().map(EntryRow::id).toList());
    List<Conversion> all = new ArrayList<>(rows.size());
    for (EntryRow row : rows) {
      Map<String, String> details = books.details(tx.tenant(), holder, row.id(), row.details());
      List<PostingRow> live =
          postings.getOrDefault(row.id(), List.of()).stream()
              .filter(posting -> posting.revision() == row.revision() && !posting.reversal())
              .toList();
      Domain domain = row.domain();
      all.add(
          new Conversion(
              PublicIds.entry(holder, row.id()),
              PublicIds.connection(holder, row.connection()),
              domain == null ? null : domain.code(),
              details.get("surface"),
              row.state().code(),
              live.isEmpty() ? planned(details, "given") : sum(live, PostingRow::to, "trading"),
              live.isEmpty()
                  ? planned(details, "received")
                  : sum(live, PostingRow::from, "trading"),
              sum(live, PostingRow::to, "fees/"),
              details.get("transaction"),
              row.occurredAt(),
              row.revision(),
              PublicIds.evidence(holder, row.evidence())));
    }
    return all;
  }

  /** What something that moved nothing was to move. */
  private static List<AssetAmount> planned(Map<String, String> details, String side) {
    String asset = details.get(side + "_asset");
    BigDecimal amount = Decimals.parse(details.get(side));
    return asset == null || amount == null ? List.of() : List.of(new AssetAmount(asset, amount));
  }

  private static List<AssetAmount> sum(
      List<PostingRow> postings, Function<PostingRow, String> end, String account) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (PostingRow posting : postings) {
      if (end.apply(posting).startsWith(account)) {
        sums.merge(posting.asset(), posting.amount(), BigDecimal::add);
      }
    }
    return sums.entrySet().stream()
        .map(sum -> new AssetAmount(sum.getKey(), sum.getValue()))
        .toList();
  }
}

package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.EntryKind;
import io.tallystick.records.PostingRows.PostingRow;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What came into an account, left it, or moved inside it. */
@Path("/v1/transfers")
@RunOnVirtualThread
@Tag(name = "Records")
public class TransfersResource {
  private static final String FEES = "fees/";
  // What came from there goes back there: a wallet receives none of it.
  private static final String INCOME = "income/";

  private static final Map<String, EntryKind> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("deposit", EntryKind.DEPOSIT);
    KINDS.put("withdrawal", EntryKind.WITHDRAWAL);
    KINDS.put("internal", EntryKind.INTERNAL_TRANSFER);
  }

  private final EntryPages pages;
  private final Books books;

  TransfersResource(EntryPages pages, Books books) {
    this.pages = pages;
    this.books = books;
  }

  /**
   * One transfer.
   *
   * @param amount what arrived at the other side, without the fee and without interest that was
   *     taken back on the way; null when the record of a transfer that moved nothing does not tell
   *     it, and when several assets moved
   * @param fee what the venue kept for it, in the same asset; zero when it says there was none
   */
  @Schema(name = "Transfer", description = "A deposit, a withdrawal or a transfer between wallets.")
  public record Transfer(
      String id,
      String connection,
      @Schema(enumeration = {"deposit", "withdrawal", "internal"}) String kind,
      @Schema(enumeration = {"pending", "settled", "failed"}) String state,
      @Nullable String asset,
      @Nullable BigDecimal amount,
      @Nullable BigDecimal fee,
      @Nullable String network,
      @Nullable String address,
      @Nullable String tag,
      @Nullable String txid,
      Instant occurredAt,
      int revision,
      String evidence) {}

  /** A page of transfers, the newest first. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listTransfers",
      summary = "List deposits, withdrawals and internal transfers, the newest first",
      description =
          "Kinds that no consent opens to the client are left out. A page may hold fewer items than"
              + " the limit although more follow: go by next_cursor.")
  @APIResponse(responseCode = "200", description = "A page of transfers.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<Transfer> list(
      @BeanParam Whose whose,
      @QueryParam("kind")
          @Parameter(
              description = "Only this kind.",
              schema =
                  @Schema(
                      implementation = String.class,
                      enumeration = {"deposit", "withdrawal", "internal"}))
          @Nullable String kind,
      @QueryParam("asset") @Parameter(description = "The asset that moved.") @Nullable String asset,
      @BeanParam PageRequest page) {
    String only = Words.oneOf("kind", kind, KINDS.keySet().toArray(String[]::new));
    List<EntryKind> kinds =
        KINDS.entrySet().stream()
            .filter(known -> only == null || known.getKey().equals(only))
            .map(Map.Entry::getValue)
            .toList();
    EntryFilter filter =
        new EntryFilter(null, Words.word("asset", asset), whose.from(), whose.to(), true, false);
    return pages.page(
        new EntryPages.Ask("GET /v1/transfers", kinds, whose, filter, page),
        (tx, holder, rows) -> view(tx, holder, rows, filter.asset()));
  }

  private List<Transfer> view(TenantTx tx, long holder, List<EntryRow> rows, @Nullable String asset)
      throws SQLException {
    Map<UUID, List<PostingRow>> postings =
        PostingRows.of(tx, holder, rows.stream().map(EntryRow::id).toList());
    List<Transfer> transfers = new ArrayList<>(rows.size());
    for (EntryRow row : rows) {
      List<PostingRow> live =
          postings.getOrDefault(row.id(), List.of()).stream()
              .filter(posting -> posting.revision() == row.revision() && !posting.reversal())
              .toList();
      List<PostingRow> asked = live.stream().filter(one -> one.asset().equals(asset)).toList();
      Transfer transfer = view(tx, holder, row, asked.isEmpty() ? live : asked);
      // What moved nothing tells its asset only in its sealed part, which no query reads.
      if (asset == null || asset.equals(transfer.asset())) {
        transfers.add(transfer);
      }
    }
    return transfers;
  }

  private Transfer view(TenantTx tx, long holder, EntryRow row, List<PostingRow> live) {
    Map<String, String> details = books.details(tx.tenant(), holder, row.id(), row.details());
    String asset = details.get("asset");
    BigDecimal amount = Decimals.parse(details.get("amount"));
    BigDecimal fee = Decimals.parse(details.get("fee"));
    if (!live.isEmpty()) {
      boolean one = live.stream().map(PostingRow::asset).distinct().count() == 1;
      // What was paid in several assets at once has no one amount; its entry tells each.
      asset = one ? live.getFirst().asset() : null;
      amount = one ? sum(live, to -> !to.startsWith(FEES) && !to.startsWith(INCOME)) : null;
      fee = one ? sum(live, to -> to.startsWith(FEES)) : null;
    }
    return new Transfer(
        PublicIds.entry(holder, row.id()),
        PublicIds.connection(holder, row.connection()),
        row.kind() == EntryKind.INTERNAL_TRANSFER ? "internal" : row.kind().code(),
        row.state().code(),
        asset,
        amount,
        fee,
        row.network(),
        details.get("address"),
        details.get("tag"),
        details.get("txid"),
        row.occurredAt(),
        row.revision(),
        PublicIds.evidence(holder, row.evidence()));
  }

  private static BigDecimal sum(List<PostingRow> postings, Predicate<String> to) {
    return postings.stream()
        .filter(posting -> to.test(posting.to()))
        .map(PostingRow::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}

package io.tallystick.records;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.Reads;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.EntryKind;
import io.tallystick.records.EntryPages.Ask;
import io.tallystick.records.EntryViews.Entries;
import io.tallystick.records.EntryViews.EntryLine;
import io.tallystick.records.EntryViews.EntryRevisions;
import io.tallystick.records.EntryViews.EntryView;
import io.tallystick.records.EntryViews.RevisionLine;
import io.tallystick.records.EntryViews.RevisionView;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import io.tallystick.web.Tagged;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The books: economic events with their postings, their evidence and their history. */
@Path("/v1/entries")
@Tagged
@RunOnVirtualThread
@Tag(name = "Records")
public class EntriesResource {
  private static final String LIST = "GET /v1/entries";

  private final EntryPages pages;
  private final Reads reads;
  private final Transactions transactions;
  private final CurrentCaller current;

  EntriesResource(EntryPages pages, Reads reads, Transactions transactions, CurrentCaller current) {
    this.pages = pages;
    this.reads = reads;
    this.transactions = transactions;
    this.current = current;
  }

  /** Which entries; a list takes one as {@code @BeanParam}. */
  public static class Which {
    @QueryParam("kind")
    @Parameter(
        description = "Only this kind.",
        schema =
            @Schema(
                implementation = String.class,
                enumeration = {
                  "trade",
                  "deposit",
                  "withdrawal",
                  "internal_transfer",
                  "conversion",
                  "income",
                  "fee",
                  "unclassified"
                }))
    @Nullable String kind;

    @QueryParam("symbol")
    @Parameter(description = "The venue's symbol of the market.")
    @Nullable String symbol;

    @QueryParam("asset")
    @Parameter(description = "Moved by a posting, or the asset of the fee.")
    @Nullable String asset;

    /** Made by the framework from the query. */
    public Which() {}

    private List<EntryKind> kinds() {
      List<EntryKind> all = List.of(EntryKind.values());
      String only =
          Words.oneOf("kind", kind, all.stream().map(EntryKind::code).toArray(String[]::new));
      return all.stream().filter(known -> only == null || known.code().equals(only)).toList();
    }
  }

  /** A page of entries, the newest first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listEntries",
      summary = "List ledger entries with their postings, the newest first",
      description =
          "Kinds that no consent opens to the client are left out. As text/csv: one line for each"
              + " posting.")
  @APIResponse(
      responseCode = "200",
      description = "A page of entries.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Entries.class)),
        @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(implementation = String.class))
      })
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Entries list(@BeanParam Whose whose, @BeanParam Which which, @BeanParam PageRequest page) {
    Page<EntryView> entries = pages.page(ask(whose, which, page), EntryViews::entries);
    return new Entries(entries.items(), entries.nextCursor());
  }

  /** The same page, one line a posting, for those who ask for one; others get JSON. */
  @GET
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(hidden = true)
  public Page<EntryLine> lines(
      @BeanParam Whose whose, @BeanParam Which which, @BeanParam PageRequest page) {
    return pages.page(
        ask(whose, which, page),
        (tx, holder, rows) -> EntryViews.lines(EntryViews.entries(tx, holder, rows)));
  }

  /** One entry in its current revision. */
  @GET
  @Path("{entry}")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(operationId = "getEntry", summary = "Read an entry in its current revision")
  @APIResponse(responseCode = "200", description = "The entry.")
  public EntryView entry(@PathParam("entry") String id) {
    return one(
        "GET /v1/entries/{entry}",
        id,
        (tx, holder, rows) -> EntryViews.entries(tx, holder, List.of(rows.getLast())).getFirst());
  }

  /** All revisions of one entry, the first one first. */
  @GET
  @Path("{entry}/revisions")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listEntryRevisions",
      summary = "List an entry's revisions, with what each took back and posted")
  @APIResponse(
      responseCode = "200",
      description = "All revisions, the first one first.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = EntryRevisions.class)),
        @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(implementation = String.class))
      })
  public EntryRevisions revisions(@PathParam("entry") String id) {
    return new EntryRevisions(history(id), null);
  }

  /** The same, one line a posting, for those who ask for a table; others get JSON. */
  @GET
  @Path("{entry}/revisions")
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(hidden = true)
  public Page<RevisionLine> revisionLines(@PathParam("entry") String id) {
    return Page.whole(EntryViews.revisionLines(history(id)));
  }

  private List<RevisionView> history(String id) {
    return one("GET /v1/entries/{entry}/revisions", id, EntryViews::revisions);
  }

  private static Ask ask(Whose whose, Which which, PageRequest page) {
    EntryFilter filter =
        new EntryFilter(
            Words.word("symbol", which.symbol),
            Words.word("asset", which.asset),
            whose.from(),
            whose.to(),
            false,
            true);
    return new Ask(LIST, which.kinds(), whose, filter, page);
  }

  @FunctionalInterface
  private interface OneViewer<T> {
    T view(TenantTx tx, long holder, List<EntryRow> revisions) throws SQLException;
  }

  // Which consent is asked for depends on the entry's kind, so that is looked up first.
  private <T> T one(String route, String id, OneViewer<T> viewer) {
    Caller caller = current.get();
    PublicIds.Timed key = PublicIds.orNotFound(PublicIds.entry(id));
    List<EntryRow> revisions =
        transactions.as(caller.tenant(), tx -> EntryRows.revisions(tx, key.holder(), key.id()));
    if (revisions.isEmpty()) {
      throw Problem.notFound();
    }
    EntryRow entry = revisions.getLast();
    Domain domain = entry.domain();
    return reads.read(
        caller,
        route,
        PublicIds.holder(key.holder()),
        PublicIds.connection(key.holder(), entry.connection()),
        domain == null ? EnumSet.allOf(Domain.class) : EnumSet.of(domain),
        (tx, permits) -> {
          boolean open =
              Kinds.spans(permits).stream()
                  .filter(span -> span.domain() == domain)
                  .anyMatch(span -> !span.since().isAfter(entry.occurredAt()));
          if (!open) {
            // Before the look-back of the consent: for this client it is not there.
            throw Problem.notFound();
          }
          return new Reads.Served<>(viewer.view(tx, key.holder(), revisions), 1);
        });
  }
}

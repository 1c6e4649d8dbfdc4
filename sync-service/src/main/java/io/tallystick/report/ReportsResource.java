package io.tallystick.report;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.Reads;
import io.tallystick.costbasis.Settings;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Books;
import io.tallystick.report.ReportLines.FractionLine;
import io.tallystick.report.ReportLines.ReportLine;
import io.tallystick.report.ReportViews.DisposalView;
import io.tallystick.report.ReportViews.ReportRequest;
import io.tallystick.report.ReportViews.ReportView;
import io.tallystick.report.ReportViews.RerunView;
import io.tallystick.report.reading.Input;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.web.Csv;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import io.tallystick.web.Tagged;
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
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Reports: made, kept, shown, made again. */
@Path("/v1/reports")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
public class ReportsResource {
  private static final String LIST = "GET /v1/reports";
  private static final String DISPOSALS = "GET /v1/reports/{report}/disposals";
  private static final int SHOWN = 100;

  private final Reports reports;
  private final CurrentCaller current;
  private final Cursors cursors;
  private final StatementStore statements;
  private final Proving proving;
  private final Books books;

  ReportsResource(
      Reports reports,
      CurrentCaller current,
      Cursors cursors,
      StatementStore statements,
      Proving proving,
      Books books) {
    this.books = books;
    this.statements = statements;
    this.proving = proving;
    this.reports = reports;
    this.current = current;
    this.cursors = cursors;
  }

  /** Makes a report of everything of a holder that is open to the client. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(operationId = "makeReport", summary = "Make a report")
  @APIResponse(
      responseCode = "201",
      description = "The report is made and kept.",
      content = @Content(schema = @Schema(implementation = ReportView.class)))
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public RestResponse<ReportView> make(@NotNull @Valid ReportRequest request) {
    Map<String, String> settings = request.settings();
    List<ReportViews.BrokerStatementRequest> told = request.brokerStatements();
    List<Input.Statement> statements =
        told == null ? List.of() : told.stream().map(ReportsResource::statement).toList();
    Orders.apart(statements);
    Reports.Order order =
        new Reports.Order(
            request.holder(),
            request.profile(),
            settings == null ? Map.of() : settings,
            statements);
    return RestResponse.status(
        RestResponse.Status.CREATED, ReportViews.view(reports.make(current.get(), order)));
  }

  private static Input.Statement statement(ReportViews.BrokerStatementRequest told) {
    return new Input.Statement(
        told.connection(),
        told.year(),
        told.asset(),
        told.quantity(),
        told.proceeds(),
        told.basisReported(),
        told.basis());
  }

  /** The newest reports of a holder. */
  @GET
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(operationId = "listReports", summary = "List a holder's reports, the newest first")
  @APIResponse(responseCode = "200", description = "Up to 100 reports.")
  @APIResponse(responseCode = "404", ref = "#/components/responses/NotFound")
  public Page<ReportView> list(
      @QueryParam("holder") @Parameter(description = "Whose reports; needed.")
          @Nullable String holder) {
    if (holder == null) {
      throw Problem.invalid("holder", "Name a holder.");
    }
    return Page.whole(
        reports.list(current.get(), LIST, holder, SHOWN).stream().map(ReportViews::view).toList());
  }

  /** The same list as a table. */
  @GET
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(hidden = true)
  public Page<ReportLine> lines(@QueryParam("holder") @Nullable String holder) {
    return Page.whole(list(holder).items().stream().map(ReportLines::line).toList());
  }

  /** One report. */
  @GET
  @Path("{report}")
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Tagged
  @Operation(operationId = "getReport", summary = "Read a report's own statement and totals")
  @APIResponse(responseCode = "200", description = "The report.")
  public ReportView report(@PathParam("report") String id) {
    return reports.read(
        current.get(),
        "GET /v1/reports/{report}",
        id,
        (tx, made) -> new Reads.Served<>(ReportViews.view(made), 1));
  }

  /** Computes a report again from what was kept, and compares. */
  @POST
  @Path("{report}/rerun")
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(operationId = "rerunReport", summary = "Compute a report again and compare")
  @APIResponse(responseCode = "200", description = "What came of it.")
  public RerunView rerun(@PathParam("report") String id) {
    return reports.read(
        current.get(),
        "POST /v1/reports/{report}/rerun",
        id,
        (tx, made) -> {
          String result = Kept.again(tx, made);
          boolean identical = result.equals(made.stored().result());
          return new Reads.Served<>(
              new RerunView(PublicIds.report(made.holder(), made.stored().id()), result, identical),
              1);
        });
  }

  /** Everything about a report in one archive. */
  @GET
  @Path("{report}/pack")
  @Produces("application/zip")
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Tagged
  @Operation(operationId = "getEvidencePack", summary = "Read a report's evidence pack")
  @APIResponse(
      responseCode = "200",
      description = "The archive.",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(implementation = String.class, format = "binary")))
  public byte[] pack(@PathParam("report") String id) {
    return reports.read(
        current.get(),
        "GET /v1/reports/{report}/pack",
        id,
        (tx, made) ->
            new Reads.Served<>(
                Pack.of(
                    made,
                    Tables.kept(tx, books, made, true),
                    statements.all(tx, made.holder()),
                    proving.of(tx, made)),
                made.head().events()));
  }

  /** The disposals of a report with the units that each used. */
  @GET
  @Path("{report}/disposals")
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Tagged
  @Operation(
      operationId = "listDisposals",
      summary = "List a report's disposals with the lots each used")
  @APIResponse(
      responseCode = "200",
      description =
          "Disposals, in order of time; what a rule that looks ahead settled, as settled.")
  public Page<DisposalView> disposals(
      @PathParam("report") String id,
      @QueryParam("tax_year")
          @Parameter(
              description = "The calendar year in which the tax year begins.",
              schema = @Schema(implementation = Integer.class))
          @Nullable String taxYear,
      @BeanParam PageRequest page) {
    Caller caller = current.get();
    int limit = page.limit();
    Integer year = year(taxYear);
    Cursors.Scope scope = Cursors.Scope.of(caller.tenant(), DISPOSALS, id, year);
    DisposalPages.Position after = DisposalPages.Position.of(cursors.read(scope, page.cursor()));
    return reports.read(
        caller,
        DISPOSALS,
        id,
        (tx, made) -> {
          Settings settings = Settings.of(made.head().settings());
          DisposalPages.Found found = DisposalPages.of(tx, made, year).page(after, limit);
          List<DisposalView> shown =
              found.disposals().stream()
                  .map(disposal -> ReportViews.disposal(disposal, settings))
                  .toList();
          DisposalPages.Position next = found.next();
          return Reads.Served.page(
              new Page<>(shown, next == null ? null : cursors.write(scope, next.texts())));
        });
  }

  /** The same disposals as a table: a line for each part. */
  @GET
  @Path("{report}/disposals")
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(hidden = true)
  public Page<FractionLine> fractions(
      @PathParam("report") String id,
      @QueryParam("tax_year") @Nullable String taxYear,
      @BeanParam PageRequest page) {
    Page<DisposalView> found = disposals(id, taxYear, page);
    return new Page<>(
        found.items().stream().flatMap(one -> ReportLines.lines(one).stream()).toList(),
        found.nextCursor());
  }

  /** A year as a parameter; null for none. */
  static @Nullable Integer year(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[12][0-9]{3}")) {
      throw Problem.invalid("tax_year", "Write a year like 2025.");
    }
    return Integer.valueOf(text);
  }
}

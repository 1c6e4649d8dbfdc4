package io.tallystick.report;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.Reads;
import io.tallystick.kernel.Problem;
import io.tallystick.ledger.Books;
import io.tallystick.report.ReportViews.TableView;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.web.Csv;
import io.tallystick.web.Tagged;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A report's tables, as JSON, text, workbook or a page to print. */
@Path("/v1/reports/{report}/tables/{table}")
@Tagged
@RunOnVirtualThread
@Tag(name = "Reports")
public class ReportTablesResource {
  private static final String ROUTE = "GET /v1/reports/{report}/tables/{table}";
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final Reports reports;
  private final Books books;
  private final CurrentCaller current;

  ReportTablesResource(Reports reports, Books books, CurrentCaller current) {
    this.reports = reports;
    this.books = books;
    this.current = current;
  }

  @FunctionalInterface
  private interface Form<T> {
    T of(FirstPage page, Sheet sheet);
  }

  /** The table with every cell as text. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(operationId = "getReportTable", summary = "Read a table of a report")
  @APIResponse(
      responseCode = "200",
      description = "The table; also as text/csv, as a workbook, and as a page to print.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TableView.class)),
        @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(implementation = String.class)),
        @Content(mediaType = XLSX, schema = @Schema(implementation = String.class)),
        @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(implementation = String.class))
      })
  public TableView json(
      @PathParam("report") String report,
      @PathParam("table")
          @Parameter(
              schema =
                  @Schema(
                      implementation = String.class,
                      enumeration = {
                        "disposals",
                        "form-8949",
                        "form-1099-da",
                        "uk-cgt",
                        "anlage-so",
                        "schedule-3",
                        "japan",
                        "income",
                        "holdings",
                        "roll-forward",
                        "roll-forward-by-wallet",
                        "unmatched",
                        "assumptions",
                        "trial-balance",
                        "carf"
                      }))
          String table,
      @QueryParam("tax_year")
          @Parameter(
              description = "The calendar year in which the tax year begins; without it, all.",
              schema = @Schema(implementation = Integer.class))
          @Nullable String taxYear) {
    return read(report, table, taxYear, (page, sheet) -> ReportViews.table(sheet, page));
  }

  /** The same table as comma-separated text. */
  @GET
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(hidden = true)
  public String csv(
      @PathParam("report") String report,
      @PathParam("table") String table,
      @QueryParam("tax_year") @Nullable String taxYear) {
    return read(report, table, taxYear, (page, sheet) -> SheetFiles.csv(sheet));
  }

  /** The same table as a workbook. */
  @GET
  @Produces(XLSX + ";qs=0.4")
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(hidden = true)
  public byte[] xlsx(
      @PathParam("report") String report,
      @PathParam("table") String table,
      @QueryParam("tax_year") @Nullable String taxYear) {
    return read(report, table, taxYear, (page, sheet) -> SheetFiles.xlsx(sheet, page.lines()));
  }

  /** The same table as a page to print. */
  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8;qs=0.3")
  @RolesAllowed(Role.Names.ACCOUNTANT)
  @Operation(hidden = true)
  public String html(
      @PathParam("report") String report,
      @PathParam("table") String table,
      @QueryParam("tax_year") @Nullable String taxYear) {
    return read(report, table, taxYear, (page, sheet) -> SheetFiles.html(sheet, page.lines()));
  }

  private <T> T read(String report, String name, @Nullable String taxYear, Form<T> form) {
    Table table = Table.of(name);
    if (table == null) {
      String names =
          Arrays.stream(Table.values()).map(Table::code).collect(Collectors.joining(", "));
      throw Problem.invalid("table", "Write one of: " + names + ".");
    }
    Integer year = ReportsResource.year(taxYear);
    return reports.read(
        current.get(),
        ROUTE,
        report,
        (tx, made) -> {
          if (!table.fits(made.head().profile())) {
            throw Problem.invalid(
                "table",
                "This form is for reports by the profile %s, and this one follows %s."
                    .formatted(table.profile(), made.head().profile()));
          }
          Sheet sheet = Tables.of(tx, books, made, table, year);
          return new Reads.Served<>(form.of(new FirstPage(made, year), sheet), sheet.rows().size());
        });
  }
}

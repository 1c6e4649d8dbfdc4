package io.tallystick.report;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Rounding;
import io.tallystick.costbasis.Settings;
import io.tallystick.kernel.PublicIds;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.reading.Input;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reports as they are shown. */
public final class ReportViews {
  private ReportViews() {}

  /**
   * What a broker told the tax authority (US, Form 1099-DA).
   *
   * @param basis of all units, box 1g; null when it is not known
   */
  @Schema(
      name = "BrokerStatement",
      description = "What a broker told of a year's sales of an asset.")
  public record BrokerStatementRequest(
      @NotNull String connection,
      @NotNull Integer year,
      @NotNull String asset,
      @NotNull BigDecimal quantity,
      @NotNull BigDecimal proceeds,
      @NotNull Boolean basisReported,
      @Nullable BigDecimal basis) {}

  /**
   * What a report is to be.
   *
   * @param settings replaces single settings of the profile
   * @param brokerStatements what it is to be compared with
   */
  @Schema(name = "ReportRequest", description = "Which report is to be made.")
  public record ReportRequest(
      @NotNull String holder,
      @Schema(enumeration = {"generic", "us", "uk", "de", "ca", "ie", "au", "jp"}) @NotNull
          String profile,
      @Nullable Map<String, String> settings,
      @Nullable List<@Valid BrokerStatementRequest> brokerStatements) {}

  /** How complete a connection's records were when the report was made. */
  @Schema(name = "ReportCompleteness", description = "How complete the records were.")
  public record StandingView(
      String connection,
      @Schema(enumeration = {"complete", "gap", "unknown"}) String verdict,
      List<String> reasons) {}

  /** The sums of a tax year; money is rounded to the currency's minor unit. */
  @Schema(name = "ReportYear", description = "The sums of one tax year.")
  public record YearView(
      int year,
      int disposals,
      int provisional,
      int undetermined,
      BigDecimal undeterminedProceeds,
      BigDecimal proceeds,
      BigDecimal sellingCosts,
      BigDecimal basis,
      BigDecimal gains,
      BigDecimal losses,
      BigDecimal net,
      BigDecimal proved,
      BigDecimal assumed,
      BigDecimal income,
      int unvaluedIncome) {}

  /** How often something had to be said beside the figures. */
  @Schema(name = "ReportIssue", description = "How often something had to be said.")
  public record IssueView(String kind, int count) {}

  /** A report. */
  @Schema(name = "Report", description = "A stored report with what it says of itself.")
  public record ReportView(
      String id,
      String holder,
      Instant createdAt,
      String recordedBy,
      String profile,
      int profileVersion,
      String profileChecked,
      String currency,
      Map<String, String> settings,
      List<String> notes,
      int events,
      @Nullable Instant firstAt,
      @Nullable Instant lastAt,
      String input,
      String priceSet,
      String result,
      List<StandingView> completeness,
      List<String> declarations,
      boolean incomplete,
      boolean refused,
      List<YearView> years,
      List<IssueView> issues) {}

  /** A run of a stored report again. */
  @Schema(name = "ReportRerun", description = "What came of computing a report again.")
  public record RerunView(String report, String result, boolean identical) {}

  /** A part of a disposal with the units that it took. */
  @Schema(name = "LotFraction", description = "A part of a disposal and the units it used.")
  public record FractionView(
      String rule,
      List<String> lots,
      @Nullable Instant acquiredAt,
      BigDecimal quantity,
      @Nullable BigDecimal proceeds,
      @Nullable BigDecimal sellingCosts,
      @Nullable BigDecimal basis,
      @Nullable BigDecimal gain,
      String term) {}

  /** A disposal. */
  @Schema(name = "Disposal", description = "A disposal with the units it used; money is exact.")
  public record DisposalView(
      String entry,
      Instant occurredAt,
      int taxYear,
      String kind,
      String asset,
      BigDecimal quantity,
      @Nullable BigDecimal gain,
      boolean recognised,
      boolean provisional,
      List<FractionView> fractions) {}

  /** A table as text. */
  @Schema(name = "ReportTable", description = "A table of a report; every cell is text.")
  public record TableView(
      String name, List<String> columns, List<List<String>> rows, List<String> notes) {}

  static ReportView view(Reports.Made made) {
    ReportHead head = made.head();
    Settings settings = Settings.of(head.settings());
    Rounding rounding = head.rounded();
    List<YearView> years =
        head.totals().years().stream().map(year -> year(year, rounding)).toList();
    List<IssueView> issues = new ArrayList<>();
    head.totals()
        .issues()
        .forEach((kind, count) -> issues.add(new IssueView(kind.toLowerCase(Locale.ROOT), count)));
    boolean incomplete =
        years.stream().anyMatch(year -> year.undetermined() + year.unvaluedIncome() > 0);
    return new ReportView(
        PublicIds.report(made.holder(), made.stored().id()),
        PublicIds.holder(made.holder()),
        made.stored().createdAt(),
        PublicIds.client(made.stored().createdBy()),
        head.profile(),
        head.profileVersion(),
        head.profileChecked(),
        settings.currency(),
        settings.entries(),
        head.notes(),
        head.events(),
        head.from(),
        head.to(),
        head.input(),
        head.prices(),
        made.stored().result(),
        head.completeness().stream()
            .map(one -> new StandingView(one.connection(), one.verdict(), one.reasons()))
            .toList(),
        head.declarations(),
        incomplete,
        !head.refused().isEmpty(),
        years,
        issues);
  }

  private static YearView year(Tally.Year year, Rounding rounding) {
    BigDecimal gains = rounding.roundProceeds(year.gains());
    BigDecimal losses = rounding.roundProceeds(year.losses());
    BigDecimal assumed = rounding.roundProceeds(year.assumed());
    return new YearView(
        year.year(),
        year.disposals(),
        year.provisional(),
        year.undetermined(),
        rounding.roundProceeds(year.undeterminedProceeds()),
        rounding.roundProceeds(year.gross()),
        rounding.roundCosts(year.costs()),
        rounding.roundCosts(year.basis()),
        gains,
        losses,
        gains.add(losses),
        gains.add(losses).subtract(assumed),
        assumed,
        rounding.roundProceeds(year.income()),
        year.unvaluedIncome());
  }

  static DisposalView disposal(Disposal disposal, Settings settings) {
    List<FractionView> fractions = new ArrayList<>();
    for (Match match : disposal.matches()) {
      fractions.add(
          new FractionView(
              match.rule().name().toLowerCase(Locale.ROOT),
              match.lots(),
              match.acquired().equals(OpenLot.UNDATED) ? null : match.acquired(),
              match.quantity(),
              known(match.gross()),
              known(match.sellingCosts()),
              known(match.cost()),
              known(match.gain()),
              match.term().name().toLowerCase(Locale.ROOT)));
    }
    return new DisposalView(
        Input.origin(disposal.source().entry()),
        disposal.source().at(),
        settings.calendar().taxYear(disposal.source().at()),
        disposal.kind().name().toLowerCase(Locale.ROOT),
        disposal.asset(),
        disposal.quantity(),
        known(disposal.gain()),
        disposal.recognised(),
        disposal.provisional(),
        fractions);
  }

  private static @Nullable BigDecimal known(io.tallystick.costbasis.Amount amount) {
    return amount instanceof io.tallystick.costbasis.Amount.Known(BigDecimal value) ? value : null;
  }

  static TableView table(Sheet sheet, FirstPage page) {
    List<String> notes = new ArrayList<>(sheet.notes());
    notes.add(page.period());
    return new TableView(
        sheet.name(),
        sheet.columns(),
        sheet.rows().stream().map(row -> row.stream().map(SheetFiles::text).toList()).toList(),
        notes);
  }
}

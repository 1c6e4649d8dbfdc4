package io.tallystick.report;

import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Settings;
import io.tallystick.report.layout.Facts;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import io.tallystick.report.reading.Input;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays stored reports out as tables. */
final class Tables {
  private Tables() {}

  /** A table of a report; of one tax year, or of all when null. */
  static Sheet of(TenantTx tx, Reports.Made report, Table table, @Nullable Integer year)
      throws SQLException {
    List<Line> lines = new ArrayList<>();
    Kept.lines(tx, report, lines::add);
    return of(report.head(), Kept.input(tx, report), lines, table, year);
  }

  /** A table of what a report says of itself, what it was made from and what was computed. */
  static Sheet of(
      ReportHead head, Input input, List<Line> lines, Table table, @Nullable Integer year) {
    Settings settings = Settings.of(head.settings());
    Profile profile = Profile.of(head.profile());
    return table.of(
        new Facts(
            settings,
            profile.rounding(),
            profile.figures(),
            year,
            lines,
            input.events(),
            input.unresolved().stream()
                .map(open ->
                    new Facts.Open(
                        open.kind(),
                        open.entry(),
                        open.at(),
                        open.asset(),
                        open.quantity(),
                        open.remedy()))
                .toList(),
            input.trial().stream()
                .map(sum -> new Facts.Account(sum.account(), sum.asset(), sum.in(), sum.out()))
                .toList(),
            input.statements().stream()
                .map(told ->
                    new Facts.Broker(
                        told.wallet(),
                        told.year(),
                        told.asset(),
                        told.units(),
                        told.proceeds(),
                        told.basisReported()))
                .toList(),
            input.worths().stream()
                .map(one ->
                    new Facts.Worth(
                        one.end(),
                        one.asset(),
                        one.price(),
                        one.quotes().stream()
                            .map(quote -> quote.origin() + " " + quote.base() + "/" + quote.quote())
                            .collect(Collectors.joining(", ")),
                        one.quotes().isEmpty() ? null : one.quotes().getFirst().from()))
                .toList()));
  }

  /** What stands above every table. */
  static List<String> head(Reports.Made report) {
    ReportHead head = report.head();
    List<String> lines = new ArrayList<>();
    ReportViews.ReportView view = ReportViews.view(report);
    if (view.incomplete()) {
      lines.add("INCOMPLETE: some amounts are unknown and in no total; see the table unmatched.");
    }
    if (view.refused()) {
      lines.add("REFUSED: the settings forbid a report while acquisitions are missing.");
    }
    lines.add(
        "Report "
            + view.id()
            + ", profile "
            + head.profile()
            + " version "
            + head.profileVersion()
            + ", figures checked on "
            + head.profileChecked()
            + ".");
    lines.add("Input " + head.input() + ", price set " + head.prices() + ".");
    lines.add("Settings: " + head.settings() + ".");
    head.completeness()
        .forEach(one ->
            lines.add(
                "Connection "
                    + one.connection()
                    + ": "
                    + one.verdict()
                    + " "
                    + one.reasons()
                    + "."));
    lines.add(
        "Declarations used: "
            + (head.declarations().isEmpty() ? "none" : String.join(" ", head.declarations()))
            + ".");
    lines.addAll(head.notes());
    return lines;
  }
}

package io.tallystick.report;

import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Settings;
import io.tallystick.report.layout.Beside;
import io.tallystick.report.layout.Facts;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.Input;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays stored reports out as tables. */
final class Tables {
  private static final Set<Table> PRICED = EnumSet.of(Table.DISPOSALS, Table.INCOME);

  private Tables() {}

  /** What was kept of a report. */
  record Source(List<Chapter> chapters, Input.Rest rest, List<Line> lines) {}

  /** A table of a report; of one tax year, or of all when null. */
  static Sheet of(TenantTx tx, Reports.Made report, Table table, @Nullable Integer year)
      throws SQLException {
    List<Line> lines = new ArrayList<>();
    Kept.lines(tx, report, lines::add);
    Source source = new Source(Kept.chapters(tx, report), Kept.rest(tx, report), lines);
    return table.of(facts(report.head(), source, PRICED.contains(table), year));
  }

  /**
   * What tables are made of.
   *
   * @param priced whether it is wanted how each amount was valued
   */
  static Facts facts(ReportHead head, Source source, boolean priced, @Nullable Integer year) {
    Settings settings = Settings.of(head.settings());
    Profile profile = Profile.of(head.profile());
    Input input = Input.of(source.chapters(), source.rest());
    return new Facts(
        settings,
        profile.rounding(),
        profile.figures(),
        year,
        source.lines(),
        input.events(),
        new Beside(
            input.unresolved().stream().map(Tables::open).toList(),
            input.assumptions().stream()
                .map(one -> new Beside.Assumed(one.entry(), one.what()))
                .toList(),
            input.trial().stream()
                .map(sum -> new Beside.Account(sum.account(), sum.asset(), sum.in(), sum.out()))
                .toList(),
            input.statements().stream().map(Tables::broker).toList(),
            input.worths().stream().map(Tables::worth).toList(),
            head.completeness().stream().map(Tables::place).toList(),
            priced ? PriceWords.of(source.chapters(), settings.currency()) : Map.of()));
  }

  private static Beside.Open open(Input.Unresolved open) {
    return new Beside.Open(
        open.kind(), open.entry(), open.at(), open.asset(), open.quantity(), open.remedy());
  }

  private static Beside.Broker broker(Input.Statement told) {
    return new Beside.Broker(
        told.wallet(),
        told.year(),
        told.asset(),
        told.units(),
        told.proceeds(),
        told.basisReported(),
        told.basis());
  }

  private static Beside.Worth worth(Input.Worth one) {
    return new Beside.Worth(
        one.end(),
        one.asset(),
        one.price(),
        one.quotes().stream().map(PriceWords::of).collect(Collectors.joining("; ")),
        one.quotes().isEmpty() ? null : one.quotes().getFirst().from());
  }

  private static Beside.Place place(ReportHead.Standing one) {
    return new Beside.Place(
        one.connection(),
        one.place(),
        one.held().stream()
            .map(held -> new Beside.Held(held.asset(), held.quantity(), held.at()))
            .toList());
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

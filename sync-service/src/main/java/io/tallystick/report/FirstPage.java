package io.tallystick.report;

import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.TaxCalendar;
import io.tallystick.report.ReportViews.ReportView;
import io.tallystick.report.ReportViews.YearView;
import io.tallystick.web.Times;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands above every table, a paragraph a line: whose it is, of when, and how far to go. */
final class FirstPage {
  private final Reports.Made report;
  private final @Nullable Integer year;

  /** The page of a report for one tax year, or for all when null. */
  FirstPage(Reports.Made report, @Nullable Integer year) {
    this.report = report;
    this.year = year;
  }

  /** Its lines. */
  List<String> lines() {
    ReportView view = ReportViews.view(report);
    List<YearView> years =
        view.years().stream().filter(one -> year == null || one.year() == year).toList();
    List<String> lines = new ArrayList<>();
    years.stream()
        .filter(one -> one.undetermined() + one.unvaluedIncome() > 0)
        .forEach(one -> lines.add(warning(one, view.currency())));
    if (view.refused()) {
      lines.add("REFUSED: the settings forbid a report while acquisitions are missing.");
    }
    lines.add(period());
    lines.add(rules(view));
    years.forEach(one -> lines.add(sums(one, view.currency())));
    origin(view, lines);
    return lines;
  }

  private static String warning(YearView one, String currency) {
    return ("INCOMPLETE: of tax year %d, %d parts of disposals have no known gain (their gross"
            + " proceeds, as far as they are known: %s), and %d receipts no price. They"
            + " are in no sum; the table unmatched says what to do.")
        .formatted(
            one.year(),
            one.undetermined(),
            money(one.undeterminedProceeds(), currency),
            one.unvaluedIncome());
  }

  /** Of when it is, by whose days, and in which money. */
  String period() {
    return period(report.head(), year);
  }

  /** The same of a report's own statement. */
  static String period(ReportHead head, @Nullable Integer year) {
    Settings settings = Settings.of(head.settings());
    TaxCalendar calendar = settings.calendar();
    String period = "All tax years";
    if (year != null) {
      LocalDate begin = calendar.yearStart().atYear(year);
      LocalDate end = calendar.yearStart().atYear(year + 1).minusDays(1);
      period = "Tax year %d, from %s to %s".formatted(year, begin, end);
    }
    return "%s. Days are those of %s. Amounts of money are in %s."
        .formatted(period, calendar.zone(), settings.currency());
  }

  private String rules(ReportView view) {
    return "Holder %s. Rules of %s (profile %s, version %d, figures checked on %s), method %s."
        .formatted(
            view.holder(),
            Profile.of(view.profile()).title(),
            view.profile(),
            view.profileVersion(),
            view.profileChecked(),
            Settings.of(report.head().settings()).method());
  }

  private static String sums(YearView one, String currency) {
    return ("Tax year %d, each sum rounded once: gains %s, losses %s, together %s, of which %s rest"
            + " on evidence alone and %s on a declaration, a supplied price or a rule; income %s.")
        .formatted(
            one.year(),
            money(one.gains(), currency),
            money(one.losses(), currency),
            money(one.net(), currency),
            money(one.proved(), currency),
            money(one.assumed(), currency),
            money(one.income(), currency));
  }

  private void origin(ReportView view, List<String> lines) {
    ReportHead head = report.head();
    lines.add("Report %s, made at %s.".formatted(view.id(), Times.text(view.createdAt())));
    lines.add("Input %s, price set %s.".formatted(head.input(), head.prices()));
    StringBuilder settings = new StringBuilder();
    head.settings()
        .forEach((name, value) ->
            settings.append(settings.isEmpty() ? "" : ", ").append(name).append(' ').append(value));
    lines.add("Settings: " + settings + ".");
    for (ReportHead.Standing one : head.completeness()) {
      String why = one.reasons().isEmpty() ? "" : " (" + String.join(", ", one.reasons()) + ")";
      lines.add(
          "Connection %s at %s: %s%s."
              .formatted(one.connection(), one.place(), one.verdict(), why));
    }
    lines.add(
        "Declarations used: "
            + (head.declarations().isEmpty() ? "none" : String.join(" ", head.declarations()))
            + ".");
    lines.addAll(head.notes());
  }

  private static String money(BigDecimal amount, String currency) {
    return amount.toPlainString() + " " + currency;
  }
}

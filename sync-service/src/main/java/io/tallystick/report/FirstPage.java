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
  private final ReportView view;
  private final List<String> lines = new ArrayList<>();

  private FirstPage(Reports.Made report) {
    this.report = report;
    this.view = ReportViews.view(report);
  }

  /** The lines for one tax year, or for all when null. */
  static List<String> of(Reports.Made report, @Nullable Integer year) {
    FirstPage page = new FirstPage(report);
    List<YearView> years =
        page.view.years().stream().filter(one -> year == null || one.year() == year).toList();
    page.warn(years);
    page.say(year);
    years.forEach(page::sums);
    page.origin();
    return page.lines;
  }

  private void warn(List<YearView> years) {
    for (YearView one : years) {
      if (one.undetermined() + one.unvaluedIncome() > 0) {
        lines.add(
            ("INCOMPLETE: of tax year %d, %d parts of disposals have no known gain (their gross"
                    + " proceeds, as far as they are known: %s), and %d receipts no price. They"
                    + " are in no sum; the table unmatched says what to do.")
                .formatted(
                    one.year(),
                    one.undetermined(),
                    money(one.undeterminedProceeds()),
                    one.unvaluedIncome()));
      }
    }
    if (view.refused()) {
      lines.add("REFUSED: the settings forbid a report while acquisitions are missing.");
    }
  }

  private void say(@Nullable Integer year) {
    Settings settings = Settings.of(report.head().settings());
    TaxCalendar calendar = settings.calendar();
    String period = "All tax years";
    if (year != null) {
      LocalDate begin = calendar.yearStart().atYear(year);
      LocalDate end = calendar.yearStart().atYear(year + 1).minusDays(1);
      period = "Tax year %d, from %s to %s".formatted(year, begin, end);
    }
    lines.add(
        "%s. Days are those of %s. Amounts of money are in %s."
            .formatted(period, calendar.zone(), settings.currency()));
    lines.add(
        "Holder %s. Rules of %s (profile %s, version %d, figures checked on %s), method %s."
            .formatted(
                view.holder(),
                Profile.of(view.profile()).title(),
                view.profile(),
                view.profileVersion(),
                view.profileChecked(),
                settings.method()));
  }

  private void sums(YearView one) {
    lines.add(
        ("Tax year %d, each sum rounded once: gains %s, losses %s, together %s, of which %s rest on"
                + " evidence alone and %s on a declaration, a supplied price or a rule; income %s.")
            .formatted(
                one.year(),
                money(one.gains()),
                money(one.losses()),
                money(one.net()),
                money(one.proved()),
                money(one.assumed()),
                money(one.income())));
  }

  private void origin() {
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

  private String money(BigDecimal amount) {
    return amount.toPlainString() + " " + view.currency();
  }
}

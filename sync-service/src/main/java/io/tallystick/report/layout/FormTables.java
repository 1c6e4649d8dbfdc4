package io.tallystick.report.layout;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Term;
import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables of single tax authorities. Money is rounded here, and only here, so that it adds up.
 */
final class FormTables {
  private FormTables() {}

  /** Taxable and exempt matches apart, other income apart, each beside its limit. */
  static Sheet anlageSo(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    Map<String, BigDecimal> sums = new TreeMap<>();
    Footing footing = new Footing();
    BigDecimal lines = BigDecimal.ZERO;
    int undated = 0;
    for (Disposal disposal : facts.disposals()) {
      for (Facts.Rounded part : facts.rounded(disposal)) {
        Match match = part.match();
        String group = match.term() == Term.LONG ? "exempt" : "taxable";
        String shown = disposal.recognised() ? group : "not recognised";
        rows.add(
            shown,
            Decimals.text(match.quantity()) + " " + disposal.asset(),
            facts.acquired(match),
            facts.day(disposal.source().at()),
            part.determined() ? part.gross() : null,
            part.determined() ? part.basis() : null,
            part.determined() ? part.costs() : null,
            part.determined() ? part.gain() : null,
            Facts.status(disposal, match),
            disposal.source().entry());
        undated += match.term() == Term.UNDETERMINED ? 1 : 0;
        if (part.determined()) {
          sums.merge("sum " + shown, part.gain(), BigDecimal::add);
          lines = disposal.recognised() ? lines.add(part.gain()) : lines;
        }
      }
      if (disposal.recognised()) {
        footing.add(disposal);
      }
    }
    sums.forEach((name, sum) -> rows.note(name + ": " + Decimals.text(sum)));
    footing.tell(rows, lines);
    if (undated > 0) {
      rows.note("parts whose day of acquisition is not known stand as taxable: " + undated);
    }
    income(facts, rows, "other income (section 22 no. 3)");
    limit(facts, rows, "gain-limit");
    limit(facts, rows, "other-income-limit");
    lines(facts, rows);
    return rows.sheet(
        "anlage-so",
        "group",
        "asset",
        "acquired",
        "sold",
        "sale_price",
        "acquisition_cost",
        "expenses",
        "gain",
        "status",
        "entry");
  }

  // What has no price is in no sum, and is said.
  private static void income(Facts facts, Sheet.Rows rows, String what) {
    BigDecimal income = BigDecimal.ZERO;
    int unvalued = 0;
    for (Line.Income one : facts.incomes()) {
      income = income.add(Facts.orZero(one.value()));
      unvalued += one.value().known() ? 0 : 1;
    }
    // Rounded once: no line tells a receipt here, and each alone may be less than a cent.
    rows.note(what + ": " + Decimals.text(facts.rounding().roundProceeds(income)));
    rows.note("receipts without a price, in no sum: " + unvalued);
  }

  /** The lines of the year's form as the profile knows them, and who says so. */
  static void lines(Facts facts, Sheet.Rows rows) {
    String lines = facts.figures().get("form-lines." + facts.year());
    rows.note(
        lines == null
            ? "form lines: look them up on the form of the year, which this profile does not know"
            : "form lines of the year: " + lines);
    String source = facts.figures().get("form-lines-source." + facts.year());
    if (lines != null && source != null) {
      rows.note("form lines as told by: " + source);
    }
  }

  private static void limit(Facts facts, Sheet.Rows rows, String name) {
    String limit = facts.figures().get(name + "." + facts.year());
    if (limit != null) {
      rows.note(name + " of the year: " + limit);
    }
  }

  /** One row an asset and year; denied losses apart. */
  static Sheet schedule3(Facts facts) {
    Map<String, Sums> sums = new TreeMap<>();
    Sums before = new Sums();
    Sums after = new Sums();
    Footing footing = new Footing();
    String period = facts.figures().get("second-period." + facts.year());
    LocalDate second = period == null ? LocalDate.MIN : LocalDate.parse(period);
    for (Disposal disposal : facts.disposals()) {
      if (disposal.recognised()) {
        int year = facts.taxYear(disposal.source().at());
        sums.computeIfAbsent(year + "\t" + disposal.asset(), _ -> new Sums()).add(disposal, facts);
        boolean early = facts.day(disposal.source().at()).isBefore(second);
        (early ? before : after).add(disposal, facts);
        footing.add(disposal);
      }
    }
    Sheet.Rows rows = new Sheet.Rows();
    sums.forEach((key, sum) -> {
      String[] parts = key.split("\t", -1);
      rows.add(
          parts[1],
          Integer.valueOf(parts[0]),
          "various",
          sum.gross,
          sum.basis,
          sum.costs,
          sum.gain(),
          sum.denied,
          sum.allowed(),
          sum.undetermined);
    });
    if (period != null) {
      rows.note("gains less losses before " + period + ": " + Decimals.text(before.allowed()));
      rows.note("gains less losses from that day on: " + Decimals.text(after.allowed()));
    }
    footing.tell(rows, before.allowed().add(after.allowed()));
    rows.note("a denied superficial loss is added to the cost of the pool it went to");
    lines(facts, rows);
    income(facts, rows, "income (line 13000)");
    return rows.sheet(
        "schedule-3",
        "description",
        "year",
        "year_of_acquisition",
        "proceeds",
        "adjusted_cost_base",
        "outlays_and_expenses",
        "gain",
        "superficial_loss_denied",
        "gain_after_denial",
        "undetermined_matches");
  }

  private static final class Sums {
    private BigDecimal gross = BigDecimal.ZERO;
    private BigDecimal basis = BigDecimal.ZERO;
    private BigDecimal costs = BigDecimal.ZERO;
    private BigDecimal denied = BigDecimal.ZERO;
    private int undetermined;

    BigDecimal gain() {
      return gross.subtract(basis).subtract(costs);
    }

    BigDecimal allowed() {
      return gain().add(denied);
    }

    void add(Disposal disposal, Facts facts) {
      denied = denied.add(facts.rounding().roundCosts(Facts.orZero(disposal.denied())));
      List<Facts.Rounded> parts = facts.rounded(disposal);
      for (Facts.Rounded part : parts) {
        if (part.determined()) {
          gross = gross.add(part.gross());
          basis = basis.add(part.basis());
          costs = costs.add(part.costs());
        } else {
          undetermined++;
        }
      }
    }
  }
}

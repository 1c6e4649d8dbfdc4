package io.tallystick.report.layout;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Term;
import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables of single tax authorities. Money is rounded here, and only here, so that it adds up.
 */
final class FormTables {
  private static final DateTimeFormatter US_DATE =
      DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT);
  private static final int DIGITAL_ASSET_BOXES = 2025;

  private static final String[] FORM_8949 = {
    "box",
    "a_description",
    "b_date_acquired",
    "c_date_disposed",
    "d_proceeds",
    "e_basis",
    "f_code",
    "g_adjustment",
    "h_gain",
    "status",
    "entry"
  };

  private FormTables() {}

  /** Form 8949, one row a match; short and long never share one. */
  static Sheet form8949(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    Map<String, BigDecimal[]> boxes = new TreeMap<>();
    for (Disposal disposal : facts.disposals()) {
      if (!disposal.recognised()) {
        continue;
      }
      LocalDate sold = facts.day(disposal.source().at());
      for (Facts.Rounded part : facts.rounded(disposal)) {
        Match match = part.match();
        LocalDate bought = facts.acquired(match);
        String box = box(facts, disposal, match.term());
        if (part.determined()) {
          BigDecimal[] none = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
          BigDecimal[] sums = boxes.computeIfAbsent(box, _ -> none);
          sums[0] = sums[0].add(part.net());
          sums[1] = sums[1].add(part.basis());
          sums[2] = sums[2].add(part.gain());
        }
        rows.add(
            box,
            Decimals.text(match.quantity()) + " " + disposal.asset(),
            bought == null ? "VARIOUS" : US_DATE.format(bought),
            US_DATE.format(sold),
            part.determined() ? part.net() : null,
            part.determined() ? part.basis() : null,
            "",
            null,
            part.determined() ? part.gain() : null,
            Facts.status(disposal, match),
            disposal.source().entry());
      }
    }
    BigDecimal total = BigDecimal.ZERO;
    for (Map.Entry<String, BigDecimal[]> box : boxes.entrySet()) {
      BigDecimal[] sums = box.getValue();
      total = total.add(sums[2]);
      rows.note(
          "sum of box %s: proceeds %s, basis %s, gain %s"
              .formatted(
                  box.getKey(),
                  Decimals.text(sums[0]),
                  Decimals.text(sums[1]),
                  Decimals.text(sums[2])));
    }
    rows.note("sum of the gains of all determined rows: " + Decimals.text(total));
    rows.note("boxes I and L (C and F before 2025) stand where no broker's statement was supplied");
    return rows.sheet("form-8949", FORM_8949);
  }

  // Instructions for Form 8949 (2025): on a 1099-DA with basis, on one without, or on none.
  private static String box(Facts facts, Disposal disposal, Term term) {
    int year = facts.day(disposal.source().at()).getYear();
    // Fees and payments are no sales of a broker: no statement shows them.
    Beside.Broker told =
        BrokerTables.SALES.contains(disposal.kind())
            ? facts.beside().broker(disposal.source().wallet(), year, disposal.asset())
            : null;
    int which = year < DIGITAL_ASSET_BOXES ? 0 : told == null ? 3 : told.basisReported() ? 1 : 2;
    return switch (term) {
      case SHORT -> "CGHI".substring(which, which + 1);
      case LONG -> "FJKL".substring(which, which + 1);
      case NONE, UNDETERMINED -> "?";
    };
  }

  /** Taxable and exempt matches apart, other income apart, each beside its limit. */
  static Sheet anlageSo(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    Map<String, BigDecimal> sums = new TreeMap<>();
    int undetermined = 0;
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
        } else {
          undetermined++;
        }
      }
    }
    sums.forEach((name, sum) -> rows.note(name + ": " + Decimals.text(sum)));
    rows.note("parts without a known gain, in no sum: " + undetermined);
    if (undated > 0) {
      rows.note("parts whose day of acquisition is not known stand as taxable: " + undated);
    }
    income(facts, rows, "other income (section 22 no. 3)");
    limit(facts, rows, "gain-limit");
    limit(facts, rows, "other-income-limit");
    String lines = facts.figures().get("form-lines." + facts.year());
    rows.note(
        lines == null
            ? "form lines: look them up on the form of the year, which this profile does not know"
            : "form lines of the year: " + lines);
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
      BigDecimal value = facts.money(one.value());
      income = value == null ? income : income.add(value);
      unvalued += value == null ? 1 : 0;
    }
    rows.note(what + ": " + Decimals.text(income));
    rows.note("receipts without a price, in no sum: " + unvalued);
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
    String period = facts.figures().get("second-period." + facts.year());
    LocalDate second = period == null ? LocalDate.MIN : LocalDate.parse(period);
    for (Disposal disposal : facts.disposals()) {
      if (disposal.recognised()) {
        int year = facts.taxYear(disposal.source().at());
        sums.computeIfAbsent(year + "\t" + disposal.asset(), _ -> new Sums()).add(disposal, facts);
        boolean early = facts.day(disposal.source().at()).isBefore(second);
        (early ? before : after).add(disposal, facts);
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
    rows.note("a denied superficial loss is added to the cost of the pool it went to");
    String lines = facts.figures().get("form-lines." + facts.year());
    if (lines != null) {
      rows.note("form lines of the year: " + lines);
    }
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

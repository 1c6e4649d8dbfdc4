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

  private FormTables() {}

  /** Form 8949, one row a match; short and long never share one. */
  static Sheet form8949(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    BigDecimal total = BigDecimal.ZERO;
    for (Disposal disposal : facts.disposals()) {
      if (!disposal.recognised()) {
        continue;
      }
      LocalDate sold = facts.day(disposal.source().at());
      for (Facts.Rounded part : facts.rounded(disposal)) {
        Match match = part.match();
        LocalDate bought = facts.acquired(match);
        if (part.determined()) {
          total = total.add(part.gain());
        }
        rows.add(
            box(facts, disposal, match.term()),
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
    rows.note("sum of the gains of all determined rows: " + Decimals.text(total));
    rows.note("boxes I and L (C and F before 2025) stand where no broker's statement was supplied");
    return rows.sheet(
        "form-8949",
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
        "entry");
  }

  // Instructions for Form 8949 (2025): on a 1099-DA with basis, on one without, or on none.
  private static String box(Facts facts, Disposal disposal, Term term) {
    int year = facts.day(disposal.source().at()).getYear();
    Facts.Broker told = facts.broker(disposal.source().wallet(), year, disposal.asset());
    int which = year < DIGITAL_ASSET_BOXES ? 0 : told == null ? 3 : told.basisReported() ? 1 : 2;
    return switch (term) {
      case SHORT -> "CGHI".substring(which, which + 1);
      case LONG -> "FJKL".substring(which, which + 1);
      case NONE, UNDETERMINED -> "?";
    };
  }

  /** One block a day and asset, with its matches. */
  static Sheet ukComputation(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    int disposals = 0;
    BigDecimal proceeds = BigDecimal.ZERO;
    BigDecimal costs = BigDecimal.ZERO;
    BigDecimal gains = BigDecimal.ZERO;
    BigDecimal losses = BigDecimal.ZERO;
    for (Disposal disposal : facts.disposals()) {
      BigDecimal gain = BigDecimal.ZERO;
      for (Facts.Rounded part : facts.rounded(disposal)) {
        rows.add(
            facts.day(disposal.source().at()),
            disposal.asset(),
            part.match().quantity(),
            GenericTables.word(part.match().rule()),
            facts.acquired(part.match()),
            part.determined() ? part.gross() : null,
            part.determined() ? part.costs() : null,
            part.determined() ? part.basis() : null,
            part.determined() ? part.gain() : null,
            Facts.status(disposal, part.match()),
            disposal.source().entry());
        if (part.determined() && disposal.recognised()) {
          gain = gain.add(part.gain());
          proceeds = proceeds.add(part.gross());
          costs = costs.add(part.costs()).add(part.basis());
        }
      }
      disposals += disposal.recognised() ? 1 : 0;
      gains = gain.signum() > 0 ? gains.add(gain) : gains;
      losses = gain.signum() < 0 ? losses.add(gain) : losses;
    }
    rows.note("13.1 number of disposals: " + disposals);
    rows.note("13.2 disposal proceeds: " + Decimals.text(proceeds));
    rows.note("13.3 allowable costs: " + Decimals.text(costs));
    rows.note("13.4 gains before losses: " + Decimals.text(gains));
    rows.note("13.5 losses: " + Decimals.text(losses.negate()));
    return rows.sheet(
        "uk-cgt",
        "date",
        "asset",
        "quantity",
        "rule",
        "acquired",
        "gross_proceeds",
        "incidental_costs",
        "cost",
        "gain",
        "status",
        "entry");
  }

  /** Taxable and exempt matches apart, other income apart, each beside its limit. */
  static Sheet anlageSo(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    Map<String, BigDecimal> sums = new TreeMap<>();
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
        if (part.determined()) {
          sums.merge("sum " + shown, part.gain(), BigDecimal::add);
        }
      }
    }
    BigDecimal income = BigDecimal.ZERO;
    for (Line.Income one : facts.incomes()) {
      income = income.add(Facts.orZero(one.value()));
    }
    sums.forEach((name, sum) -> rows.note(name + ": " + Decimals.text(sum)));
    rows.note(
        "other income (section 22 no. 3): "
            + Decimals.text(facts.rounding().roundProceeds(income)));
    limit(facts, rows, "gain-limit");
    limit(facts, rows, "other-income-limit");
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

  private static void limit(Facts facts, Sheet.Rows rows, String name) {
    String limit = facts.figures().get(name + "." + facts.year());
    if (limit != null) {
      rows.note(name + " of the year: " + limit);
    }
  }

  /** One row an asset and year; denied losses apart. */
  static Sheet schedule3(Facts facts) {
    Map<String, Sums> sums = new TreeMap<>();
    for (Disposal disposal : facts.disposals()) {
      if (disposal.recognised()) {
        int year = facts.settings().calendar().taxYear(disposal.source().at());
        sums.computeIfAbsent(year + "\t" + disposal.asset(), _ -> new Sums()).add(disposal, facts);
      }
    }
    Sheet.Rows rows = new Sheet.Rows();
    sums.forEach((key, sum) -> {
      String[] parts = key.split("\t", -1);
      BigDecimal gain = sum.gross.subtract(sum.basis).subtract(sum.costs);
      rows.add(
          parts[1],
          Integer.valueOf(parts[0]),
          "various",
          sum.gross,
          sum.basis,
          sum.costs,
          gain,
          sum.denied,
          sum.undetermined);
    });
    rows.note("a denied superficial loss is added to the cost of the pool it went to");
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
        "undetermined_matches");
  }

  /** Per asset and year: what was sold, its cost and the income of it. */
  static Sheet japan(Facts facts) {
    Map<String, Sums> sums = new TreeMap<>();
    for (Disposal disposal : facts.disposals()) {
      int year = facts.settings().calendar().taxYear(disposal.source().at());
      sums.computeIfAbsent(year + "\t" + disposal.asset(), _ -> new Sums()).add(disposal, facts);
    }
    Sheet.Rows rows = new Sheet.Rows();
    sums.forEach((key, sum) -> {
      String[] parts = key.split("\t", -1);
      rows.add(
          parts[1],
          Integer.valueOf(parts[0]),
          sum.quantity,
          sum.gross,
          sum.basis,
          sum.costs,
          sum.gross.subtract(sum.basis).subtract(sum.costs),
          sum.undetermined);
    });
    return rows.sheet(
        "japan",
        "asset",
        "year",
        "disposed",
        "proceeds",
        "cost_of_sales",
        "expenses",
        "income",
        "undetermined_matches");
  }

  private static final class Sums {
    private BigDecimal quantity = BigDecimal.ZERO;
    private BigDecimal gross = BigDecimal.ZERO;
    private BigDecimal basis = BigDecimal.ZERO;
    private BigDecimal costs = BigDecimal.ZERO;
    private BigDecimal denied = BigDecimal.ZERO;
    private int undetermined;

    void add(Disposal disposal, Facts facts) {
      quantity = quantity.add(disposal.quantity());
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

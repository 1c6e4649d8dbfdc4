package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Japan: per asset and year what was there, came, went and is left, and the income of it. */
final class JapanTables {
  private JapanTables() {}

  /** The groups that the computation sheet of the tax agency asks for. */
  private enum Went {
    SOLD,
    PAID,
    EXCHANGED,
    FEES,
    OTHER
  }

  /** One asset in one year. */
  private static final class Year {
    private BigDecimal opening = BigDecimal.ZERO;
    private Amount openingCost = Amount.Known.ZERO;
    private BigDecimal acquired = BigDecimal.ZERO;
    private Amount acquiredCost = Amount.Known.ZERO;
    private final Map<Went, BigDecimal> went = new EnumMap<>(Went.class);
    private BigDecimal missing = BigDecimal.ZERO;
    private Amount used = Amount.Known.ZERO;
    private BigDecimal rounded = BigDecimal.ZERO;
    private BigDecimal gross = BigDecimal.ZERO;
    private BigDecimal basis = BigDecimal.ZERO;
    private BigDecimal costs = BigDecimal.ZERO;
    private int undetermined;

    BigDecimal disposed() {
      return went.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal closing() {
      return opening.add(acquired).add(missing).subtract(disposed());
    }

    // Nothing is left of a pool that is empty.
    Amount closingCost() {
      return closing().signum() == 0
          ? Amount.Known.ZERO
          : openingCost.plus(acquiredCost).minus(used).plus(Amount.of(rounded));
    }
  }

  static Sheet japan(Facts facts) {
    Map<String, Map<Integer, Year>> assets = new TreeMap<>();
    for (Line line : facts.lines()) {
      switch (line) {
        case Line.Opened opened -> {
          Year year = year(assets, facts, opened);
          year.acquired = year.acquired.add(opened.quantity());
          year.acquiredCost = year.acquiredCost.plus(opened.cost());
        }
        case Disposal disposal -> dispose(year(assets, facts, disposal), disposal, facts);
        case Issue issue -> {
          if (issue.kind() == Issue.Kind.UNIT_COST_ROUNDED) {
            Year year = year(assets, facts, issue);
            BigDecimal money = Facts.known(issue.money());
            year.rounded = money == null ? year.rounded : year.rounded.add(money);
          }
        }
        case Line.Moved _, Line.Income _, Line.Expense _, Line.RingFenced _ -> {}
        case Line.Converted _, Line.Pooled _ -> {}
      }
    }
    Sheet.Rows rows = new Sheet.Rows();
    assets.forEach((asset, years) -> rows(facts, rows, asset, years));
    rows.note("what a year opens with is what the year before closed with");
    return rows.sheet(
        "japan",
        "asset",
        "year",
        "opening",
        "opening_cost",
        "acquired",
        "acquired_cost",
        "unit_cost",
        "sold",
        "paid",
        "exchanged",
        "fees",
        "otherwise",
        "disposed",
        "without_known_acquisition",
        "closing",
        "closing_cost",
        "proceeds",
        "cost_of_sales",
        "expenses",
        "income",
        "undetermined_matches");
  }

  private static Year year(Map<String, Map<Integer, Year>> assets, Facts facts, Line line) {
    return assets
        .computeIfAbsent(line.asset(), _ -> new TreeMap<>())
        .computeIfAbsent(facts.taxYear(line.source().at()), _ -> new Year());
  }

  private static void dispose(Year year, Disposal disposal, Facts facts) {
    Went how =
        switch (disposal.kind()) {
          case SALE, LIQUIDATION -> Went.SOLD;
          case PAYMENT -> Went.PAID;
          case SWAP -> Went.EXCHANGED;
          case FEE, NETWORK_FEE -> Went.FEES;
          case GIFT, DONATION, LOST, SETTLEMENT, CORRECTION, MIXED -> Went.OTHER;
        };
    year.went.merge(how, disposal.quantity(), BigDecimal::add);
    for (Match match : disposal.matches()) {
      if (match.rule() == Match.Rule.MISSING || match.rule() == Match.Rule.ZERO_BASIS) {
        year.missing = year.missing.add(match.quantity());
      } else {
        year.used = year.used.plus(match.cost());
      }
    }
    if (!disposal.recognised()) {
      return;
    }
    for (Facts.Rounded part : facts.rounded(disposal)) {
      if (part.determined()) {
        year.gross = year.gross.add(part.gross());
        year.basis = year.basis.add(part.basis());
        year.costs = year.costs.add(part.costs());
      } else {
        year.undetermined++;
      }
    }
  }

  private static void rows(Facts facts, Sheet.Rows rows, String asset, Map<Integer, Year> years) {
    Year last = new Year();
    Integer asked = facts.year();
    if (asked != null) {
      years.computeIfAbsent(asked, _ -> new Year());
    }
    for (Map.Entry<Integer, Year> one : years.entrySet()) {
      Year year = one.getValue();
      year.opening = last.closing();
      year.openingCost = last.closingCost();
      last = year;
      boolean shown = asked == null || asked.equals(one.getKey());
      if (shown && year.opening.add(year.acquired).add(year.disposed()).signum() != 0) {
        row(facts, rows, asset, one.getKey(), year);
      }
    }
  }

  private static void row(Facts facts, Sheet.Rows rows, String asset, int number, Year year) {
    rows.add(
        asset,
        number,
        year.opening,
        facts.cost(year.openingCost),
        year.acquired,
        facts.cost(year.acquiredCost),
        GenericTables.unit(unitMoney(year), year.closing()),
        year.went.getOrDefault(Went.SOLD, BigDecimal.ZERO),
        year.went.getOrDefault(Went.PAID, BigDecimal.ZERO),
        year.went.getOrDefault(Went.EXCHANGED, BigDecimal.ZERO),
        year.went.getOrDefault(Went.FEES, BigDecimal.ZERO),
        year.went.getOrDefault(Went.OTHER, BigDecimal.ZERO),
        year.disposed(),
        year.missing,
        year.closing(),
        facts.cost(year.closingCost()),
        year.gross,
        year.basis,
        year.costs,
        year.gross.subtract(year.basis).subtract(year.costs),
        year.undetermined);
  }

  // At the year's end; a year that ends with nothing has no unit to cost.
  private static @Nullable BigDecimal unitMoney(Year year) {
    return year.closing().signum() == 0 ? null : Facts.known(year.closingCost());
  }
}

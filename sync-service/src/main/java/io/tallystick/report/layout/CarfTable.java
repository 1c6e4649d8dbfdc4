package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Yearly totals an asset and kind, as crypto-asset reporting (CARF, DAC8) asks for them. */
final class CarfTable {
  private CarfTable() {}

  private static final class Sum {
    private BigDecimal quantity = BigDecimal.ZERO;
    private BigDecimal value = BigDecimal.ZERO;
    private int transactions;
    private int unvalued;

    void add(BigDecimal units, @Nullable BigDecimal worth) {
      quantity = quantity.add(units);
      transactions++;
      if (worth == null) {
        unvalued++;
      } else {
        value = value.add(worth);
      }
    }
  }

  static Sheet carf(Facts facts) {
    Map<String, Sum> sums = new TreeMap<>();
    for (Line line : facts.lines()) {
      // Wherever the tax year begins, what is reported is of calendar years.
      int year = facts.day(line.source().at()).getYear();
      if (facts.year() != null && facts.year() != year) {
        continue;
      }
      switch (line) {
        case Disposal d when d.merged().isEmpty() ->
            sum(sums, year, d, "disposed " + GenericTables.word(d.kind()))
                .add(d.quantity(), Facts.known(d.gross()));
        case Disposal d ->
            d.merged()
                .forEach(part ->
                    sum(sums, year, d, "disposed " + GenericTables.word(part.kind()))
                        .add(part.quantity(), Facts.known(part.gross())));
        case Line.Opened o ->
            sum(sums, year, o, "acquired " + GenericTables.word(o.kind()))
                .add(o.quantity(), Facts.known(o.cost()));
        // Nobody has valued what only changed its place.
        case Line.Moved m -> sum(sums, year, m, "transferred").add(m.quantity(), null);
        case Line.Income _, Line.Expense _, Line.RingFenced _, Line.Converted _ -> {}
        case Line.Pooled _, Issue _ -> {}
      }
    }
    Sheet.Rows rows = new Sheet.Rows();
    sums.forEach((key, sum) -> {
      String[] parts = key.split("\t", -1);
      boolean none = sum.unvalued == sum.transactions;
      rows.add(
          Integer.valueOf(parts[0]),
          parts[1],
          parts[2],
          sum.quantity,
          none ? null : facts.money(Amount.of(sum.value)),
          facts.settings().currency(),
          sum.transactions,
          sum.unvalued);
    });
    rows.note("years are calendar years, by days of " + facts.settings().calendar().zone());
    rows.note("what has no value is counted in the last column and in no value");
    rows.note("acquisitions are told at their cost, fees included; transfers are not valued");
    return rows.sheet(
        "carf",
        "year",
        "asset",
        "kind",
        "quantity",
        "value",
        "currency",
        "transactions",
        "without_value");
  }

  private static Sum sum(Map<String, Sum> sums, int year, Line line, String kind) {
    return sums.computeIfAbsent(year + "\t" + line.asset() + "\t" + kind, _ -> new Sum());
  }
}

package io.tallystick.report.layout;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Rounding;
import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stretches of a calendar year whose gains fall due on a day of their own, where the profile
 * names them ({@code payment-periods}, such as {@code 01-01..11-30 12-01..12-31}); their sums are
 * rounded so that they add up to those of the year; undetermined parts are in none, and counted.
 */
final class PaymentPeriods {
  private static final String FIGURE = "payment-periods";

  private final Map<String, String> figures;
  private final List<Period> periods = new ArrayList<>();
  private final Map<String, Sums> sums = new TreeMap<>();

  private record Period(MonthDay from, MonthDay to) {
    static Period of(String text) {
      String[] ends = text.split("\\.\\.", 2);
      return new Period(MonthDay.parse("--" + ends[0]), MonthDay.parse("--" + ends[1]));
    }

    boolean holds(MonthDay day) {
      return !day.isBefore(from) && !day.isAfter(to);
    }

    String name(int year) {
      return from.atYear(year) + ".." + to.atYear(year);
    }
  }

  private static final class Sums {
    private int disposals;
    private int undetermined;
    private BigDecimal gross = BigDecimal.ZERO;
    private BigDecimal costs = BigDecimal.ZERO;
    private BigDecimal basis = BigDecimal.ZERO;
    private BigDecimal gains = BigDecimal.ZERO;
    private BigDecimal losses = BigDecimal.ZERO;

    void add(Disposal disposal) {
      disposals++;
      BigDecimal gain = disposal.determinedGain();
      gains = gain.signum() > 0 ? gains.add(gain) : gains;
      losses = gain.signum() < 0 ? losses.add(gain) : losses;
      for (Match match : disposal.matches()) {
        if (match.gain().known()) {
          gross = gross.add(Facts.orZero(match.gross()));
          costs = costs.add(Facts.orZero(match.sellingCosts()));
          basis = basis.add(Facts.orZero(match.cost()));
        } else {
          undetermined++;
        }
      }
    }
  }

  PaymentPeriods(Facts facts) {
    figures = facts.figures();
    String text = figures.get(FIGURE);
    if (text != null) {
      for (String period : text.split(" ", -1)) {
        periods.add(Period.of(period));
      }
    }
    Integer year = facts.year();
    if (year != null) {
      periods.forEach(period -> sums.put(period.name(year), new Sums()));
    }
  }

  /** Whether the profile names none. */
  boolean none() {
    return periods.isEmpty();
  }

  /** The period that a day is in, by its first and last day; null when it is in none. */
  @Nullable String name(LocalDate day) {
    for (Period period : periods) {
      if (period.holds(MonthDay.from(day))) {
        return period.name(day.getYear());
      }
    }
    return null;
  }

  /** Adds a disposal to the sums of its period, if it is recognised. */
  void add(Disposal disposal, LocalDate day) {
    String name = name(day);
    if (name != null && disposal.recognised()) {
      sums.computeIfAbsent(name, _ -> new Sums()).add(disposal);
    }
  }

  /** Says the sums of each period. */
  void tell(Facts facts, Sheet.Rows rows) {
    Rounding rounding = facts.rounding();
    Map<String, List<Map.Entry<String, Sums>>> years =
        sums.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.getKey().substring(0, 4), TreeMap::new, Collectors.toList()));
    for (List<Map.Entry<String, Sums>> year : years.values()) {
      List<BigDecimal> gross = rounding.splitProceeds(each(year, sum -> sum.gross));
      List<BigDecimal> costs = rounding.splitCosts(each(year, sum -> sum.costs));
      List<BigDecimal> basis = rounding.splitCosts(each(year, sum -> sum.basis));
      List<BigDecimal> gains = rounding.splitProceeds(each(year, sum -> sum.gains));
      List<BigDecimal> losses = rounding.splitProceeds(each(year, sum -> sum.losses));
      for (int n = 0; n < year.size(); n++) {
        Sums sum = year.get(n).getValue();
        rows.note(
            ("payment period %s: disposals %d, gross proceeds %s, selling costs %s, cost %s,"
                    + " gains %s, losses %s, parts without a known gain, in no sum: %d")
                .formatted(
                    year.get(n).getKey(),
                    sum.disposals,
                    Decimals.text(gross.get(n)),
                    Decimals.text(costs.get(n)),
                    Decimals.text(basis.get(n)),
                    Decimals.text(gains.get(n)),
                    Decimals.text(losses.get(n)),
                    sum.undetermined));
      }
    }
    String due = figures.get(FIGURE + "-due");
    if (due != null) {
      rows.note("tax on the payment periods is due: " + due);
    }
    String source = figures.get(FIGURE + "-source");
    if (source != null) {
      rows.note("payment periods as told by: " + source);
    }
  }

  private static List<BigDecimal> each(
      List<Map.Entry<String, Sums>> year, Function<Sums, BigDecimal> what) {
    return year.stream().map(one -> what.apply(one.getValue())).toList();
  }
}

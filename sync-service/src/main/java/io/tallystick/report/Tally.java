package io.tallystick.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.report.reading.Input;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds lines up by tax year. What is undetermined is in no sum and is counted beside; what rests on
 * a person's word or a rule is summed apart from what rests on evidence.
 */
final class Tally {
  private final Settings settings;
  private final Set<String> assumed;
  private final Map<Integer, Sums> years = new TreeMap<>();
  private final Map<String, Integer> issues = new TreeMap<>();
  private final Set<String> pooled = new TreeSet<>();

  /**
   * Goes on from sums.
   *
   * @param assumed entries whose figures rest on a person's word or a rule; may grow
   */
  Tally(Settings settings, Set<String> assumed, Totals before) {
    this.settings = settings;
    this.assumed = assumed;
    before.years().forEach(year -> years.put(year.year(), new Sums(year)));
    issues.putAll(before.issues());
    pooled.addAll(before.pooled());
  }

  private static final class Sums {
    private int disposals;
    private int provisional;
    private int undetermined;
    private BigDecimal undeterminedProceeds = BigDecimal.ZERO;
    private BigDecimal gross = BigDecimal.ZERO;
    private BigDecimal costs = BigDecimal.ZERO;
    private BigDecimal basis = BigDecimal.ZERO;
    private BigDecimal gains = BigDecimal.ZERO;
    private BigDecimal losses = BigDecimal.ZERO;
    private BigDecimal proved = BigDecimal.ZERO;
    private BigDecimal assumed = BigDecimal.ZERO;
    private BigDecimal income = BigDecimal.ZERO;
    private int unvaluedIncome;

    Sums() {}

    Sums(Year year) {
      disposals = year.disposals();
      provisional = year.provisional();
      undetermined = year.undetermined();
      undeterminedProceeds = year.undeterminedProceeds();
      gross = year.gross();
      costs = year.costs();
      basis = year.basis();
      gains = year.gains();
      losses = year.losses();
      proved = year.proved();
      assumed = year.assumed();
      income = year.income();
      unvaluedIncome = year.unvaluedIncome();
    }
  }

  /**
   * The sums of a tax year, in the reporting currency and not rounded.
   *
   * @param year the calendar year in which it begins
   * @param disposals recognised disposals
   * @param provisional how many of them later events can change by rule
   * @param undetermined matches whose gain nobody can state
   * @param undeterminedProceeds known gross proceeds of those
   * @param gross gross proceeds of the determined matches; costs, basis likewise
   * @param gains the sum of those above zero, by disposal
   * @param losses the sum of those below zero, as a negative number
   * @param proved the part of gains and losses that rests on evidence alone
   * @param assumed the part that rests on a declaration, a supplied price or a rule
   * @param income value of receipts
   * @param unvaluedIncome receipts without a price
   */
  record Year(
      int year,
      int disposals,
      int provisional,
      int undetermined,
      BigDecimal undeterminedProceeds,
      BigDecimal gross,
      BigDecimal costs,
      BigDecimal basis,
      BigDecimal gains,
      BigDecimal losses,
      BigDecimal proved,
      BigDecimal assumed,
      BigDecimal income,
      int unvaluedIncome) {}

  /**
   * The sums of all years, and how often what had to be said.
   *
   * @param pooled the assets whose pool took units on a person's word or by a rule; when there are
   *     none, and in reports that are older than that, not in the canonical text
   */
  record Totals(
      List<Year> years,
      Map<String, Integer> issues,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> pooled) {
    /** Nothing yet. */
    static final Totals NOTHING = new Totals(List.of(), Map.of(), List.of());

    Totals {
      pooled = List.copyOf(Objects.requireNonNullElse(pooled, List.of()));
      years = List.copyOf(years);
      issues = Collections.unmodifiableMap(new TreeMap<>(issues));
    }
  }

  void add(Line line) {
    Sums year =
        years.computeIfAbsent(settings.calendar().taxYear(line.source().at()), _ -> new Sums());
    switch (line) {
      case Disposal disposal -> disposal(disposal, year);
      case Line.Income income -> {
        if (income.value() instanceof Amount.Known(BigDecimal value)) {
          year.income = year.income.add(value);
        } else {
          year.unvaluedIncome++;
        }
      }
      case Issue issue -> issues.merge(issue.kind().name(), 1, Integer::sum);
      case Line.Opened opened -> {
        if (onWord(opened.source())) {
          pool(opened.asset());
        }
      }
      case Line.Converted converted -> {
        if (pooled.contains(converted.asset())) {
          pool(converted.to());
        }
      }
      case Line.Moved _, Line.Expense _, Line.RingFenced _, Line.Pooled _ -> {}
    }
  }

  // Where units lose themselves in a pool, all that leaves it rests on what went in.
  private void pool(String asset) {
    switch (settings.method()) {
      case AVERAGE, ACB, TOTAL_AVERAGE, UK_SHARES -> pooled.add(asset);
      case FIFO, LIFO, HIFO, LOFO, SPECIFIC, IRISH_FIFO -> {}
    }
  }

  private boolean onWord(Source source) {
    return !assumed.isEmpty() && assumed.contains(Input.origin(source.entry()));
  }

  // What was added up of a day rests on each part of it.
  private boolean onWord(Disposal disposal) {
    return onWord(disposal.source())
        || disposal.merged().stream().anyMatch(part -> onWord(part.source()));
  }

  private boolean onWord(Disposal disposal, Match match) {
    return switch (match.rule()) {
      case ZERO_BASIS -> true;
      case POOL, AVERAGE, TOTAL_AVERAGE -> pooled.contains(disposal.asset());
      case FIFO, LIFO, HIFO, LOFO, NAMED, OWN_LOT, FOUR_WEEKS, SAME_DAY, THIRTY_DAYS, MISSING ->
          !assumed.isEmpty()
              && match.lots().stream().map(Input::origin).anyMatch(assumed::contains);
    };
  }

  private void disposal(Disposal disposal, Sums year) {
    if (!disposal.recognised()) {
      return;
    }
    year.disposals++;
    year.provisional += disposal.provisional() ? 1 : 0;
    BigDecimal gain = disposal.determinedGain();
    if (gain.signum() >= 0) {
      year.gains = year.gains.add(gain);
    } else {
      year.losses = year.losses.add(gain);
    }
    boolean free = onWord(disposal);
    boolean all = true;
    BigDecimal onWord = BigDecimal.ZERO;
    for (Match match : disposal.matches()) {
      if (!(match.gain() instanceof Amount.Known(BigDecimal part))) {
        year.undetermined++;
        if (match.gross() instanceof Amount.Known(BigDecimal gross)) {
          year.undeterminedProceeds = year.undeterminedProceeds.add(gross);
        }
        continue;
      }
      year.gross = year.gross.add(known(match.gross()));
      year.costs = year.costs.add(known(match.sellingCosts()));
      year.basis = year.basis.add(known(match.cost()));
      boolean word = free || onWord(disposal, match);
      all &= word;
      onWord = word ? onWord.add(part) : onWord;
    }
    // What is denied of a loss is no match's: it is assumed where the whole loss is.
    onWord = all ? gain : onWord;
    year.assumed = year.assumed.add(onWord);
    year.proved = year.proved.add(gain.subtract(onWord));
  }

  private static BigDecimal known(Amount amount) {
    return amount instanceof Amount.Known(BigDecimal value) ? value : BigDecimal.ZERO;
  }

  Totals totals() {
    List<Year> all = new ArrayList<>();
    years.forEach((year, sums) ->
        all.add(
            new Year(
                year,
                sums.disposals,
                sums.provisional,
                sums.undetermined,
                sums.undeterminedProceeds,
                sums.gross,
                sums.costs,
                sums.basis,
                sums.gains,
                sums.losses,
                sums.proved,
                sums.assumed,
                sums.income,
                sums.unvaluedIncome)));
    return new Totals(all, issues, List.copyOf(pooled));
  }
}

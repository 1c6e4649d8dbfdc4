package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Rounding;
import io.tallystick.costbasis.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What tables are made of: one computation and the year that is asked for.
 *
 * @param year the calendar year in which the tax year begins; null for all years
 * @param figures the profile's yearly limits, by name
 */
public record Facts(
    Settings settings,
    Rounding rounding,
    Map<String, String> figures,
    @Nullable Integer year,
    List<Line> lines,
    List<Event> events,
    Beside beside) {

  /** Copies the lists. */
  public Facts {
    lines = List.copyOf(lines);
    events = List.copyOf(events);
  }

  /** Whether something of this instant belongs to the year that is asked for. */
  boolean asked(Instant at) {
    return year == null || settings.calendar().taxYear(at) == year;
  }

  LocalDate day(Instant at) {
    return settings.calendar().day(at);
  }

  /** The first instant behind the year that is asked for; null when all years are. */
  @Nullable Instant end() {
    return year == null ? null : start(year + 1);
  }

  /** The first instant of the year that is asked for; null when all years are. */
  @Nullable Instant begin() {
    return year == null ? null : start(year);
  }

  private Instant start(int which) {
    return settings
        .calendar()
        .yearStart()
        .atYear(which)
        .atStartOfDay(settings.calendar().zone())
        .toInstant();
  }

  /** The disposals of the year, in order of time: rules that look ahead tell some later. */
  List<Disposal> disposals() {
    return of(Disposal.class);
  }

  /** The incomes of the year, in order of time. */
  List<Line.Income> incomes() {
    return of(Line.Income.class);
  }

  /** The lines of a kind in the year that is asked for, in order of time. */
  <T extends Line> List<T> of(Class<T> kind) {
    return lines.stream()
        .filter(line -> kind.isInstance(line) && asked(line.source().at()))
        .map(kind::cast)
        .sorted(Comparator.comparing(line -> line.source().at()))
        .toList();
  }

  /** The tax year of an instant, as the calendar year in which it begins. */
  int taxYear(Instant at) {
    return settings.calendar().taxYear(at);
  }

  /** The local day of an acquisition; null when it is not known or a pool's. */
  @Nullable LocalDate acquired(Match match) {
    return match.acquired().equals(OpenLot.UNDATED) ? null : day(match.acquired());
  }

  static @Nullable BigDecimal known(Amount amount) {
    return amount instanceof Amount.Known(BigDecimal value) ? value : null;
  }

  /** Money that came in, rounded as lines are; null when it is not known. */
  @Nullable BigDecimal money(Amount amount) {
    BigDecimal value = known(amount);
    return value == null ? null : rounding.roundProceeds(value);
  }

  /** Money that was paid, rounded as lines are; null when it is not known. */
  @Nullable BigDecimal cost(Amount amount) {
    BigDecimal value = known(amount);
    return value == null ? null : rounding.roundCosts(value);
  }

  static BigDecimal orZero(Amount amount) {
    BigDecimal value = known(amount);
    return value == null ? BigDecimal.ZERO : value;
  }

  /** A match with its money rounded so that the lines of a disposal add up. */
  record Rounded(
      Match match, BigDecimal gross, BigDecimal costs, BigDecimal basis, boolean determined) {
    BigDecimal net() {
      return gross.subtract(costs);
    }

    BigDecimal gain() {
      return net().subtract(basis);
    }
  }

  /** The matches of a disposal, rounded by cumulation; unknown amounts count as nothing there. */
  List<Rounded> rounded(Disposal disposal) {
    List<Match> matches = disposal.matches();
    List<BigDecimal> gross = rounding.splitProceeds(each(matches, Match::gross));
    List<BigDecimal> costs = rounding.splitCosts(each(matches, Match::sellingCosts));
    List<BigDecimal> basis = rounding.splitCosts(each(matches, Match::cost));
    List<Rounded> rounded = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      boolean determined = matches.get(i).gain().known();
      rounded.add(
          new Rounded(matches.get(i), gross.get(i), costs.get(i), basis.get(i), determined));
    }
    return rounded;
  }

  private static List<BigDecimal> each(List<Match> matches, Function<Match, Amount> what) {
    return matches.stream().map(match -> orZero(what.apply(match))).toList();
  }

  /** The status of a match in the words of the generic table. */
  static String status(Disposal disposal, Match match) {
    if (!match.gross().known() || !match.sellingCosts().known()) {
      return "missing_price";
    }
    if (!match.cost().known()) {
      return "missing_basis";
    }
    return disposal.provisional() ? "provisional" : "ok";
  }
}

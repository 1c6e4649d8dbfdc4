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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What tables are made of: one computation and the year that is asked for.
 *
 * @param year the calendar year in which the tax year begins; null for all years
 * @param figures the profile's yearly limits, by name
 * @param open what nobody has said, from the reading of the books
 * @param trial sums of the books by account and asset
 * @param brokers what brokers told the tax authority
 * @param worths what was held was worth at the ends of years
 */
public record Facts(
    Settings settings,
    Rounding rounding,
    Map<String, String> figures,
    @Nullable Integer year,
    List<Line> lines,
    List<Event> events,
    List<Open> open,
    List<Account> trial,
    List<Broker> brokers,
    List<Worth> worths) {

  /** Copies the lists. */
  public Facts {
    lines = List.copyOf(lines);
    events = List.copyOf(events);
    open = List.copyOf(open);
    trial = List.copyOf(trial);
    brokers = List.copyOf(brokers);
    worths = List.copyOf(worths);
  }

  /** Something that is not known, and what to do about it. */
  public record Open(
      String kind, String entry, Instant at, String asset, BigDecimal quantity, String remedy) {}

  /** What a broker told the tax authority of a year's sales of an asset; see Form 1099-DA. */
  public record Broker(
      String wallet,
      int year,
      String asset,
      BigDecimal units,
      BigDecimal proceeds,
      boolean basisReported) {}

  /** What a broker told of it; null when there is no such statement. */
  @Nullable Broker broker(String wallet, int year, String asset) {
    return brokers.stream()
        .filter(
            one -> one.wallet().equals(wallet) && one.year() == year && one.asset().equals(asset))
        .findFirst()
        .orElse(null);
  }

  /**
   * What one unit of an asset was worth.
   *
   * @param end the first instant after the year at whose end; null for the end of the books
   * @param price null when nobody said
   * @param source the quotes that it was made of, in words
   * @param at from when on the first of them stood; null when there is none
   */
  public record Worth(
      @Nullable Instant end,
      String asset,
      @Nullable BigDecimal price,
      String source,
      @Nullable Instant at) {
    /** What a quantity is worth; null when the price is not known. */
    @Nullable Amount of(BigDecimal quantity) {
      return price == null ? null : Amount.of(price.multiply(quantity));
    }
  }

  /** What an asset was worth at the end of the year that is asked for; null when nobody said. */
  @Nullable Worth worth(String asset) {
    Instant end = end();
    return worths.stream()
        .filter(one -> one.asset().equals(asset) && Objects.equals(one.end(), end))
        .filter(one -> one.price() != null)
        .findFirst()
        .orElse(null);
  }

  /** What came into an account and left it. */
  public record Account(String account, String asset, BigDecimal in, BigDecimal out) {}

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

  /** The disposals of the year, in order. */
  List<Disposal> disposals() {
    List<Disposal> all = new ArrayList<>();
    for (Line line : lines) {
      if (line instanceof Disposal disposal && asked(line.source().at())) {
        all.add(disposal);
      }
    }
    return all;
  }

  /** The incomes of the year, in order. */
  List<Line.Income> incomes() {
    List<Line.Income> all = new ArrayList<>();
    for (Line line : lines) {
      if (line instanceof Line.Income income && asked(line.source().at())) {
        all.add(income);
      }
    }
    return all;
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

package io.tallystick.report;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.engine.Engine;
import io.tallystick.report.layout.Beside;
import io.tallystick.report.layout.Facts;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A history of a few wallets, computed and laid out as tables. */
record Laid(Profile profile, Settings settings, List<Event> events, List<Line> lines) {

  static Laid of(String id, List<Event> events) {
    Profile profile = Profile.of(id);
    Settings settings = profile.settings(Map.of("cash", "fiat"));
    return new Laid(profile, settings, events, Engine.run(settings, events));
  }

  private static Source at(String day, String wallet) {
    return new Source(day + wallet, Instant.parse(day + "T12:00:00Z"), wallet);
  }

  static Event buy(String day, String wallet, String units, String price) {
    Source source = at(day, wallet);
    Leg leg = Leg.of("BTC", units, price);
    return new Event.Acquired(source, AcquisitionKind.PURCHASE, leg, List.of(), source.at());
  }

  static Event sell(String day, String wallet, String units, String price, String fee) {
    return new Event.Disposed(
        at(day, wallet),
        DisposalKind.SALE,
        Leg.of("BTC", units, price),
        List.of(Leg.of("fiat", fee, fee)),
        Selection.NONE);
  }

  static Event move(String day, String from, String to, String arrives, String fee) {
    return new Event.Transferred(
        at(day, from),
        to,
        "BTC",
        new BigDecimal(arrives),
        List.of(Leg.of("BTC", fee, "41")),
        Selection.NONE);
  }

  Sheet table(Table table, @Nullable Integer year, Beside.Broker... told) {
    Beside beside =
        new Beside(List.of(), List.of(), List.of(), List.of(told), List.of(), List.of(), Map.of());
    return table.of(
        new Facts(settings, profile.rounding(), profile.figures(), year, lines, events, beside));
  }

  /** The sums of a year as the report's totals tell them. */
  Tally.Year totals(int year) {
    Tally tally = new Tally(settings, Set.of(), Tally.Totals.NOTHING);
    lines.forEach(tally::add);
    return tally.totals().years().stream()
        .filter(one -> one.year() == year)
        .findFirst()
        .orElseThrow();
  }

  static String cell(Sheet sheet, int row, String column) {
    Object cell = sheet.rows().get(row).get(sheet.columns().indexOf(column));
    return cell instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : String.valueOf(cell);
  }

  /** A whole row of some columns, blank where a cell is. */
  static String cells(Sheet sheet, int row, String... columns) {
    StringBuilder text = new StringBuilder();
    for (String column : columns) {
      String cell = cell(sheet, row, column);
      text.append(text.isEmpty() ? "" : " ").append(cell.equals("null") ? "-" : cell);
    }
    return text.toString();
  }
}

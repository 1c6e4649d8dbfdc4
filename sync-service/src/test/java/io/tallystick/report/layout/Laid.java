package io.tallystick.report.layout;

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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A history of a few wallets, computed and laid out as tables. */
public record Laid(
    Profile profile, Settings settings, List<Event> events, List<Line> lines, Beside beside) {
  /** The wallet of those who say none. */
  static final String WALLET = "w";

  /** A history under a profile, with nothing beside it. */
  public static Laid of(String id, List<Event> events) {
    Profile profile = Profile.of(id);
    Settings settings = profile.settings(Map.of("cash", "fiat"));
    return new Laid(profile, settings, events, Engine.run(settings, events), Beside.NOTHING);
  }

  static Source at(String day) {
    return at(day, WALLET);
  }

  private static Source at(String day, String wallet) {
    return new Source(day + wallet, Instant.parse(day + "T12:00:00Z"), wallet);
  }

  /** Bitcoin bought without a fee. */
  public static Event buy(String day, String wallet, String units, String price) {
    return bought(at(day, wallet), Leg.of("BTC", units, price), List.of());
  }

  /** Bitcoin sold. */
  public static Event sell(String day, String wallet, String units, String price, String fee) {
    return sold(at(day, wallet), Leg.of("BTC", units, price), fee);
  }

  static Event bought(String day, String asset, String units, String price, String fee) {
    return bought(at(day), Leg.of(asset, units, price), List.of(Leg.of("fiat", fee, fee)));
  }

  static Event sold(String day, String asset, String units, String price, String fee) {
    return sold(at(day), Leg.of(asset, units, price), fee);
  }

  private static Event bought(Source source, Leg leg, List<Leg> fees) {
    return new Event.Acquired(source, AcquisitionKind.PURCHASE, leg, fees, source.at());
  }

  private static Event sold(Source source, Leg leg, String fee) {
    List<Leg> fees = List.of(Leg.of("fiat", fee, fee));
    return new Event.Disposed(source, DisposalKind.SALE, leg, fees, Selection.NONE);
  }

  static Event gone(DisposalKind kind, String day, Leg leg) {
    return new Event.Disposed(at(day), kind, leg, List.of(), Selection.NONE);
  }

  /** Bitcoin moved, with a fee on top that is worth 41. */
  public static Event move(String day, String from, String to, String arrives, String fee) {
    return new Event.Transferred(
        at(day, from),
        to,
        "BTC",
        new BigDecimal(arrives),
        List.of(Leg.of("BTC", fee, "41")),
        Selection.NONE);
  }

  /** The same beside other things. */
  public Laid beside(Beside other) {
    return new Laid(profile, settings, events, lines, other);
  }

  /** A table of a year, or of all; with what brokers told. */
  public Sheet table(Table table, @Nullable Integer year, Beside.Broker... told) {
    Beside all =
        new Beside(
            beside.open(),
            beside.assumed(),
            beside.trial(),
            told.length == 0 ? beside.brokers() : List.of(told),
            beside.worths(),
            beside.places(),
            beside.prices(),
            beside.ids());
    return table.of(
        new Facts(settings, profile.rounding(), profile.figures(), year, lines, events, all));
  }

  /** A cell as text, {@code null} where it is blank. */
  public static String cell(Sheet sheet, int row, String column) {
    Object cell = sheet.rows().get(row).get(sheet.columns().indexOf(column));
    return cell instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : String.valueOf(cell);
  }

  /** A whole row of some columns, a dash where a cell is blank. */
  public static String cells(Sheet sheet, int row, String... columns) {
    StringBuilder text = new StringBuilder();
    for (String column : columns) {
      String cell = cell(sheet, row, column);
      text.append(text.isEmpty() ? "" : " ").append(cell.equals("null") ? "-" : cell);
    }
    return text.toString();
  }
}

package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Cause;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A small history told in local time of the settings' zone, and what the engine makes of it. */
final class Story {

  final List<Event> events = new ArrayList<>();
  final List<Line> lines = new ArrayList<>();
  private final Settings settings;
  private List<OpenLot> open = List.of();
  private String wallet = "A";

  Story(Settings settings) {
    this.settings = settings;
  }

  Story in(String name) {
    wallet = name;
    return this;
  }

  Instant at(String local) {
    String text = local.length() == 10 ? local + "T12:00" : local;
    return LocalDateTime.parse(text).atZone(settings.calendar().zone()).toInstant();
  }

  Source source(String local) {
    return new Source("e%03d".formatted(events.size() + 1), at(local), wallet);
  }

  private List<Leg> fees(String cash) {
    BigDecimal fee = new BigDecimal(cash);
    return fee.signum() == 0
        ? List.of()
        : List.of(new Leg(settings.currency(), fee, Amount.of(fee)));
  }

  Story buy(String local, String asset, String quantity, String money, String fee) {
    events.add(
        new Event.Traded(
            source(local),
            Leg.of(settings.currency(), money, money),
            new Leg(asset, new BigDecimal(quantity), Amount.unknown(Cause.MISSING_PRICE, "none")),
            fees(fee),
            Selection.NONE));
    return this;
  }

  Story sell(String local, String asset, String quantity, String money, String fee) {
    return sell(local, asset, quantity, money, fee, Selection.NONE);
  }

  Story sell(
      String local, String asset, String quantity, String money, String fee, Selection picks) {
    events.add(
        new Event.Traded(
            source(local),
            new Leg(asset, new BigDecimal(quantity), Amount.unknown(Cause.MISSING_PRICE, "none")),
            Leg.of(settings.currency(), money, money),
            fees(fee),
            picks));
    return this;
  }

  Story swap(String local, Leg given, Leg received, Leg... fees) {
    events.add(new Event.Traded(source(local), given, received, List.of(fees), Selection.NONE));
    return this;
  }

  Story move(String local, String to, String asset, String quantity, Leg... fees) {
    events.add(
        new Event.Transferred(
            source(local), to, asset, new BigDecimal(quantity), List.of(fees), Selection.NONE));
    return this;
  }

  Story lose(String local, String asset, String quantity) {
    events.add(
        new Event.Disposed(
            source(local),
            DisposalKind.LOST,
            new Leg(asset, new BigDecimal(quantity), Amount.Known.ZERO),
            List.of(),
            Selection.NONE));
    return this;
  }

  Story tell(Event event) {
    events.add(event);
    return this;
  }

  /** Runs everything given so far, closing at the end. */
  Story run() {
    lines.clear();
    Engine engine = new Engine(settings, lines::add);
    events.stream()
        .sorted(Comparator.comparing(event -> event.source().at()))
        .forEach(engine::apply);
    engine.close();
    open = engine.openLots();
    return this;
  }

  List<Disposal> disposals() {
    return lines.stream()
        .filter(Disposal.class::isInstance)
        .map(Disposal.class::cast)
        .sorted(
            Comparator.comparing((Disposal row) -> row.source().at())
                .thenComparing(row -> row.source().entry()))
        .toList();
  }

  List<Disposal> disposals(String asset) {
    return disposals().stream().filter(row -> row.asset().equals(asset)).toList();
  }

  List<Issue.Kind> issues() {
    return lines.stream()
        .filter(Issue.class::isInstance)
        .map(line -> ((Issue) line).kind())
        .toList();
  }

  List<OpenLot> open() {
    return open;
  }

  /** "quantity/cost" of everything left of an asset, in a wallet or (empty) in all. */
  String left(String asset, String in) {
    BigDecimal quantity = BigDecimal.ZERO;
    Amount cost = Amount.Known.ZERO;
    for (OpenLot lot : open) {
      if (lot.asset().equals(asset) && (in.isEmpty() || lot.wallet().equals(in))) {
        quantity = quantity.add(lot.quantity());
        cost = cost.plus(lot.cost());
      }
    }
    return plain(quantity) + "/" + plain(cost);
  }

  /** Canonical text to twelve places; exact values stay exact. */
  static String plain(BigDecimal value) {
    BigDecimal shown = value.setScale(12, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return shown.signum() == 0 ? "0" : shown.toPlainString();
  }

  static String plain(Amount amount) {
    return switch (amount) {
      case Amount.Known(BigDecimal value) -> plain(value);
      case Amount.Unknown(Cause cause, String entry, int others) -> cause + "@" + entry;
    };
  }
}

package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a run said, provisional rows included, and what it left. */
record Outcome(List<Line> lines, List<OpenLot> open) {

  /** Runs events that are in order of time. */
  static Outcome of(Settings settings, List<Event> events) {
    List<Line> lines = new ArrayList<>();
    Engine engine = new Engine(settings, lines::add);
    events.forEach(engine::apply);
    engine.close();
    return new Outcome(lines, engine.openLots());
  }

  List<Disposal> disposals() {
    return lines.stream().filter(Disposal.class::isInstance).map(Disposal.class::cast).toList();
  }

  /** The sum of all gains that are determined. */
  BigDecimal gain() {
    return disposals().stream()
        .map(Disposal::determinedGain)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}

package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Method;
import io.tallystick.costbasis.TaxCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open lots of one inventory in the order in which a method uses them. */
interface LotOrder {

  /** The order of a lot method. */
  static LotOrder of(Method method, TaxCalendar calendar) {
    return switch (method) {
      case FIFO, SPECIFIC -> new LotsByAge(calendar, LotsByAge.Pick.OLDEST);
      case LIFO -> new LotsByAge(calendar, LotsByAge.Pick.NEWEST);
      case IRISH_FIFO -> new LotsByAge(calendar, LotsByAge.Pick.FOUR_WEEKS);
      case HIFO -> new LotsByCost(Lot.DEAREST, Match.Rule.HIFO);
      case LOFO -> new LotsByCost(Lot.CHEAPEST, Match.Rule.LOFO);
      case AVERAGE, ACB, TOTAL_AVERAGE, UK_SHARES ->
          throw new IllegalArgumentException(method + " has no lots");
    };
  }

  /** Adds a lot that is not empty. */
  void add(Lot lot);

  /** The lot to use next for a disposal at an instant; null when none is left. */
  @Nullable Lot next(Instant at);

  /** Why {@link #next} chose its last answer. */
  Match.Rule rule();

  /** Every lot that is not empty, in no particular order. */
  List<Lot> open();

  /** Multiplies every lot's units. */
  void resize(BigDecimal factor);
}

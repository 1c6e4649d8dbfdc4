package io.tallystick.egress;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a venue allows, as announced or built in, and the part of it that a call may use. */
final class Limits {
  /** From this part of the share on, what can wait does. */
  private static final BigDecimal SCARCE = BigDecimal.valueOf(80, 2);

  /** The part of a window, one in so many, by which urgent calls may be ahead of an even pace. */
  private static final int AHEAD = 3;

  private final EgressSettings settings;
  private final Map<String, Integer> announced = new ConcurrentHashMap<>();

  Limits(EgressSettings settings) {
    this.settings = settings;
  }

  /** Takes over what a place announced: pool name to weight a window. */
  void learn(String place, Map<String, Integer> limits) {
    limits.forEach((pool, limit) -> {
      if (limit > 0) {
        announced.put(place + "/" + pool, limit);
      }
    });
  }

  /** The venue's own limit of the pool that pays. */
  int limit(Charge charge) {
    return announced.getOrDefault(
        charge.place() + "/" + charge.pool().name(), charge.pool().limit());
  }

  /** The part of it that this deployment may use. */
  int share(Charge charge) {
    return part(limit(charge), settings.share());
  }

  /**
   * What a call may use. The reserve is lent out while nothing urgent is known to wait for it; then
   * the others leave at least as much as that weighs, or small shares would starve it.
   *
   * @param urgentWaits the weight of what waits urgently, zero when nothing does
   */
  Stretch.Room room(Charge charge, int urgentWaits) {
    int share = share(charge);
    if (charge.priority().urgent()) {
      return new Stretch.Room(share, share, charge.pool().window().dividedBy(AHEAD));
    }
    int ceiling = charge.priority().yields() ? part(share, SCARCE) : share;
    if (urgentWaits > 0) {
      int lent = part(share, BigDecimal.ONE.subtract(settings.reserve()));
      ceiling = Math.min(ceiling, Math.min(lent, share - urgentWaits));
    }
    return new Stretch.Room(ceiling, share, Duration.ZERO);
  }

  private static int part(int whole, BigDecimal part) {
    return BigDecimal.valueOf(whole).multiply(part).setScale(0, RoundingMode.FLOOR).intValueExact();
  }
}

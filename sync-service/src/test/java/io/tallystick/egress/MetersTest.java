package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tallystick.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class MetersTest {
  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

  private double gauge(String name) {
    return registry.get("tallystick.egress.budget." + name).gauge().value();
  }

  @Test
  void aBudgetThatNobodyUsesAnyMoreIsShownAsFree() {
    Venue venue =
        ServiceLoader.load(Venue.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.id().equals("binance"))
            .findFirst()
            .orElseThrow();
    Target target = Target.open("binance", "sandbox", Priority.LIVE);
    Journey journey =
        new Journey(
            target,
            venue.timeCall(),
            venue,
            venue.environments().getFirst(),
            new DrivenPace("2026-11-22T12:00:00Z"),
            Leave.FREE);
    Budget.Grant.Granted granted =
        new Budget.Grant.Granted(journey.charge, Instant.EPOCH, 700, 0, 700, false);
    new Meters(registry).charged(journey, granted, 4_200);
    clock.add(Duration.ofSeconds(59));
    assertEquals(700, gauge("used"));
    assertEquals(3_500, gauge("headroom"));
    clock.add(Duration.ofSeconds(2));
    assertEquals(0, gauge("used"), "its minute has passed");
    assertEquals(4_200, gauge("headroom"));
  }
}

package io.tallystick.costbasis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Method;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * How methods relate to one another over seeded histories of one asset; numbers as in the rules.
 */
class MethodPropertiesTest {

  private static final long SEED = 77_000L;
  private static final int COUNT = 60;

  private static void simple(boolean soldOut, Consumer<List<Event>> check) {
    for (long seed = SEED; seed < SEED + 3 * COUNT; seed++) {
      try {
        check.accept(Histories.simple(seed, soldOut));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static Settings method(String method) {
    return Settings.of(Map.of("method", method));
  }

  @Test
  @DisplayName("9 highest in never gains more in total, lowest in never less, than any other")
  void highestInGainsLeast() {
    simple(
        false,
        events -> {
          Map<String, List<BigDecimal>> totals = new TreeMap<>();
          for (String name : List.of("HIFO", "FIFO", "LIFO", "AVERAGE", "LOFO")) {
            BigDecimal sum = BigDecimal.ZERO;
            List<BigDecimal> running = new ArrayList<>();
            for (Disposal row : Outcome.of(method(name), events).disposals()) {
              sum = sum.add(row.determinedGain());
              running.add(sum);
            }
            totals.put(name, running);
          }
          List<BigDecimal> least = totals.getOrDefault("HIFO", List.of());
          List<BigDecimal> most = totals.getOrDefault("LOFO", List.of());
          BigDecimal noise = new BigDecimal("1e-30");
          totals.forEach((name, running) -> {
            for (int i = 0; i < running.size(); i++) {
              BigDecimal gain = running.get(i);
              assertTrue(least.get(i).compareTo(gain.add(noise)) <= 0, name + " row " + i);
              assertTrue(most.get(i).compareTo(gain.subtract(noise)) >= 0, name + " row " + i);
            }
          });
        });
  }

  @Test
  @DisplayName("10 sold out: every method gives exactly the same total gain")
  void soldOutEveryMethodGainsTheSame() {
    simple(
        true,
        events -> {
          BigDecimal expected = Outcome.of(method("FIFO"), events).gain();
          for (Method method : Method.values()) {
            if (method != Method.ACB) {
              Outcome outcome = Outcome.of(method(method.name()), events);
              assertEquals(0, expected.compareTo(outcome.gain()), method.name());
              assertTrue(outcome.open().isEmpty(), method + " leaves " + outcome.open());
            }
          }
        });
  }

  @Test
  @DisplayName("11 a thousandfold quantity for the same money changes no gain")
  void scaledQuantitiesChangeNoGain() {
    simple(
        false,
        events -> {
          Function<Leg, Leg> scaled =
              leg ->
                  leg.asset().equals("USD")
                      ? leg
                      : new Leg(leg.asset(), leg.quantity().movePointRight(3), leg.worth());
          List<Event> larger =
              events.stream()
                  .map(Event.Traded.class::cast)
                  .<Event>map(e ->
                      new Event.Traded(
                          e.source(),
                          scaled.apply(e.given()),
                          scaled.apply(e.received()),
                          e.fees(),
                          e.selection()))
                  .toList();
          for (Method method : Method.values()) {
            Settings settings = method(method.name());
            BigDecimal difference =
                Outcome.of(settings, events)
                    .gain()
                    .subtract(Outcome.of(settings, larger).gain())
                    .abs();
            assertTrue(difference.compareTo(new BigDecimal("1e-30")) < 0, method.name());
          }
        });
  }

  @Test
  @DisplayName("13 and 14 with one wallet both scopes give the same rows")
  void oneWalletMakesBothScopesEqual() {
    for (long seed = SEED; seed < SEED + COUNT; seed++) {
      List<Event> events = Histories.simple(seed, false);
      for (Method method : Method.values()) {
        if (method.allowsWallets()) {
          Settings settings = method(method.name());
          Settings wallets = settings.with(Map.of("scope", "wallet"));
          assertEquals(
              Outcome.of(settings, events).lines(),
              Outcome.of(wallets, events).lines(),
              "seed " + seed);
        }
      }
    }
  }

  @Test
  @DisplayName("15 equal unit costs make every method's basis equal")
  void equalUnitCostsMakeMethodsEqual() {
    simple(
        false,
        events -> {
          List<Event> flat = new ArrayList<>();
          for (Event event : events) {
            Event.Traded e = (Event.Traded) event;
            if (e.given().asset().equals("USD")) {
              BigDecimal money = e.received().quantity().multiply(new BigDecimal("7.5"));
              Leg cash = new Leg("USD", money, Amount.of(money));
              flat.add(new Event.Traded(e.source(), cash, e.received(), e.fees(), e.selection()));
            } else {
              flat.add(e);
            }
          }
          BigDecimal expected = Outcome.of(method("FIFO"), flat).gain();
          for (String name : List.of("LIFO", "HIFO", "LOFO", "AVERAGE", "TOTAL_AVERAGE")) {
            assertEquals(0, expected.compareTo(Outcome.of(method(name), flat).gain()), name);
          }
        });
  }

  @Test
  @DisplayName("16 first in, first out never goes back to an older lot")
  void firstInFirstOutNeverGoesBack() {
    simple(
        false,
        events -> {
          Instant last = Instant.MIN;
          for (Disposal row : Outcome.of(method("FIFO"), events).disposals()) {
            for (Match match : row.matches()) {
              assertFalse(match.acquired().isBefore(last));
              last = match.acquired();
            }
          }
        });
  }

  @Test
  @DisplayName("12 splitting an acquisition into two of the same unit cost changes no total")
  void splitAcquisitionChangesNoTotal() {
    simple(
        false,
        events -> {
          List<Event> halves = new ArrayList<>();
          BigDecimal half = new BigDecimal("0.5");
          for (Event event : events) {
            Event.Traded e = (Event.Traded) event;
            if (e.given().asset().equals("USD")) {
              for (String side : List.of("a", "b")) {
                BigDecimal money = e.given().quantity().multiply(half);
                Leg cash = new Leg("USD", money, Amount.of(money));
                BigDecimal units = e.received().quantity().multiply(half);
                Source source = e.source();
                halves.add(
                    new Event.Traded(
                        new Source(source.entry() + side, source.at(), source.wallet()),
                        cash,
                        new Leg("AAA", units, Amount.of(money)),
                        List.of(),
                        e.selection()));
              }
            } else {
              halves.add(e);
            }
          }
          for (Method method : Method.values()) {
            Settings settings = method(method.name());
            BigDecimal difference =
                Outcome.of(settings, events)
                    .gain()
                    .subtract(Outcome.of(settings, halves).gain())
                    .abs();
            assertTrue(difference.compareTo(new BigDecimal("1e-30")) < 0, method.name());
          }
        });
  }
}

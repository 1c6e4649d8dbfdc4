package io.tallystick.report.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.EntryKind;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever the books hold, no unit is lost on the way into a report and none becomes worthless. */
class BooksPropertyTest {
  private static final int HISTORIES = 500;
  private static final Instant AT = Instant.parse("2025-03-01T12:00:00Z");
  private static final List<String> ASSETS = List.of("BTC", "USDT", "EUR", "=1+1");
  private static final List<String> OTHERS =
      List.of(
          "trading",
          "fees/a",
          "income/earn",
          "income/earn-inferred",
          "income/futures",
          "external/BTC",
          "suspense",
          "opening",
          "loans/a",
          "somewhere/new",
          "venue/a/earn");
  private static final Quote TETHER =
      new Quote(
          Quote.Source.VENUE,
          "USDT",
          "EUR",
          AT.minus(Duration.ofDays(1)),
          AT.plus(Duration.ofDays(1)),
          Decimals.of("0.9"),
          "x/production");

  private static BookEntry entry(Random random, int n) {
    EntryKind kind = EntryKind.values()[random.nextInt(EntryKind.values().length)];
    List<Flow> flows = new ArrayList<>();
    for (int flow = random.nextInt(5); flow >= 0; flow--) {
      String other = OTHERS.get(random.nextInt(OTHERS.size()));
      String asset = ASSETS.get(random.nextInt(ASSETS.size()));
      BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(9), random.nextInt(4));
      flows.add(
          random.nextBoolean()
              ? new Flow(other, "venue/a/spot", asset, amount)
              : new Flow("venue/a/spot", other, asset, amount));
    }
    String side = kind == EntryKind.TRADE ? (random.nextBoolean() ? "buy" : "sell") : null;
    return new BookEntry(
        "e" + n,
        1,
        kind,
        AT.plusSeconds(random.nextInt(50)),
        "a",
        side == null ? null : "M",
        side,
        null,
        "evd_" + n,
        flows);
  }

  private static Map<String, BigDecimal> held(List<BookEntry> books) {
    Map<String, BigDecimal> held = new TreeMap<>();
    for (BookEntry entry : books) {
      for (Flow flow : entry.flows()) {
        if (flow.from().startsWith("loans/") || flow.to().startsWith("loans/")) {
          // What is owed is nobody's lot, whichever wallet it lies in.
          continue;
        }
        if (flow.into()) {
          held.merge(flow.asset(), flow.amount(), BigDecimal::add);
        } else if (flow.out()) {
          held.merge(flow.asset(), flow.amount().negate(), BigDecimal::add);
        }
      }
    }
    return canonical(held);
  }

  private static Map<String, BigDecimal> canonical(Map<String, BigDecimal> sums) {
    sums.values().removeIf(sum -> sum.signum() == 0);
    sums.replaceAll((asset, sum) -> sum.stripTrailingZeros());
    return sums;
  }

  /** Legs with their sign: what the event brings into the wallet is positive. */
  private record Signed(Leg leg, int sign) {}

  private static List<Signed> legs(Event event) {
    List<Signed> legs = new ArrayList<>();
    switch (event) {
      case Event.Traded e -> {
        legs.add(new Signed(e.given(), -1));
        legs.add(new Signed(e.received(), 1));
        e.fees().forEach(fee -> legs.add(new Signed(fee, -1)));
      }
      case Event.Exchanged e -> {
        e.given().forEach(leg -> legs.add(new Signed(leg, -1)));
        e.received().forEach(leg -> legs.add(new Signed(leg, 1)));
        e.fees().forEach(fee -> legs.add(new Signed(fee, -1)));
      }
      case Event.Acquired e -> {
        legs.add(new Signed(e.leg(), 1));
        e.fees().forEach(fee -> legs.add(new Signed(fee, -1)));
      }
      case Event.Disposed e -> {
        legs.add(new Signed(e.leg(), -1));
        e.fees().forEach(fee -> legs.add(new Signed(fee, -1)));
      }
      case Event.Earned e -> legs.add(new Signed(e.leg(), 1));
      case Event.Transferred e -> {
        Leg moved = Leg.unpriced(e.asset(), e.quantity().toPlainString(), "none");
        legs.add(new Signed(moved, e.to().equals(Interpreter.OUTSIDE) ? -1 : 1));
        e.fees().forEach(fee -> legs.add(new Signed(fee, -1)));
      }
      case Event.Gifted _, Event.Wrapped _, Event.Split _, Event.Renamed _, Event.Allocated _ ->
          throw new AssertionError("books do not say this: " + event);
    }
    return legs;
  }

  @Test
  void everyUnitThatCameOrWentIsInExactlyOneEvent() {
    long seed = 7_000_001;
    Random random = new Random(seed);
    int events = 0;
    for (int round = 0; round < HISTORIES; round++) {
      List<BookEntry> books = new ArrayList<>();
      for (int n = 0; n < 6; n++) {
        books.add(entry(random, n));
      }
      Input input = Interpreter.whole(new Prices(List.of(TETHER)), "EUR", books, List.of());
      Map<String, BigDecimal> told = new TreeMap<>();
      Set<String> names = new HashSet<>();
      for (Event event : input.events()) {
        events++;
        assertTrue(names.add(event.source().entry()), "seed " + seed + ": " + event);
        for (Signed one : legs(event)) {
          BigDecimal signed = one.sign() < 0 ? one.leg().quantity().negate() : one.leg().quantity();
          told.merge(one.leg().asset(), signed, BigDecimal::add);
        }
      }
      assertEquals(held(books), canonical(told), "seed " + seed + ", round " + round);
    }
    assertTrue(events > HISTORIES * 6, "only " + events + " events");
  }

  // A fill at a price of zero is the one thing that is worth nothing, because its own legs say so.
  @Test
  void nothingOfUnknownWorthIsWorthNothing() {
    long seed = 7_000_002;
    Random random = new Random(seed);
    int unknown = 0;
    for (int round = 0; round < HISTORIES; round++) {
      BookEntry entry = entry(random, 0);
      if (entry.kind() == EntryKind.TRADE) {
        continue;
      }
      Input input =
          Interpreter.whole(new Prices(List.of(TETHER)), "EUR", List.of(entry), List.of());
      for (Event event : input.events()) {
        for (Signed one : legs(event)) {
          String what = "seed " + seed + ", round " + round + ": " + event;
          switch (one.leg().worth()) {
            case Amount.Known(BigDecimal worth) -> assertTrue(worth.signum() != 0, what);
            case Amount.Unknown _ -> {
              unknown++;
              assertTrue(event instanceof Event.Transferred || !input.unresolved().isEmpty(), what);
            }
          }
        }
      }
    }
    assertTrue(unknown > 100, "only " + unknown + " unknown amounts");
  }
}

package io.tallystick.costbasis.engine;

import static io.tallystick.costbasis.engine.Story.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Ratio;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Term;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units that change: splits, renames, wraps, dust, and what is bought back. */
class UnitRulesTest {

  private static Settings with(String... pairs) {
    Settings settings = Settings.of(Map.of());
    for (int i = 0; i < pairs.length; i += 2) {
      settings = settings.with(Map.of(pairs[i], pairs[i + 1]));
    }
    return settings;
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"FIFO", "HIFO", "AVERAGE", "ACB", "TOTAL_AVERAGE", "UK_SHARES"})
  void splitByAThirdStaysExact(String method) {
    Story story = new Story(with("method", method));
    story
        .buy("2025-01-01", "ETH", "1", "100", "0")
        .tell(new Event.Split(story.source("2025-02-01"), "ETH", Ratio.of("1/3")));
    story
        .tell(new Event.Split(story.source("2025-03-01"), "ETH", Ratio.of("3")))
        .sell("2025-04-01", "ETH", "1", "150", "0")
        .run();
    assertEquals("50", plain(story.disposals().getFirst().gain()));
    assertEquals("0/0", story.left("ETH", ""));
  }

  @Test
  void namedQuantityOfATransferCountsInTheUnitsOfItsDay() {
    Story story = new Story(with("scope", "wallet", "method", "SPECIFIC"));
    story
        .buy("2025-01-01", "ETH", "3", "300", "0")
        .buy("2025-01-02", "ETH", "3", "600", "0")
        .tell(new Event.Split(story.source("2025-02-01"), "ETH", Ratio.of("1/3")));
    Selection second =
        new Selection(List.of(new Selection.Pick("e002", BigDecimal.ONE)), story.at("2025-02-02"));
    story
        .tell(
            new Event.Transferred(
                story.source("2025-02-02"), "B", "ETH", BigDecimal.ONE, List.of(), second))
        .run();
    assertEquals("1/600", story.left("ETH", "B"));
    assertEquals(List.of(), story.issues());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"FIFO", "HIFO", "AVERAGE", "ACB", "TOTAL_AVERAGE", "UK_SHARES"})
  void renamedUnitsKeepCostDatesAndLots(String method) {
    Story story = new Story(with("method", method));
    story
        .buy("2025-01-01", "OLD", "1", "100", "0")
        .buy("2025-01-05", "NEW", "1000", "300", "0")
        .tell(new Event.Renamed(story.source("2025-03-01"), "OLD", "NEW", Ratio.of("1000/1")));
    story.sell("2025-06-01", "NEW", "2000", "700", "0").run();
    Disposal sale = story.disposals().getFirst();
    assertEquals("400", plain(sale.basis()));
    assertEquals("300", plain(sale.gain()));
    assertEquals("0/0", story.left("NEW", ""));
    assertEquals("0/0", story.left("OLD", ""));
    if (method.equals("FIFO")) {
      assertEquals(List.of("e001"), sale.matches().getFirst().lots());
      assertEquals(story.at("2025-01-01"), sale.matches().getFirst().acquired());
    }
  }

  private static Story wrap(String rule, String received) {
    Story story = new Story(with("wrap", rule));
    return story
        .buy("2025-01-01", "ETH", "2", "4000", "0")
        .tell(
            new Event.Wrapped(
                story.source("2025-02-01"),
                Leg.of("ETH", "1", "3000"),
                Leg.of("WETH", received, "3000"),
                List.of()))
        .sell("2025-03-01", "WETH", received, "3300", "0")
        .run();
  }

  @Test
  void wrappingOneForOneCarriesCostAndDateAndAnyOtherRatioIsATrade() {
    Story even = wrap("BY_RATIO", "1");
    assertEquals(1, even.disposals().size());
    assertEquals("1300", plain(even.disposals().getFirst().gain()));
    assertEquals(
        even.at("2025-01-01"), even.disposals().getFirst().matches().getFirst().acquired());
    Story uneven = wrap("BY_RATIO", "0.9");
    assertEquals("1000", plain(uneven.disposals("ETH").getFirst().gain()));
    assertEquals("300", plain(uneven.disposals("WETH").getFirst().gain()));
    assertEquals("1300", plain(wrap("CARRY", "0.9").disposals().getFirst().gain()));
    assertTrue(even.issues().contains(Issue.Kind.WRAP_ASSUMED));
  }

  @Test
  void dustIsSplitByTheWorthOfWhatWasGiven() {
    Story story = new Story(with());
    story
        .buy("2025-01-01", "AAA", "10", "6", "0")
        .buy("2025-01-01", "BBB", "10", "1", "0")
        .tell(
            new Event.Exchanged(
                story.source("2025-02-01"),
                List.of(Leg.of("AAA", "10", "8"), Leg.of("BBB", "10", "2")),
                List.of(Leg.of("BNB", "0.02", "9")),
                List.of(Leg.of("BNB", "0.0004", "0.18"))))
        .run();
    assertEquals("7.2", plain(story.disposals("AAA").getFirst().gross()));
    assertEquals("1.8", plain(story.disposals("BBB").getFirst().gross()));
    assertEquals("0.144", plain(story.disposals("AAA").getFirst().sellingCosts()));
    assertEquals("0.0196/8.82", story.left("BNB", ""));
    assertEquals("0", plain(story.disposals("BNB").getFirst().gain()));
  }

  @Test
  void dustWithoutAPriceLeavesOnlyItselfUnknown() {
    Story story = new Story(with());
    story
        .tell(
            new Event.Exchanged(
                story.source("2025-02-01"),
                List.of(Leg.of("AAA", "10", "8"), Leg.unpriced("BBB", "10", "e001")),
                List.of(Leg.of("BNB", "0.02", "9")),
                List.of()))
        .run();
    assertEquals("8", plain(story.disposals("AAA").getFirst().gross()));
    assertEquals("MISSING_PRICE@e001", plain(story.disposals("BBB").getFirst().gross()));
    assertEquals("0.02/9", story.left("BNB", ""));
  }

  @Test
  void lossBoughtBackWithinFourWeeksIsRingFenced() {
    Story story =
        new Story(with("method", "IRISH_FIFO"))
            .buy("2025-01-01", "ETH", "4", "400", "0")
            .sell("2025-06-01", "ETH", "4", "200", "0")
            .buy("2025-06-29", "ETH", "1", "60", "0")
            .buy("2025-06-30", "ETH", "1", "60", "0")
            .run();
    List<Line.RingFenced> fenced =
        story.lines.stream()
            .filter(Line.RingFenced.class::isInstance)
            .map(Line.RingFenced.class::cast)
            .toList();
    assertEquals(1, fenced.size());
    assertEquals("e002", fenced.getFirst().source().entry());
    assertEquals("e003", fenced.getFirst().reacquisition());
    assertEquals("1", plain(fenced.getFirst().quantity()));
    assertEquals("50", plain(fenced.getFirst().loss()));
  }

  @ParameterizedTest(name = "sold for {0}: basis {1}, gain {2}")
  @CsvSource({"1300, 1000, 300", "900, 900, 0", "500, 600, -100"})
  void giftKeepsItsGiversCostAndALossStartsFromItsLowerValue(
      String money, String basis, String gain) {
    Settings settings =
        with("scope", "wallet", "term", "US_YEAR", "gift-received", "CARRIED_OR_LOWER");
    Story story = new Story(settings);
    story
        .tell(
            new Event.Gifted(
                story.source("2025-01-01"),
                Leg.of("ETH", "2", "2000"),
                story.at("2020-01-01"),
                Amount.of("1200")))
        .move("2025-01-02", "B", "ETH", "1.5")
        .in("B")
        .sell("2025-02-01", "ETH", "1", money, "0");
    List<Line> lines = new ArrayList<>();
    Engine first = new Engine(settings, lines::add);
    story.events.subList(0, 2).forEach(first::apply);
    Engine second = new Engine(first.save(), lines::add);
    second.apply(story.events.get(2));
    second.close();
    Disposal sale = (Disposal) lines.getLast();
    assertEquals(basis, plain(sale.basis()));
    assertEquals(gain, plain(sale.gain()));
    assertEquals(Term.LONG, sale.matches().getFirst().term());
    assertEquals(List.of(sale), story.run().disposals());
  }
}

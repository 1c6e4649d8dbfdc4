package io.tallystick.costbasis.engine;

import static io.tallystick.costbasis.engine.Story.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The worked examples of share matching and of averages, by their numbers. */
class PooledExamplesTest {

  @Test
  @DisplayName("E4 United Kingdom: same day, 30 days, pool; day 31 does not count")
  void sameDayThenThirtyDaysThenPool() {
    Story story =
        new Story(Profile.of("uk").settings())
            .buy("2024-03-01", "SOL", "40", "4000", "12")
            .sell("2024-04-02", "SOL", "25", "3500", "7")
            .sell("2024-04-05T09:00", "SOL", "5", "700", "0")
            .buy("2024-04-05T21:00", "SOL", "8", "1040", "3")
            .buy("2024-04-30", "SOL", "10", "1250", "0")
            .buy("2024-05-03", "SOL", "6", "780", "0")
            .run();
    Disposal second = story.disposals().getFirst();
    assertEquals("2844.725", plain(second.basis()));
    assertEquals("3493", plain(second.net()));
    assertEquals("648.275", plain(second.gain()));
    assertEquals(
        List.of(Match.Rule.THIRTY_DAYS, Match.Rule.THIRTY_DAYS, Match.Rule.POOL),
        second.matches().stream().map(Match::rule).toList());
    assertEquals(
        List.of("391.125", "1250", "1203.6"),
        second.matches().stream().map(match -> plain(match.cost())).toList());
    assertEquals(List.of("e004"), second.matches().getFirst().lots());
    assertEquals("48.125", plain(story.disposals().get(1).gain()));
    assertEquals("34/3588.4", story.left("SOL", ""));
    assertEquals(List.of("28/2808.4", "28/2808.4"), pools(story));
  }

  @Test
  void aGiftWithoutARecognisedGainIsMatchedWithLaterPurchasesBehindTheDaysSales() {
    Story story =
        new Story(Profile.of("uk").settings())
            .buy("2024-01-10", "SOL", "10", "1000", "0")
            .sell("2024-03-01T09:00", "SOL", "3", "700", "0");
    Leg given = Leg.of("SOL", "4", "800");
    story
        .tell(
            new Event.Disposed(
                story.source("2024-03-01T08:00"),
                DisposalKind.DONATION,
                given,
                List.of(),
                Selection.NONE))
        .buy("2024-03-01T21:00", "SOL", "4", "600", "0")
        .buy("2024-03-20", "SOL", "2", "500", "0")
        .run();
    Disposal gift = story.disposals().getFirst();
    Disposal sale = story.disposals().get(1);
    assertFalse(gift.recognised());
    assertTrue(sale.recognised());
    assertEquals("450", plain(sale.basis()), "three of the day's four");
    assertEquals(
        List.of(Match.Rule.SAME_DAY, Match.Rule.THIRTY_DAYS, Match.Rule.POOL),
        gift.matches().stream().map(Match::rule).toList());
    assertEquals("750", plain(gift.basis()), "150, 500 and 100");
    assertEquals("9/900", story.left("SOL", ""));
  }

  private static Story japan(Settings settings) {
    Story story = new Story(settings);
    return story
        .tell(
            new Event.Acquired(
                story.source("2024-12-31"),
                AcquisitionKind.OPENING,
                new Leg("BTC", new BigDecimal("2"), Amount.of("3000000")),
                List.of(),
                story.at("2024-12-31")))
        .sell("2025-04-01", "BTC", "1", "2100000", "0")
        .buy("2025-07-01", "BTC", "5", "10000000", "0")
        .sell("2025-11-01", "BTC", "2", "4500000", "0")
        .run();
  }

  @Test
  @DisplayName("E7 Japan, moving average with the unit cost rounded up and without")
  void movingAverageOfJapan() {
    Profile jp = Profile.of("jp");
    Story rounded = japan(jp.settings(Map.of("method", "AVERAGE")));
    assertEquals("600000", plain(rounded.disposals().getFirst().gain()));
    assertEquals("666666", plain(rounded.disposals().get(1).gain()));
    assertEquals("4/7666668", rounded.left("BTC", ""));
    assertEquals(List.of(Issue.Kind.UNIT_COST_ROUNDED), rounded.issues());

    Story exact = japan(jp.settings(Map.of("method", "AVERAGE", "unit-cost", "EXACT")));
    assertEquals("666666.666666666667", plain(exact.disposals().get(1).gain()));
    assertEquals("4/7666666.666666666667", exact.left("BTC", ""));
  }

  @Test
  @DisplayName("E7 Japan, total average rounded up: later purchases of the year count")
  void totalAverageOfJapan() {
    Story story = japan(Profile.of("jp").settings());
    assertEquals("242857", plain(story.disposals().getFirst().gain()));
    assertEquals("785714", plain(story.disposals().get(1).gain()));
    assertEquals("4/7428572", story.left("BTC", ""));
    assertTrue(story.disposals().getFirst().provisional());
  }

  @Test
  @DisplayName("E8 Canada: a superficial loss, twice")
  void superficialLossTwice() {
    Story story =
        new Story(Profile.of("ca").settings())
            .buy("2025-03-01", "ADA", "60", "1200", "6")
            .sell("2025-06-10", "ADA", "45", "675", "5")
            .buy("2025-06-25", "ADA", "20", "320", "4")
            .sell("2025-07-05", "ADA", "5", "85", "0")
            .run();
    Disposal first = story.disposals().getFirst();
    assertEquals("904.5", plain(first.basis()));
    assertEquals("104.222222222222", plain(first.denied()));
    assertEquals("-130.277777777778", plain(first.gain()));
    Disposal second = story.disposals().get(1);
    assertEquals("104.246031746032", plain(second.basis()));
    assertEquals("0", plain(second.gain()));
    assertEquals("30/644.722222222222", story.left("ADA", ""));
    assertEquals(List.of("15/405.722222222222", "30/644.722222222222"), pools(story));
  }

  private static Story broughtIn(String profile, AcquisitionKind kind, String acquired, Leg leg) {
    Story story = new Story(Profile.of(profile).settings());
    story
        .buy("2023-05-01", "BTC", "1", "50000", "0")
        .sell("2024-05-01", "BTC", "1", "20000", "0")
        .tell(
            new Event.Acquired(
                story.source("2024-05-05"),
                kind,
                leg,
                List.of(),
                acquired.isEmpty() ? OpenLot.UNDATED : story.at(acquired)));
    return story.run();
  }

  @Test
  void unitsThatAreOnlyBroughtInAreNobodysPurchase() {
    Leg old = Leg.of("BTC", "1", "3000");
    Leg unknown = new Leg("BTC", BigDecimal.ONE, Amount.unknown(Amount.Cause.MISSING_COST, "e003"));
    for (Story story :
        List.of(
            broughtIn("uk", AcquisitionKind.OPENING, "2017-01-01", old),
            broughtIn("uk", AcquisitionKind.OPENING, "2024-05-05", old),
            broughtIn("uk", AcquisitionKind.UNLINKED_DEPOSIT, "", unknown),
            broughtIn("uk", AcquisitionKind.CORRECTION, "", unknown),
            broughtIn("ca", AcquisitionKind.OPENING, "2017-01-01", old),
            broughtIn("ca", AcquisitionKind.UNLINKED_DEPOSIT, "", unknown))) {
      Disposal sale = story.disposals().getFirst();
      assertEquals("-30000", plain(sale.gain()), story.lines::toString);
      assertEquals("0", plain(sale.denied()));
      assertEquals(1, sale.matches().size());
    }
    Story owned = broughtIn("uk", AcquisitionKind.OPENING, "2017-01-01", old);
    assertEquals("1/3000", owned.left("BTC", ""));
  }

  @Test
  void unitsBroughtInAreMatchedByTheDayOnWhichTheyWereBought() {
    Leg bought = Leg.of("BTC", "1", "21000");
    Disposal sale =
        broughtIn("uk", AcquisitionKind.OPENING, "2024-05-03", bought).disposals().getFirst();
    assertEquals(Match.Rule.THIRTY_DAYS, sale.matches().getFirst().rule());
    assertEquals("-1000", plain(sale.gain()));
    Disposal loss =
        broughtIn("ca", AcquisitionKind.OPENING, "2024-05-03", bought).disposals().getFirst();
    assertEquals("30000", plain(loss.denied()));
  }

  @Test
  void onlyUnitsBoughtAfterALossRingFenceIt() {
    for (String acquired : List.of("2017-01-01", "")) {
      Story before = fenced(acquired);
      assertEquals(List.of(), fences(before), acquired);
    }
    assertEquals(1, fences(fenced("2024-05-03")).size());
  }

  private static Story fenced(String acquired) {
    Settings settings = Profile.of("ie").settings(Map.of("method", "IRISH_FIFO"));
    Story story = new Story(settings);
    story
        .buy("2023-05-01", "BTC", "1", "50000", "0")
        .sell("2024-05-01", "BTC", "1", "20000", "0")
        .tell(
            new Event.Acquired(
                story.source("2024-05-05"),
                AcquisitionKind.OPENING,
                Leg.of("BTC", "1", "3000"),
                List.of(),
                acquired.isEmpty() ? OpenLot.UNDATED : story.at(acquired)));
    return story.run();
  }

  private static List<Line> fences(Story story) {
    return story.lines.stream().filter(Line.RingFenced.class::isInstance).toList();
  }

  private static List<String> pools(Story story) {
    return story.lines.stream()
        .filter(Line.Pooled.class::isInstance)
        .map(Line.Pooled.class::cast)
        .map(pool -> plain(pool.quantity()) + "/" + plain(pool.cost()))
        .toList();
  }
}

package io.tallystick.costbasis.engine;

import static io.tallystick.costbasis.engine.Story.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Cause;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.IncomeKind;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How single events are read: values, fees, receipts, renames, wraps, baskets. */
class EventRulesTest {

  private static Settings with(String... pairs) {
    Settings settings = Settings.of(Map.of());
    for (int i = 0; i < pairs.length; i += 2) {
      settings = settings.with(Map.of(pairs[i], pairs[i + 1]));
    }
    return settings;
  }

  private static Story swap(Settings settings) {
    return new Story(settings)
        .buy("2025-01-01", "ETH", "2", "5000", "0")
        .swap("2025-02-01", Leg.of("ETH", "1", "3000"), Leg.of("BTC", "0.05", "3100"))
        .run();
  }

  @ParameterizedTest(name = "{0}: proceeds {1}, cost {2}")
  @CsvSource({"RECEIVED, 3100, 3100", "GIVEN, 3000, 3000", "CROSS, 3100, 3000"})
  void swapIsValuedAsTheProfileSays(String rule, String proceeds, String cost) {
    Story story = swap(with("swap-value", rule));
    assertEquals(proceeds, plain(story.disposals().getFirst().gross()));
    assertEquals("0.05/" + cost, story.left("BTC", ""));
    assertEquals(List.of(), story.issues());
  }

  @Test
  void valuesThatDifferByMoreThanFivePerCentAreFlagged() {
    Story story =
        new Story(with())
            .swap("2025-02-01", Leg.of("ETH", "1", "3000"), Leg.of("BTC", "0.05", "3158"))
            .run();
    assertEquals(Issue.Kind.VALUES_DIFFER, story.issues().getFirst());
  }

  @Test
  void missingPriceMakesBothSidesOfASwapUnknownAndNothingZero() {
    Story story =
        new Story(with())
            .buy("2025-01-01", "ETH", "2", "5000", "0")
            .swap("2025-02-01", Leg.unpriced("ETH", "1", "e002"), Leg.unpriced("NEW", "7", "e002"))
            .sell("2025-03-01", "NEW", "7", "900", "0")
            .run();
    assertEquals("MISSING_PRICE@e002", plain(story.disposals("ETH").getFirst().gain()));
    assertEquals("2500", plain(story.disposals("ETH").getFirst().basis()));
    assertEquals("MISSING_PRICE@e002", plain(story.disposals("NEW").getFirst().gain()));
    assertEquals("900", plain(story.disposals("NEW").getFirst().gross()));
    assertEquals(List.of(Issue.Kind.UNKNOWN_COST, Issue.Kind.MISSING_PRICE), story.issues());
  }

  @Test
  void poolIsTaintedByAnUnknownCostUntilItIsEmpty() {
    Story story = new Story(with("method", "AVERAGE"));
    story
        .buy("2025-01-01", "ETH", "1", "100", "0")
        .tell(
            new Event.Acquired(
                story.source("2025-01-02"),
                AcquisitionKind.UNLINKED_DEPOSIT,
                new Leg("ETH", BigDecimal.ONE, Amount.unknown(Cause.MISSING_COST, "e002")),
                List.of(),
                OpenLot.UNDATED))
        .sell("2025-01-03", "ETH", "2", "500", "0")
        .buy("2025-01-04", "ETH", "1", "300", "0")
        .sell("2025-01-05", "ETH", "1", "350", "0")
        .run();
    assertFalse(story.disposals().getFirst().gain().known());
    assertEquals("50", plain(story.disposals().get(1).gain()));
    assertEquals(List.of(Issue.Kind.UNKNOWN_COST, Issue.Kind.UNLINKED_DEPOSIT), story.issues());
  }

  @Test
  void expensePolicyKeepsEveryFeeOutOfCostAndProceeds() {
    Story story =
        new Story(with("swap-fee", "EXPENSE"))
            .buy("2025-01-01", "ETH", "2", "5000", "7")
            .sell("2025-02-01", "ETH", "1", "3000", "5")
            .run();
    assertEquals("500", plain(story.disposals().getFirst().gain()));
    assertEquals("1/2500", story.left("ETH", ""));
    assertEquals(2, story.lines.stream().filter(Line.Expense.class::isInstance).count());
  }

  @Test
  void rebateInCoinReducesTheFeeAndArrivesAtItsValue() {
    Story story =
        new Story(with())
            .swap(
                "2025-01-01",
                Leg.of("USD", "1000", "1000"),
                Leg.of("BTC", "0.1", "1000"),
                Leg.of("BNB", "-0.01", "-6"))
            .run();
    assertEquals("0.1/994", story.left("BTC", ""));
    assertEquals("0.01/6", story.left("BNB", ""));
  }

  @Test
  void incomeIsItsOwnCost() {
    Story story = new Story(with());
    story
        .tell(
            new Event.Earned(
                story.source("2025-01-01"), IncomeKind.STAKING, Leg.of("ETH", "0.5", "1500")))
        .sell("2025-02-01", "ETH", "0.5", "1600", "0")
        .run();
    assertEquals("100", plain(story.disposals().getFirst().gain()));
    Line.Income income = (Line.Income) story.lines.getFirst();
    assertEquals("1500", plain(income.value()));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"INCOME, 1/80, true", "FREE, 1/0, false", "DECLARED, 1/FORK_COST@e001, false"})
  void forkedCoinsEnterAsTheProfileSays(String rule, String left, boolean income) {
    Story story = new Story(with("fork", rule));
    story
        .tell(
            new Event.Earned(story.source("2025-01-01"), IncomeKind.FORK, Leg.of("NEW", "1", "80")))
        .run();
    assertEquals(left, story.left("NEW", ""));
    assertEquals(income, story.lines.stream().anyMatch(Line.Income.class::isInstance));
  }

  @Test
  void lostUnitsLeaveWithTheirBasisButWithoutARecognisedLoss() {
    Story story =
        new Story(with())
            .buy("2025-01-01", "ETH", "2", "5000", "0")
            .lose("2025-02-01", "ETH", "1")
            .run();
    Disposal lost = story.disposals().getFirst();
    assertFalse(lost.recognised());
    assertEquals("2500", plain(lost.basis()));
    assertEquals("1/2500", story.left("ETH", ""));
  }

  @Test
  void giftsAreRecognisedByProfile() {
    for (String gift : List.of("true", "false")) {
      Story story = new Story(with("gift", gift));
      story
          .buy("2025-01-01", "ETH", "2", "5000", "0")
          .tell(
              new Event.Disposed(
                  story.source("2025-02-01"),
                  DisposalKind.GIFT,
                  Leg.of("ETH", "1", "3000"),
                  List.of(),
                  Selection.NONE))
          .run();
      assertEquals(gift, Boolean.toString(story.disposals().getFirst().recognised()));
    }
  }

  @ParameterizedTest
  @CsvSource({"VALUE, true", "CARRIED, false", "CARRIED_OR_LOWER, false"})
  void giftThatCameCostsItsValueOrWhatNobodyHasSaidYet(String rule, boolean known) {
    Story story = new Story(with("gift-received", rule));
    Source source = story.source("2025-01-01");
    story
        .tell(
            new Event.Acquired(
                source, AcquisitionKind.GIFT, Leg.of("ETH", "1", "3000"), List.of(), source.at()))
        .run();
    assertEquals(
        known ? Amount.of(new BigDecimal("3000")) : Amount.unknown(Cause.MISSING_COST, "e001"),
        story.open().getFirst().cost());
    boolean said =
        story.lines.stream()
            .anyMatch(
                line -> line instanceof Issue issue && issue.kind() == Issue.Kind.UNKNOWN_COST);
    assertEquals(known, !said);
  }

  @Test
  void ignoredNetworkFeeVanishesWithItsBasisWithoutAGain() {
    Story story =
        new Story(with("network-fee", "IGNORE"))
            .buy("2025-01-01", "ETH", "2", "5000", "0")
            .move("2025-02-01", "B", "ETH", "1", Leg.of("ETH", "0.5", "1500"))
            .run();
    assertFalse(story.disposals().getFirst().recognised());
    assertEquals("1.5/3750", story.left("ETH", ""));
  }

  @Test
  void coinFeeOfAnExchangeOfMoneyIsStillADisposal() {
    Story story =
        new Story(with("cash", "EUR"))
            .buy("2025-01-01", "BNB", "1", "600", "0")
            .swap(
                "2025-02-01",
                Leg.of("EUR", "1000", "1090"),
                Leg.of("USD", "1088", "1088"),
                Leg.of("BNB", "0.5", "330"))
            .run();
    assertEquals(1, story.disposals().size());
    assertEquals("30", plain(story.disposals("BNB").getFirst().gain()));
    assertEquals("0/0", story.left("EUR", ""));
  }

  @Test
  void foreignMoneyIsValuedAtItsRateAndHasNoLots() {
    Story story =
        new Story(with("cash", "EUR"))
            .swap("2025-02-01", Leg.of("EUR", "1000", "1090"), Leg.of("BTC", "0.01", "1200"))
            .run();
    assertEquals("0.01/1090", story.left("BTC", ""));
    assertEquals(List.of(), story.disposals());
    assertEquals(List.of(), story.issues());
  }
}

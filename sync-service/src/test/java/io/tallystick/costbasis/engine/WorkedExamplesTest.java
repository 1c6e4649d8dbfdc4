package io.tallystick.costbasis.engine;

import static io.tallystick.costbasis.engine.Story.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Term;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples of the cost-basis rules, by their numbers. */
class WorkedExamplesTest {

  private static Settings generic(String... pairs) {
    Settings settings = Profile.of("generic").settings();
    for (int i = 0; i < pairs.length; i += 2) {
      settings = settings.with(Map.of(pairs[i], pairs[i + 1]));
    }
    return settings;
  }

  private static Story twoTerms(Settings settings) {
    return new Story(settings)
        .buy("2023-02-28", "BTC", "0.6", "14040.00", "10.53")
        .buy("2024-02-28", "BTC", "0.4", "24800.00", "18.60")
        .sell("2024-02-29", "BTC", "0.25", "15550.00", "11.66")
        .sell("2025-02-28", "BTC", "0.5", "42150.00", "31.61")
        .run();
  }

  @Test
  @DisplayName("E1 first in, first out with fees, two terms in one sale, and a leap-year edge")
  void twoTermsInOneSaleAndALeapYearEdge() {
    Story story = twoTerms(Profile.of("us").settings());
    Disposal first = story.disposals().getFirst();
    assertEquals("15538.34", plain(first.net()));
    assertEquals("5854.3875", plain(first.basis()));
    assertEquals("9683.9525", plain(first.gain()));
    assertEquals(Term.SHORT, first.matches().getFirst().term());

    Disposal second = story.disposals().get(1);
    assertEquals("42118.39", plain(second.net()));
    Match old = second.matches().getFirst();
    assertEquals("0.35", plain(old.quantity()));
    assertEquals("29482.873", plain(old.gross().minus(old.sellingCosts())));
    assertEquals("8196.1425", plain(old.cost()));
    assertEquals("21286.7305", plain(old.gain()));
    assertEquals(Term.LONG, old.term());
    assertEquals(List.of("e001"), old.lots());
    Match recent = second.matches().get(1);
    assertEquals("12635.517", plain(recent.gross().minus(recent.sellingCosts())));
    assertEquals("9306.975", plain(recent.cost()));
    assertEquals("3328.542", plain(recent.gain()));
    assertEquals(Term.SHORT, recent.term());
    assertEquals("0.25/15511.625", story.left("BTC", ""));
  }

  @Test
  @DisplayName("E1 the same first sale is exempt under the German year")
  void sameFirstSaleIsExemptUnderTheGermanYear() {
    Settings german = Profile.of("de").settings(Map.of("currency", "USD"));
    assertEquals(Term.LONG, twoTerms(german).disposals().getFirst().matches().getFirst().term());
  }

  private static Story swapWithThirdAssetFee(String policy) {
    return new Story(generic("swap-fee", policy))
        .buy("2025-01-01", "ETH", "2", "6600", "4.40")
        .buy("2025-01-02", "BNB", "1", "690", "0.69")
        .swap(
            "2025-03-01",
            Leg.unpriced("ETH", "1.5", "e003"),
            Leg.of("BTC", "0.0355", "2982.00"),
            Leg.of("BNB", "0.004", "2.52"))
        .run();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "DISPOSE, 2979.48, -1973.82, 2982",
    "ACQUIRE, 2982,    -1971.3,  2984.52",
    "SPLIT,   2980.74, -1972.56, 2983.26"
  })
  @DisplayName("E2 a swap's fee in a third asset goes where the policy says")
  void swapFeeInAThirdAssetGoesWhereThePolicySays(
      String policy, String net, String gain, String cost) {
    Story story = swapWithThirdAssetFee(policy);
    Disposal eth = story.disposals("ETH").getFirst();
    assertEquals(net, plain(eth.net()));
    assertEquals("4953.3", plain(eth.basis()));
    assertEquals(gain, plain(eth.gain()));
    assertEquals("0.0355/" + cost, story.left("BTC", ""));
    Disposal fee = story.disposals("BNB").getFirst();
    assertEquals("2.76276", plain(fee.basis()));
    assertEquals("-0.24276", plain(fee.gain()));
    assertEquals("0.996/687.92724", story.left("BNB", ""));
    assertEquals("0.5/1651.1", story.left("ETH", ""));
  }

  @Test
  @DisplayName("E2 a fee withheld from what was received leaves from that very lot without a gain")
  void withheldFeeLeavesFromItsOwnLotWithoutAGain() {
    Story story =
        new Story(generic("method", "LIFO"))
            .buy("2024-01-01", "BTC", "1", "1000", "0")
            .buy("2025-01-01", "ETH", "2", "6600", "4.40")
            .swap(
                "2025-03-01",
                Leg.unpriced("ETH", "1.5", "e003"),
                Leg.of("BTC", "0.0355", "2982.00"),
                Leg.of("BTC", "0.00003", "2.52"))
            .run();
    Disposal fee = story.disposals("BTC").getFirst();
    assertEquals(Match.Rule.OWN_LOT, fee.matches().getFirst().rule());
    assertEquals("2.52", plain(fee.basis()));
    assertEquals("0", plain(fee.gain()));
    assertEquals("1.03547/3979.48", story.left("BTC", ""));
    assertEquals("2979.48", plain(story.disposals("ETH").getFirst().net()));
  }

  @Test
  @DisplayName("Section 5: a fee withheld from a cash purchase is a very small loss")
  void withheldFeeOfACashPurchaseIsAVerySmallLoss() {
    Story story =
        new Story(generic())
            .swap(
                "2025-03-01",
                Leg.of("USD", "50000", "50000"),
                Leg.of("BTC", "1", "50000"),
                Leg.of("BTC", "0.001", "50"))
            .run();
    assertEquals("-0.05", plain(story.disposals().getFirst().gain()));
    assertEquals("0.999/49999.95", story.left("BTC", ""));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "FIFO, 46, 14, 42, 6, 46",
    "LIFO, 52, 8, 52, -4, 30",
    "HIFO, 58, 2, 46, 2, 30",
    "LOFO, 43, 17, 39, 9, 52",
    "AVERAGE, 50.666666666667, 9.333333333333, 41.666666666667, 6.333333333333, 41.666666666667",
    "TOTAL_AVERAGE, 53.6, 6.4, 40.2, 7.8, 40.2"
  })
  @DisplayName("E3 one history under every method")
  void oneHistoryUnderEveryMethod(
      String method, String basis1, String gain1, String basis2, String gain2, String left) {
    Story story =
        new Story(generic("method", method))
            .buy("2025-01-01", "X", "3", "30", "0")
            .buy("2025-01-02", "X", "2", "32", "0")
            .buy("2025-01-03", "X", "4", "52", "0")
            .sell("2025-01-04", "X", "4", "60", "0")
            .buy("2025-01-05", "X", "1", "20", "0")
            .sell("2025-01-06", "X", "3", "48", "0")
            .run();
    assertEquals(basis1, plain(story.disposals().getFirst().basis()));
    assertEquals(gain1, plain(story.disposals().getFirst().gain()));
    assertEquals(basis2, plain(story.disposals().get(1).basis()));
    assertEquals(gain2, plain(story.disposals().get(1).gain()));
    assertEquals("3/" + left, story.left("X", ""));
  }

  private static Story transferWithFee(String scope) {
    return new Story(generic("scope", scope))
        .in("A")
        .buy("2025-02-01", "BTC", "1", "30000", "0")
        .in("B")
        .buy("2025-03-01", "BTC", "1", "42000", "0")
        .in("A")
        .move("2025-04-01", "B", "BTC", "0.4995", Leg.of("BTC", "0.0005", "41"))
        .in("B")
        .sell("2025-05-01", "BTC", "1", "95000", "0")
        .run();
  }

  @Test
  @DisplayName("E5 per wallet, moved lots queue by acquisition date, not by arrival")
  void movedLotsQueueByAcquisitionDate() {
    Story story = transferWithFee("wallet");
    assertEquals("26", plain(story.disposals().getFirst().gain()));
    assertEquals("36006", plain(story.disposals().get(1).basis()));
    assertEquals("58994", plain(story.disposals().get(1).gain()));
    assertEquals("0.5/15000", story.left("BTC", "A"));
    assertEquals("0.4995/20979", story.left("BTC", "B"));
  }

  @Test
  @DisplayName("E5 universal: the transfer moves nothing but its fee")
  void universalTransferMovesNothingButItsFee() {
    Story story = transferWithFee("universal");
    assertEquals("26", plain(story.disposals().getFirst().gain()));
    assertEquals("64994", plain(story.disposals().get(1).gain()));
    assertEquals("0.9995/41979", story.left("BTC", ""));
  }

  private static Story shortfall(String policy) {
    return new Story(generic("shortfall", policy))
        .buy("2025-01-01", "ETH", "0.3", "600", "0")
        .sell("2025-01-02", "ETH", "0.5", "1250", "0")
        .buy("2025-01-03", "ETH", "0.2", "300", "0")
        .run();
  }

  @Test
  @DisplayName("E6 units without a known acquisition are undetermined, and nothing repairs them")
  void missingAcquisitionIsUndetermined() {
    Story story = shortfall("UNKNOWN");
    Disposal sale = story.disposals().getFirst();
    assertEquals("150", plain(sale.matches().getFirst().gain()));
    Match missing = sale.matches().get(1);
    assertEquals(Match.Rule.MISSING, missing.rule());
    assertEquals("0.2", plain(missing.quantity()));
    assertEquals("500", plain(missing.gross()));
    assertEquals("MISSING_ACQUISITION@e002", plain(missing.cost()));
    assertEquals("MISSING_ACQUISITION@e002", plain(sale.gain()));
    assertEquals("150", plain(sale.determinedGain()));
    assertEquals("0.2", plain(sale.undeterminedQuantity()));
    assertEquals("0.2/300", story.left("ETH", ""));
    assertEquals(List.of(Issue.Kind.SHORTFALL), story.issues());
  }

  @Test
  @DisplayName("E6 by choice the missing basis is zero and labelled, or the report is refused")
  void missingBasisIsZeroOnlyByChoice() {
    Story zero = shortfall("ZERO");
    assertEquals("650", plain(zero.disposals().getFirst().gain()));
    assertEquals(Match.Rule.ZERO_BASIS, zero.disposals().getFirst().matches().get(1).rule());
    assertEquals(List.of(Issue.Kind.REFUSED), shortfall("ERROR").issues());
  }
}

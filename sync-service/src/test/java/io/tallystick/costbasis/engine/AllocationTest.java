package io.tallystick.costbasis.engine;

import static io.tallystick.costbasis.engine.Story.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The United States' change from one inventory to one a wallet (Rev. Proc. 2024-28). */
class AllocationTest {

  private static final Settings US = Profile.of("us").settings();

  /**
   * Two lots bought in A; one unit moved to B; one sold in A: universal FIFO uses the first lot.
   */
  private static Story before() {
    return new Story(US)
        .in("A")
        .buy("2024-01-01", "BTC", "1", "100", "0")
        .buy("2024-02-01", "BTC", "2", "400", "0")
        .move("2024-03-01", "B", "BTC", "1.5")
        .sell("2024-12-31T23:59", "BTC", "1", "500", "0");
  }

  @Test
  void basisFollowsTheMethodsOrderWalletsByName() {
    Story story =
        before()
            .in("B")
            .sell("2025-01-01T00:00", "BTC", "0.5", "300", "0")
            .in("A")
            .sell("2025-02-01", "BTC", "0.5", "300", "0")
            .run();
    assertEquals("400", plain(story.disposals().getFirst().gain()));
    assertEquals("200", plain(story.disposals().get(1).gain()));
    assertEquals("200", plain(story.disposals().get(2).gain()));
    assertEquals("0/0", story.left("BTC", "A"));
    assertEquals("1/200", story.left("BTC", "B"));
    assertEquals(List.of(), story.issues());
  }

  @Test
  void unitsSoldInAWalletBeyondItsOwnAreMissingAfterTheChange() {
    Story story = before().in("A").sell("2025-02-01", "BTC", "1", "600", "0").run();
    Disposal sale = story.disposals().get(1);
    assertEquals("0.5", plain(sale.matches().getFirst().quantity()));
    assertEquals(Match.Rule.MISSING, sale.matches().get(1).rule());
    assertEquals("1.5/300", story.left("BTC", "B"));
  }

  @Test
  @DisplayName("the holder's own allocation of units to wallets is used before the order")
  void holdersOwnAllocationComesFirst() {
    Story story =
        new Story(US)
            .in("A")
            .buy("2024-01-01", "BTC", "1", "100", "0")
            .buy("2024-02-01", "BTC", "1", "400", "0")
            .move("2024-03-01", "B", "BTC", "1");
    story.tell(
        new Event.Allocated(
            story.source("2024-12-31"),
            "BTC",
            List.of(new Event.Allocated.Share("B", "e001", new BigDecimal("0.25")))));
    story.in("B").sell("2025-01-02", "BTC", "0.25", "300", "0").run();
    assertEquals("275", plain(story.disposals().getFirst().gain()));
    assertEquals("1/175", story.left("BTC", "A"));
    assertEquals("0.75/300", story.left("BTC", "B"));
    assertEquals(List.of(), story.issues());
  }

  @Test
  void quantitiesAndCostAreEqualBeforeAndAfterAndSurviveASave() {
    List<Line> lines = new ArrayList<>();
    Engine engine = new Engine(US, lines::add);
    Story story = before();
    story.events.forEach(engine::apply);
    BigDecimal cost = total(engine.openLots());
    Engine later = new Engine(engine.save(), lines::add);
    later.advance(Instant.parse("2025-01-01T05:00:00Z"));
    List<OpenLot> open = new Engine(later.save(), lines::add).openLots();
    assertEquals(0, cost.compareTo(total(open)));
    assertEquals(List.of("A", "B"), open.stream().map(OpenLot::wallet).distinct().toList());
    assertEquals(
        List.of(0, 0),
        List.of(
            open.getFirst().quantity().compareTo(new BigDecimal("0.5")),
            open.getLast().quantity().compareTo(new BigDecimal("1.5"))));
  }

  private static BigDecimal total(List<OpenLot> lots) {
    return lots.stream()
        .map(lot -> new BigDecimal(plain(lot.cost())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void walletWithoutEnoughBasisGetsUnitsOfUnknownCost() {
    Story story =
        new Story(US)
            .in("A")
            .buy("2024-01-01", "BTC", "1", "100", "0")
            .in("B")
            .sell("2024-06-01", "BTC", "0.4", "90", "0")
            .in("A")
            .sell("2025-03-01", "BTC", "1", "500", "0")
            .run();
    Disposal sale = story.disposals().get(1);
    assertEquals("0.6", plain(sale.matches().get(1).quantity()));
    assertEquals("60", plain(sale.matches().get(1).cost()));
    assertEquals("UNALLOCATED_BASIS@wallet-allocation", plain(sale.matches().getFirst().cost()));
    assertEquals("0.4", plain(sale.undeterminedQuantity()));
    assertEquals(List.of(Issue.Kind.UNALLOCATED_BASIS), story.issues());
  }
}

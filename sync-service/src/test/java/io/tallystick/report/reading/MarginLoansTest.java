package io.tallystick.report.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.engine.Engine;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.EntryKind;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.valuation.Prices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Borrowed units are a debt: they come and go without a lot, and the report says so. */
class MarginLoansTest {
  private static final Instant AT = Instant.parse("2025-03-01T12:00:00Z");
  private static final String WALLET = "venue/a/margin-cross";
  private static final String LOANS = "loans/a";
  private static final Settings SETTINGS =
      Profile.of("generic").settings(Map.of("currency", "EUR", "cash", "EUR"));

  private static BookEntry entry(int id, EntryKind kind, Flow... flows) {
    return new BookEntry(
        Integer.toString(id),
        1,
        kind,
        AT.plusSeconds(id),
        "a",
        null,
        null,
        null,
        "evd_" + id,
        List.of(flows));
  }

  private static Flow flow(String from, String to, String asset, String amount) {
    return new Flow(from, to, asset, Decimals.of(amount));
  }

  private static BookEntry bought(int id, String units, String money) {
    return entry(
        id,
        EntryKind.TRADE,
        flow(WALLET, "trading", "EUR", money),
        flow("trading", WALLET, "BTC", units));
  }

  private static BookEntry sold(int id, String units, String money) {
    return entry(
        id,
        EntryKind.TRADE,
        flow(WALLET, "trading", "BTC", units),
        flow("trading", WALLET, "EUR", money));
  }

  private static BookEntry lent(int id, String units) {
    return entry(id, EntryKind.INTERNAL_TRANSFER, flow(LOANS, WALLET, "BTC", units));
  }

  private static BookEntry repaid(int id, String units) {
    return entry(id, EntryKind.INTERNAL_TRANSFER, flow(WALLET, LOANS, "BTC", units));
  }

  private static Input read(BookEntry... books) {
    return Interpreter.whole(new Prices(List.of()), "EUR", List.of(books), List.of());
  }

  private static List<String> open(Input input) {
    return input.unresolved().stream().map(Input.Unresolved::kind).toList();
  }

  private static List<Line> computed(Input input) {
    return Engine.run(SETTINGS, input.events());
  }

  private static List<Disposal> disposals(Input input) {
    return computed(input).stream()
        .filter(Disposal.class::isInstance)
        .map(Disposal.class::cast)
        .toList();
  }

  @Test
  void aLoanThatIsGivenBackLeavesTheGainOfWhatIsOwnedAndNoLot() {
    Input input =
        read(bought(1, "1", "30000"), lent(2, "0.5"), repaid(3, "0.5"), sold(4, "1", "60000"));
    Disposal sale = disposals(input).getFirst();
    Amount.Known gain = assertInstanceOf(Amount.Known.class, sale.gain());
    assertEquals(0, gain.value().compareTo(Decimals.of("30000")));
    List<Line> lines = computed(input);
    assertEquals(1, lines.stream().filter(Line.Opened.class::isInstance).count(), "one purchase");
    assertTrue(lines.stream().noneMatch(Line.Moved.class::isInstance));
    assertEquals(List.of("margin-loan", "margin-loan"), open(input));
    assertEquals(
        List.of("2", "3"), input.unresolved().stream().map(Input.Unresolved::entry).toList());
  }

  @Test
  void whatIsSoldOfALoanHasNoBasisAndIsListed() {
    Input input = read(lent(1, "0.5"), sold(2, "0.5", "20000"));
    assertEquals(1, input.events().size());
    assertEquals(Decimals.of("0.5"), disposals(input).getFirst().undeterminedQuantity());
    Issue issue =
        computed(input).stream()
            .filter(Issue.class::isInstance)
            .map(Issue.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(Issue.Kind.SHORTFALL, issue.kind());
    assertEquals(0, issue.quantity().compareTo(Decimals.of("0.5")));
  }

  @Test
  void interestThatIsAddedToTheDebtIsNoAcquisition() {
    Input input = read(entry(1, EntryKind.FEE, flow(LOANS, "fees/a", "BTC", "0.001")));
    assertEquals(List.of(), input.events());
    assertEquals(List.of(), input.unresolved(), "the debt is larger, and no wallet changed");
  }

  // A loan whose fee was taken out of what was lent: the fee was paid all the same.
  @Test
  void aFeeOfALoanIsPaidOutOfTheWallet() {
    Input input =
        read(
            bought(1, "1", "30000"),
            entry(
                2,
                EntryKind.INTERNAL_TRANSFER,
                flow(LOANS, WALLET, "BTC", "0.5"),
                flow(WALLET, "fees/a", "BTC", "0.1")));
    Event.Disposed fee = assertInstanceOf(Event.Disposed.class, input.events().getLast());
    BigDecimal paid = fee.leg().quantity();
    assertEquals(0, paid.compareTo(Decimals.of("0.1")));
  }
}

package io.tallystick.report.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.EntryKind;
import io.tallystick.report.reading.BookEntry.Flow;
import io.tallystick.report.reading.Declaration.Purpose;
import io.tallystick.valuation.Prices;
import io.tallystick.valuation.Quote;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the books leave open is listed, resolved by a declaration, and open again without it. */
class DeclaredTest {
  private static final Instant AT = Instant.parse("2025-03-01T12:00:00Z");

  private static BookEntry entry(
      String id, EntryKind kind, String connection, @Nullable String txid, Flow... flows) {
    Instant at = AT.plusSeconds(Integer.parseInt(id));
    return new BookEntry(
        id, 1, kind, at, connection, null, null, txid, "evd_" + id, List.of(flows));
  }

  private static Flow flow(String from, String to, String asset, String amount) {
    return new Flow(from, to, asset, Decimals.of(amount));
  }

  private static Declaration purpose(String entry, Purpose purpose, @Nullable String value) {
    return new Declaration(
        "dec_1",
        Declaration.Kind.PURPOSE,
        entry,
        purpose,
        null,
        value == null ? null : Decimals.of(value),
        null,
        null,
        null,
        List.of(),
        "Ada",
        "",
        AT,
        null);
  }

  private static Input read(List<BookEntry> books, Declaration... declarations) {
    return Interpreter.whole(new Prices(List.of()), "EUR", books, List.of(declarations));
  }

  private static List<String> open(Input input) {
    return input.unresolved().stream().map(Input.Unresolved::kind).toList();
  }

  @Test
  void aConversionOfWhichTheVenueToldOneSideBroughtSomethingUnknown() {
    List<BookEntry> books =
        List.of(
            entry(
                "1", EntryKind.CONVERSION, "a", null, flow("venue/a/spot", "trading", "ADA", "5")),
            entry(
                "2", EntryKind.CONVERSION, "a", null, flow("trading", "venue/a/spot", "NEW", "9")));
    Input blank = read(books);
    Event.Disposed gone = assertInstanceOf(Event.Disposed.class, blank.events().getFirst());
    assertFalse(gone.leg().worth().known());
    Event.Acquired came = assertInstanceOf(Event.Acquired.class, blank.events().getLast());
    assertFalse(came.leg().worth().known());
    assertEquals(List.of("one-sided-conversion", "one-sided-conversion"), open(blank));

    Input said = read(books, purpose("1", Purpose.SALE, "12.5"));
    gone = assertInstanceOf(Event.Disposed.class, said.events().getFirst());
    assertEquals(DisposalKind.SALE, gone.kind());
    assertEquals(Amount.of(Decimals.of("12.5")), gone.leg().worth());
    assertEquals(List.of("one-sided-conversion"), open(said));
    assertEquals(List.of("dec_1"), said.declarations());
    assertEquals(List.of("1"), said.assumptions().stream().map(Input.Assumption::entry).toList());
  }

  @Test
  void aGiftWithTheGiversLotsCarriesHisCostAndDate() {
    List<BookEntry> books =
        List.of(
            entry(
                "1", EntryKind.DEPOSIT, "a", null, flow("external/x", "venue/a/spot", "ADA", "5")));
    Declaration lots =
        new Declaration(
            "dec_2",
            Declaration.Kind.LOTS,
            "1",
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(
                new Declaration.Lot(
                    Decimals.of("5"), AT.minusSeconds(60), Decimals.of("7"), null, "letter.pdf")),
            "Ada",
            "",
            AT,
            null);
    Input said = read(books, purpose("1", Purpose.GIFT, null), lots);
    Event.Gifted gift = assertInstanceOf(Event.Gifted.class, said.events().getFirst());
    assertEquals(Amount.of(Decimals.of("7")), gift.leg().worth());
    assertEquals(AT.minusSeconds(60), gift.acquired());
    assertFalse(gift.valueAtGift().known(), "nobody has said what it was worth");
    assertEquals(List.of("dec_1", "dec_2"), said.declarations());
    assertEquals(List.of(), open(said));
  }

  @Test
  void whatComesBackFromTheOwnersOtherWalletKeepsTheHistoryItLeftWith() {
    List<BookEntry> books =
        List.of(
            entry(
                "1",
                EntryKind.WITHDRAWAL,
                "a",
                null,
                flow("venue/a/spot", "external/x", "ADA", "5")),
            entry(
                "2", EntryKind.DEPOSIT, "a", null, flow("external/x", "venue/a/spot", "ADA", "5")));
    assertEquals(List.of("unlinked-withdrawal", "unlinked-deposit"), open(read(books)));
    Input said =
        read(
            books,
            purpose("1", Purpose.OWN_TRANSFER, null),
            purpose("2", Purpose.OWN_TRANSFER, null));
    Event.Transferred out = assertInstanceOf(Event.Transferred.class, said.events().getFirst());
    Event.Transferred back = assertInstanceOf(Event.Transferred.class, said.events().getLast());
    assertEquals(Interpreter.OUTSIDE, out.to());
    assertEquals(Interpreter.OUTSIDE, back.source().wallet());
    assertEquals("a", back.to());
    assertEquals(List.of(), open(said));
  }

  @Test
  void whatWasSentAndDidNotArriveIsTheNetworks() {
    Input input =
        read(
            List.of(
                entry(
                    "1",
                    EntryKind.WITHDRAWAL,
                    "a",
                    "tx",
                    flow("venue/a/spot", "external/x", "ADA", "5")),
                entry(
                    "2",
                    EntryKind.DEPOSIT,
                    "b",
                    "tx",
                    flow("external/x", "venue/b/spot", "ADA", "4.8"))));
    Event.Transferred moved = assertInstanceOf(Event.Transferred.class, input.events().getFirst());
    assertEquals(1, input.events().size());
    assertEquals(0, moved.quantity().compareTo(Decimals.of("4.8")));
    BigDecimal lost = moved.fees().getFirst().quantity();
    assertEquals(0, lost.compareTo(Decimals.of("0.2")));
  }

  @Test
  void theLossOfAPositionDisposesOfTheCoinAndIsListedApart() {
    Input input =
        read(
            List.of(
                entry(
                    "1",
                    EntryKind.FEE,
                    "a",
                    null,
                    flow("venue/a/spot", "income/futures", "USDT", "3"),
                    flow("income/earn-inferred", "venue/a/earn-locked", "ADA", "1"))));
    Event.Disposed paid =
        input.events().stream()
            .filter(Event.Disposed.class::isInstance)
            .map(Event.Disposed.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(DisposalKind.SETTLEMENT, paid.kind());
    assertTrue(open(input).contains("position-result"));
    assertTrue(
        input.assumptions().stream().anyMatch(one -> one.what().contains("follows from")),
        "income that nobody stated is an assumption");
  }

  @Test
  void whatAPositionWonIsNoIncomeAndIsListedApart() {
    Input input =
        read(
            List.of(
                entry(
                    "1",
                    EntryKind.INCOME,
                    "a",
                    null,
                    flow("income/futures", "venue/a/futures-usdm", "USDT", "3"))));
    Event.Acquired won = assertInstanceOf(Event.Acquired.class, input.events().getFirst());
    assertEquals(1, input.events().size());
    assertEquals(AcquisitionKind.SETTLEMENT, won.kind());
    assertTrue(open(input).contains("position-result"));
  }

  private static Declaration lots(@Nullable String currency, Instant paid) {
    return new Declaration(
        "dec_3",
        Declaration.Kind.LOTS,
        "1",
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(new Declaration.Lot(Decimals.of("5"), paid, Decimals.of("100"), null, null)),
        "Ada",
        "",
        AT,
        currency);
  }

  private static Input stated(Declaration declaration) {
    Instant day = AT.minus(Duration.ofDays(400)).truncatedTo(ChronoUnit.DAYS);
    Quote rate =
        new Quote(
            Quote.Source.RATES,
            "EUR",
            "USD",
            day,
            day.plus(Duration.ofDays(1)),
            Decimals.of("1.25"),
            "ecb/production");
    BookEntry deposit =
        entry("1", EntryKind.DEPOSIT, "a", null, flow("external/x", "venue/a/spot", "ADA", "5"));
    return Interpreter.whole(
        new Prices(List.of(rate)), "EUR", List.of(deposit), List.of(declaration));
  }

  @Test
  void moneyOfADeclarationIsConvertedAtTheRateOfTheDayOnWhichItWasPaid() {
    Instant then = AT.minus(Duration.ofDays(400)).truncatedTo(ChronoUnit.DAYS).plusSeconds(60);
    Input input = stated(lots("USD", then));
    Event.Acquired lot = assertInstanceOf(Event.Acquired.class, input.events().getFirst());
    Amount.Known cost = assertInstanceOf(Amount.Known.class, lot.leg().worth());
    assertEquals(0, cost.value().compareTo(Decimals.of("80")), cost.toString());
    assertEquals("declaration dec_3", input.assumptions().getFirst().what());
    Input late = stated(lots("USD", AT));
    Event.Acquired unknown = assertInstanceOf(Event.Acquired.class, late.events().getFirst());
    assertInstanceOf(Amount.Unknown.class, unknown.leg().worth(), "not the last rate there was");
    assertTrue(open(late).contains("missing-rate"));
  }

  @Test
  void moneyWithoutACurrencyIsTakenToBeTheReportsAndThatIsSaid() {
    Input input = stated(lots(null, AT));
    Event.Acquired lot = assertInstanceOf(Event.Acquired.class, input.events().getFirst());
    assertEquals(Amount.of(Decimals.of("100")), lot.leg().worth());
    assertEquals(
        "declaration dec_3, its money taken to be EUR", input.assumptions().getFirst().what());
  }
}

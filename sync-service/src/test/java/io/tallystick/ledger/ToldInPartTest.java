package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An order between people: Pay tells the coin, a file what was paid for it, its own list all. */
final class ToldInPartTest {
  private static final Instant AT = Instant.parse("2024-05-01T10:00:00Z");
  private static final Account FUNDING = Account.wallet("funding");
  private static final Account PEOPLE = Account.external("p2p");
  private static final Posting COIN =
      new Posting(FUNDING, Account.TRADING, "USDT", new BigDecimal("100"));
  private static final Posting FIAT =
      new Posting(Account.TRADING, PEOPLE, "EUR", new BigDecimal("92"));
  private static final Posting CHARGE = new Posting(FUNDING, Account.FEES, "USDT", BigDecimal.ONE);

  private static final Entry PAY =
      entry(
          EntryKind.WITHDRAWAL,
          Identity.toldInPart("person", "77", "1"),
          new Posting(FUNDING, Account.external("pay"), "USDT", new BigDecimal("100")));
  private static final Entry ROW =
      entry(EntryKind.CONVERSION, Identity.told("person", "77", Counted.MARK + "row"), COIN, FIAT);
  private static final Entry LIST =
      entry(EntryKind.CONVERSION, Identity.told("person", "77", "1:1"), COIN, FIAT, CHARGE);

  private static Entry entry(EntryKind kind, Identity identity, Posting... postings) {
    return new Entry(
        kind, EntryState.SETTLED, AT, identity, null, null, Map.of(), List.of(postings));
  }

  /** Something that happens to a ledger. */
  private enum Step {
    PAY,
    FILE,
    UNDO,
    LIST;

    void on(Ledgers.Ledger ledger) throws SQLException {
      switch (this) {
        case PAY -> ledger.book(Booking.fresh(ToldInPartTest.PAY, new UUID(7, 1), 1));
        case FILE -> ledger.count(Map.of(ROW, 1), true);
        case UNDO -> ledger.recount(ROW, 0);
        case LIST -> ledger.book(Booking.fresh(ToldInPartTest.LIST, new UUID(7, 3), 1));
      }
    }
  }

  private static String after(Ledgers ledgers, Step... steps) throws SQLException {
    Ledgers.Ledger ledger = ledgers.fresh();
    for (Step step : steps) {
      step.on(ledger);
    }
    return ledger.hash();
  }

  @Test
  void aFileSaysWhatWasPaidWhicheverCameFirst() throws SQLException {
    try (Ledgers ledgers = new Ledgers()) {
      String file = after(ledgers, Step.FILE);
      assertEquals(file, after(ledgers, Step.PAY, Step.FILE));
      assertEquals(file, after(ledgers, Step.FILE, Step.PAY));
      assertEquals(file, after(ledgers, Step.PAY, Step.FILE, Step.UNDO, Step.FILE));
    }
  }

  @Test
  void withoutTheFileItIsAgainWhatPayTold() throws SQLException {
    try (Ledgers ledgers = new Ledgers()) {
      String pay = after(ledgers, Step.PAY);
      assertEquals(pay, after(ledgers, Step.PAY, Step.FILE, Step.UNDO));
      assertEquals(pay, after(ledgers, Step.FILE, Step.PAY, Step.UNDO));
      assertEquals(pay, after(ledgers, Step.FILE, Step.UNDO, Step.PAY));
      assertEquals(pay, after(ledgers, Step.FILE, Step.PAY, Step.UNDO, Step.FILE, Step.UNDO));
    }
  }

  @Test
  void itsOwnListSpeaksBeforeAll() throws SQLException {
    try (Ledgers ledgers = new Ledgers()) {
      String list = after(ledgers, Step.LIST);
      for (Step[] order :
          List.of(
              new Step[] {Step.PAY, Step.FILE, Step.LIST},
              new Step[] {Step.FILE, Step.PAY, Step.LIST},
              new Step[] {Step.FILE, Step.LIST, Step.PAY},
              new Step[] {Step.LIST, Step.PAY, Step.FILE},
              new Step[] {Step.LIST, Step.FILE, Step.UNDO},
              new Step[] {Step.FILE, Step.PAY, Step.LIST, Step.UNDO})) {
        assertEquals(list, after(ledgers, order), List.of(order).toString());
      }
    }
  }

  @Test
  void theFileIsANewRevisionOfTheSameEntry() throws SQLException {
    try (Ledgers ledgers = new Ledgers()) {
      Ledgers.Ledger ledger = ledgers.fresh();
      Step.PAY.on(ledger);
      assertEquals(1, ledger.entries(EntryKind.WITHDRAWAL));
      Step.FILE.on(ledger);
      assertEquals(0, ledger.entries(EntryKind.WITHDRAWAL));
      assertEquals(1, ledger.entries(EntryKind.CONVERSION));
      assertEquals(Map.of("EUR", "92"), ledger.held(PEOPLE));
      assertEquals(Map.of("funding/USDT", "-100"), ledger.balances());
    }
  }
}

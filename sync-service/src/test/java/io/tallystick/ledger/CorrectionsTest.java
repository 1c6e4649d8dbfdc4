package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records that the venue changes after they were booked, beside files that tell the same. */
final class CorrectionsTest {
  private static final Instant AT = Instant.parse("2024-05-01T10:00:00Z");
  private static final UUID FIRST = new UUID(7, 1);
  private static final UUID SECOND = new UUID(7, 2);
  private static final UUID THIRD = new UUID(7, 3);

  /** Something that happens to a ledger. */
  @FunctionalInterface
  private interface Step {
    void on(Ledgers.Ledger ledger) throws SQLException;
  }

  private static Entry withdrawal(String txid, boolean done, String rank) {
    Posting out =
        new Posting(Account.wallet("spot"), Account.external("BTC"), "BTC", new BigDecimal("5"));
    return new Entry(
        EntryKind.WITHDRAWAL,
        done ? EntryState.SETTLED : EntryState.PENDING,
        AT,
        new Identity("withdrawal", List.of("BTC", txid, "5"), null, rank),
        null,
        "BTC",
        Map.of(),
        done ? List.of(out) : List.of());
  }

  private static final Entry PENDING = withdrawal("at " + AT, false, "1:w");
  private static final Entry DONE = withdrawal("tx-1", true, "1:w");
  private static final Entry ROW = withdrawal("tx-1", true, Counted.MARK);

  private static final Step POLLED = ledger -> ledger.book(Booking.fresh(PENDING, FIRST, 1));
  private static final Step COMPLETED =
      ledger -> ledger.book(Booking.corrected(DONE, SECOND, 1, PENDING.identity(), List.of(FIRST)));

  private static Step file(int rows) {
    return ledger -> ledger.count(Map.of(ROW, rows), true);
  }

  private static Ledgers.Ledger after(Ledgers ledgers, Step... steps) throws SQLException {
    Ledgers.Ledger ledger = ledgers.fresh();
    for (Step step : steps) {
      step.on(ledger);
    }
    return ledger;
  }

  private static List<Step[]> orders(Step file) {
    return List.of(
        new Step[] {POLLED, COMPLETED, file},
        new Step[] {POLLED, file, COMPLETED},
        new Step[] {file, POLLED, COMPLETED});
  }

  @Test
  void aWithdrawalThatGotItsTxidLaterIsTheFilesRowInAnyOrder() throws SQLException {
    try (Ledgers ledgers = new Ledgers()) {
      String alone = after(ledgers, POLLED, COMPLETED).hash();
      for (Step[] order : orders(file(1))) {
        Ledgers.Ledger ledger = after(ledgers, order);
        assertEquals(alone, ledger.hash());
        assertEquals(Map.of("spot/BTC", "-5"), ledger.balances());
        ledger.recount(ROW, 1);
        assertEquals(alone, ledger.hash(), "an overlapping file was taken back");
        ledger.recount(ROW, 0);
        assertEquals(alone, ledger.hash(), "no file tells it any more");
      }
    }
  }

  @Test
  void ofTwoEqualRowsTheChangedRecordIsOne() throws SQLException {
    try (Ledgers ledgers = new Ledgers()) {
      List<String> hashes = new ArrayList<>();
      for (Step[] order : orders(file(2))) {
        Ledgers.Ledger ledger = after(ledgers, order);
        hashes.add(ledger.hash());
        assertEquals(Map.of("spot/BTC", "-10"), ledger.balances());
      }
      assertEquals(1, hashes.stream().distinct().count());
    }
  }

  @Test
  void aRecordThatCouldNotBeReadAtFirstTakesTheRowOver() throws SQLException {
    Step unreadBefore =
        ledger ->
            ledger.book(
                Booking.corrected(
                    DONE, SECOND, 1, new Identity("unread", List.of(), null, ""), List.of(FIRST)));
    try (Ledgers ledgers = new Ledgers()) {
      String alone = after(ledgers, unreadBefore).hash();
      assertEquals(alone, after(ledgers, unreadBefore, file(1)).hash());
      assertEquals(alone, after(ledgers, file(1), unreadBefore).hash());
    }
  }

  private static Entry fill(String fee, String rank) {
    List<String> facts = List.of("BTCUSDT", "buy", "1", "10", fee, "BNB");
    boolean listed = !rank.equals(Counted.MARK);
    Entry.Terms terms =
        new Entry.Terms(
            "BTCUSDT",
            "buy",
            BigDecimal.TEN,
            BigDecimal.ONE,
            BigDecimal.TEN,
            new BigDecimal(fee),
            "BNB",
            listed ? "900" : null,
            listed ? "70" : null,
            null);
    Account spot = Account.wallet("spot");
    List<Posting> postings =
        List.of(
            new Posting(spot, Account.TRADING, "USDT", BigDecimal.TEN),
            new Posting(Account.TRADING, spot, "BTC", BigDecimal.ONE),
            new Posting(spot, Account.FEES, "BNB", new BigDecimal(fee)));
    return new Entry(
        EntryKind.TRADE,
        EntryState.SETTLED,
        AT,
        new Identity("fill", facts, AT, rank),
        terms,
        null,
        Map.of(),
        postings);
  }

  @Test
  void aLiveFillThatTheListCorrectsIsTheFilesRowInAnyOrder() throws SQLException {
    Step live =
        ledger -> ledger.book(Booking.fresh(fill("0.1", "1:900"), FIRST, 1).as(Telling.PASSING));
    Step listed =
        ledger -> ledger.book(Booking.fresh(fill("0.2", "1:900"), THIRD, 1).as(Telling.LISTED));
    Step file = ledger -> ledger.count(Map.of(fill("0.2", Counted.MARK), 1), true);
    try (Ledgers ledgers = new Ledgers()) {
      String alone = after(ledgers, live, listed).hash();
      assertEquals(alone, after(ledgers, live, listed, file).hash());
      assertEquals(alone, after(ledgers, live, file, listed).hash());
      assertEquals(alone, after(ledgers, file, live, listed).hash());
    }
  }

  private static Entry deposit(Instant at) {
    Posting in =
        new Posting(Account.external("BTC"), Account.wallet("spot"), "BTC", BigDecimal.TWO);
    return new Entry(
        EntryKind.DEPOSIT,
        EntryState.SETTLED,
        at,
        new Identity("deposit", List.of("BTC", "tx-2", "2"), null, "1:d"),
        null,
        "BTC",
        Map.of(),
        List.of(in));
  }

  private static Leg leg(Role role, String contra, EntryKind kind) {
    return new Leg(AT, "spot", "BTC", BigDecimal.TWO, role, contra, kind, "what");
  }

  @Test
  void whatARecordToldBeforeItMovedInTimeIsLookedAtAgain() throws SQLException {
    Entry before = deposit(AT);
    Entry later = deposit(AT.plusSeconds(86_400));
    Step first = ledger -> ledger.book(Booking.fresh(before, FIRST, 1));
    Step moved =
        ledger ->
            ledger.book(Booking.corrected(later, SECOND, 1, before.identity(), List.of(FIRST)));
    Claim told = leg(Role.MOVE, "external/unknown", EntryKind.DEPOSIT);
    Step statement = ledger -> ledger.claim(Map.of(told, 1), true);
    try (Ledgers ledgers = new Ledgers()) {
      Ledgers.Ledger expected = after(ledgers, first, moved, statement);
      assertEquals(Map.of("spot/BTC", "4"), expected.balances());
      String hash = expected.hash();
      assertEquals(hash, after(ledgers, first, statement, moved).hash());
      assertEquals(hash, after(ledgers, statement, first, moved).hash());
    }
  }

  @Test
  void aWordThatHasBecomeKnownExplainsWhatItToldBefore() throws SQLException {
    Claim open = leg(Role.OTHER, "suspense", EntryKind.UNCLASSIFIED);
    Claim known = leg(Role.INCOME, "income/interest", EntryKind.INCOME);
    try (Ledgers ledgers = new Ledgers()) {
      String expected = after(ledgers, ledger -> ledger.claim(Map.of(known, 1), true)).hash();
      Ledgers.Ledger ledger = after(ledgers, first -> first.claim(Map.of(open, 1), true));
      assertEquals(1, ledger.entries(EntryKind.UNCLASSIFIED));
      ledger.claim(Map.of(known, 1), true);
      assertEquals(0, ledger.entries(EntryKind.UNCLASSIFIED));
      assertEquals(expected, ledger.hash());
    }
  }
}

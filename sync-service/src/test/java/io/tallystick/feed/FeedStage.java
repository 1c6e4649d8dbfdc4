package io.tallystick.feed;

import io.restassured.path.json.JsonPath;
import io.tallystick.access.AccessLog;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Booking;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.Posting;
import io.tallystick.records.BookedAccount;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Books entries of any state without a venue, and waits until the feed has them. */
@ApplicationScoped
class FeedStage {
  private static final AtomicLong NEXT = new AtomicLong();
  private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");

  private final Books books;
  private final AccessLog log;
  private final Sequencer sequencer;

  FeedStage(Books books, AccessLog log, Sequencer sequencer) {
    this.books = books;
    this.log = log;
    this.sequencer = sequencer;
  }

  /** A deposit that a test may correct later. */
  record Event(Identity identity, UUID evidence, String asset) {
    /** A new one. */
    static Event fresh(String asset) {
      long n = NEXT.incrementAndGet();
      return new Event(
          new Identity("deposit", List.of("d" + n), null, "0"),
          Ids.timed(START, Digests.sha256(Frame.of("feed test", n))),
          asset);
    }

    /** As it was first told. */
    Booking in(EntryState state) {
      return Booking.fresh(entry(state), evidence, 1);
    }

    /** As it is told now, by the same record. */
    Booking becomes(EntryState state) {
      return Booking.corrected(entry(state), evidence, 1, identity, List.of(evidence));
    }

    private Entry entry(EntryState state) {
      List<Posting> postings =
          state == EntryState.SETTLED
              ? List.of(
                  new Posting(
                      Account.external("net"), Account.wallet("spot"), asset, BigDecimal.ONE))
              : List.of();
      return new Entry(EntryKind.DEPOSIT, state, START, identity, null, null, Map.of(), postings);
    }
  }

  /** The books themselves. */
  Books books() {
    return books;
  }

  /** Books in the caller's transaction, as of this instant; returns how many were written. */
  int book(TenantTx tx, BookedAccount account, Instant recordedAt, List<Booking> bookings)
      throws SQLException {
    return books.book(
        tx,
        new Books.Place(
            account.holderKey,
            account.connection.key(),
            account.connection.publicId(),
            log.newId(),
            recordedAt),
        bookings);
  }

  /** Books in a transaction of its own. */
  int book(BookedAccount account, Booking... bookings) {
    return account.in(tx -> book(tx, account, tx.now(), List.of(bookings)));
  }

  /** Numbers until nothing of the tenant waits; whoever else numbers meanwhile helps. */
  void settle(BookedAccount account) {
    while (waiting(account) > 0) {
      sequencer.pass();
    }
  }

  /** How many rows of the tenant wait. */
  static int waiting(BookedAccount account) {
    return account.in(tx ->
        tx.sql("select count(*) from outbox where tenant_id = ?")
            .bind(tx.tenant())
            .list(row -> row.getInt(1))
            .getFirst());
  }

  /** Every item from a position on, walked by {@code next} until it stands still. */
  static List<Map<String, Object>> walk(BookedAccount account, String client, long from, int size) {
    List<Map<String, Object>> items = new ArrayList<>();
    long after = from;
    while (true) {
      JsonPath page = account.get(client, "/v1/changes?after=" + after + "&limit=" + size);
      List<Map<String, Object>> some = page.getList("items");
      items.addAll(some);
      if (page.getLong("next") == after) {
        return items;
      }
      after = page.getLong("next");
    }
  }

  /** The positions of a page's items, in its order. */
  static List<Long> positions(List<Map<String, Object>> items) {
    return items.stream().map(item -> ((Number) item.get("position")).longValue()).toList();
  }
}

package io.tallystick.report;

import static io.tallystick.report.Reporting.DOLLAR;
import static io.tallystick.report.Reporting.START;
import static io.tallystick.report.Reporting.fill;
import static io.tallystick.report.Reporting.make;
import static io.tallystick.report.Reporting.supply;
import static io.tallystick.report.Reporting.trader;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.Connections;
import io.tallystick.kernel.Pace;
import io.tallystick.ledger.Books;
import io.tallystick.reconcile.Standings;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Transfers;
import io.tallystick.valuation.Candles;
import io.tallystick.valuation.Valuation;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Books that move while a report reads them are read again, until they lie still. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class MovingBooksTest {
  @Inject BookedAccount.Maker maker;
  @Inject Books books;
  @Inject Connections connections;
  @Inject Valuation valuation;
  @Inject StatementStore statements;
  @Inject Candles candles;
  @Inject Standings standings;

  // Between the transfers and the walk through the books the time is asked, once a reading.
  private AtomicInteger meanwhile(IntConsumer work) {
    AtomicInteger readings = new AtomicInteger();
    Pace pace =
        new Pace() {
          @Override
          public Instant instant() {
            work.accept(readings.incrementAndGet());
            return Pace.SYSTEM.instant();
          }

          @Override
          public void pause(Duration duration) {
            throw new AssertionError("nothing to wait for");
          }
        };
    QuarkusMock.installMockForType(
        new Gathering(books, connections, valuation, statements, candles, standings, pace),
        Gathering.class);
    return readings;
  }

  // Everything has a price, so that no venue is asked and nothing is read again for that.
  private BookedAccount priced() {
    BookedAccount account = trader(maker);
    String year = ",USD,2025-01-01T00:00:00Z,3000,2026-01-01T00:00:00Z";
    supply(account, DOLLAR, "BTC" + year, "ETH" + year);
    return account;
  }

  @Test
  void aTransferThatIsBookedWhileAReportReadsIsInAllOfItOrInNone() {
    BookedAccount account = priced();
    BookedAccount.Connected other = account.connect("other", account.connection.consent());
    Instant at = START.plus(Duration.ofDays(40));
    AtomicInteger readings =
        meanwhile(reading -> {
          if (reading == 1) {
            account.page(
                account.connection,
                "withdrawals",
                "",
                List.of(Transfers.withdrawal("t", "1", 6, at)));
            account.page(
                other,
                "deposits",
                "",
                List.of(Transfers.deposit("t", "ETH", "0.99", 1, at.plusSeconds(60))));
          }
        });
    JsonPath during = make(account, "generic");
    int made = readings.get();
    JsonPath after = make(account, "generic");
    assertEquals(after.getString("input"), during.getString("input"));
    assertEquals(after.getString("result"), during.getString("result"));
    assertEquals(2, made, "read again once");
    assertEquals(3, readings.get(), "and not where nothing moved");
  }

  @Test
  void booksThatNeverLieStillAreReadThreeTimesAndNoMore() {
    BookedAccount account = priced();
    AtomicInteger readings =
        meanwhile(reading -> account.trade(fill(100 + reading, true, "0.1", "100", 40 + reading)));
    make(account, "generic");
    assertEquals(3, readings.get());
  }
}

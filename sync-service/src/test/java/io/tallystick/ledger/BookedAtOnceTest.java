package io.tallystick.ledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two transactions book one event, and neither sees the other before it has planned. */
final class BookedAtOnceTest {
  // What is committed here stays; no other test looks at this tenant.
  private static final long TENANT = 78;

  private static final Entry PAID =
      new Entry(
          EntryKind.WITHDRAWAL,
          EntryState.SETTLED,
          Instant.parse("2024-05-01T10:00:00Z"),
          Identity.told("withdrawal", "paid at once", "1:w"),
          null,
          "BTC",
          Map.of(),
          List.of(
              new Posting(
                  Account.wallet("spot"), Account.external("BTC"), "BTC", new BigDecimal("5"))));

  private static Connection open() throws SQLException {
    DatabaseAccess access = TestDatabase.migrated();
    Connection connection =
        DriverManager.getConnection(
            access.url(), access.app().user(), TestDatabase.text(access.app()));
    connection.setAutoCommit(false);
    return connection;
  }

  private static Ledgers.Ledger on(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local app.tenant = '" + TENANT + "'");
    }
    return Ledgers.at(new TenantTx(TENANT, connection));
  }

  private static boolean anyWaits() throws SQLException {
    try (Connection admin = TestDatabase.admin();
        Statement statement = admin.createStatement();
        var rows = statement.executeQuery("select from pg_locks where not granted")) {
      return rows.next();
    }
  }

  @Test
  void theLaterOneIsUndoneAndFindsTheEventWhenItIsTriedAgain() throws Exception {
    try (Connection one = open();
        Connection other = open();
        ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
      on(one).book(Booking.fresh(PAID, new UUID(78, 1), 1));
      Ledgers.Ledger later = on(other);
      Future<?> second =
          beside.submit(() -> {
            later.book(Booking.fresh(PAID, new UUID(78, 2), 1));
            return null;
          });
      await().atMost(Duration.ofSeconds(30)).until(BookedAtOnceTest::anyWaits);
      one.commit();
      var failed = assertThrows(ExecutionException.class, second::get);
      assertEquals("23505", ((SQLException) failed.getCause()).getSQLState());
      other.rollback();
      Ledgers.Ledger again = on(other);
      again.book(Booking.fresh(PAID, new UUID(78, 2), 1));
      other.commit();
      assertEquals(Map.of("spot/BTC", "-5"), on(one).balances());
    }
  }
}

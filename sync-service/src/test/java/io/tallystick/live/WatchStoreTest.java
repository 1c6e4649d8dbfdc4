package io.tallystick.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.ConnectionState;
import io.tallystick.connection.Link;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The right to listen, as several processes reach for it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class WatchStoreTest {
  private static final int PROCESSES = 8;

  @Inject Transactions transactions;
  @Inject Provisioning provisioning;
  private Link link;

  @BeforeEach
  void fresh() {
    long tenant = TestTenant.fresh(provisioning).id();
    link =
        new Link(
            tenant,
            1,
            2,
            new UUID(3, 4),
            5,
            "binance",
            "sandbox",
            ConnectionState.ACTIVE,
            null,
            "read_only");
  }

  private @Nullable Watch take(String node) {
    Long token = transactions.find(link.tenant(), tx -> WatchStore.take(tx, link, node));
    return token == null ? null : new Watch(link, token);
  }

  private boolean holds(Watch watch) {
    return transactions.as(link.tenant(), tx -> WatchStore.hold(tx, watch));
  }

  private boolean gives(Watch watch) {
    return transactions.as(link.tenant(), tx -> WatchStore.release(tx, watch));
  }

  @Test
  @DisplayName("F15 of several processes that want to listen to a connection one does")
  void oneOfSeveralWins() throws Exception {
    try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        String node = "node-" + i;
        tries.add(() -> take(node) != null);
      }
      int winners = 0;
      for (Future<Boolean> came : processes.invokeAll(tries)) {
        winners += came.get() ? 1 : 0;
      }
      assertEquals(1, winners);
    }
  }

  @Test
  @DisplayName("F16 who gave the right back, or lost it, holds nothing any more")
  void whoLostItHoldsNothing() {
    Watch first = Objects.requireNonNull(take("one"));
    assertTrue(holds(first));
    assertNull(take("two"), "it is taken");
    assertTrue(gives(first));
    Watch second = Objects.requireNonNull(take("two"));
    assertTrue(second.token() > first.token(), "tokens grow");
    assertFalse(holds(first));
    assertFalse(gives(first), "nobody gives back what another has");
    assertTrue(holds(second));
  }

  @Test
  @DisplayName("F18 a right that was given before the database's clock went back is not for ever")
  void aRightFromTheFutureIsTaken() {
    Watch first = Objects.requireNonNull(take("one"));
    transactions.as(
        link.tenant(),
        tx -> tx.sql("update live_lease set until = now() + interval '3 hours'").update());
    Watch second = Objects.requireNonNull(take("two"));
    assertFalse(holds(first));
    assertTrue(holds(second));
  }

  @Test
  void sinceWhenAnybodyListenedStays() {
    Watch first = Objects.requireNonNull(take("one"));
    String since = "select since::text from live_lease";
    String before =
        transactions
            .as(link.tenant(), tx -> tx.sql(since).list(row -> row.getString(1)))
            .getFirst();
    gives(first);
    assertNotNull(take("two"));
    assertEquals(
        List.of(before),
        transactions.as(link.tenant(), tx -> tx.sql(since).list(row -> row.getString(1))));
  }
}

package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.egress.Environments;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.venue.Venue;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What all runs need of a venue is asked for by one of them. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class OneCatalogueTest extends OnStage {
  private static final String LISTINGS = "/api/v3/exchangeInfo";

  @Inject Catalogue catalogue;
  @Inject Environments environments;

  @Test
  void whoeverNeedsTheListingsAtOnceOneAsksForThem() throws Exception {
    long tenant = stage.subject(stage.small(171)).connect().link().tenant();
    Venue venue = environments.venue("binance").orElseThrow();
    Target target = Target.open("binance", "sandbox", Priority.BACKFILL);
    AtomicInteger asked = new AtomicInteger();
    stage.between((request, exchange) -> {
      if (request.path().equals(LISTINGS) && asked.incrementAndGet() == 1) {
        // Time enough for the others to ask as well.
        await().during(Duration.ofSeconds(1)).until(() -> true);
      }
      return exchange.apply(request);
    });
    List<Future<Catalogue.Result>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 5; i++) {
        results.add(threads.submit(() -> catalogue.markets(venue, target, tenant)));
      }
    }
    for (Future<Catalogue.Result> result : results) {
      var ready = assertInstanceOf(Catalogue.Result.Ready.class, result.get());
      assertFalse(ready.markets().listed().isEmpty());
    }
    assertEquals(1, asked.get());
    LeapingPace.leap(Duration.ofHours(2));
    catalogue.markets(venue, target, tenant);
    assertEquals(2, asked.get(), "what is old is read anew");
  }
}

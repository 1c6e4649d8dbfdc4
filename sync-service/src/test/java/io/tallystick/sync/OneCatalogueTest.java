package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What all runs need of a venue is asked for by one of them. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class OneCatalogueTest extends OnStage {
  private static final String LISTINGS = "/api/v3/exchangeInfo";

  @Test
  void runsThatBeginTogetherAskForTheListingsOnce() throws Exception {
    List<Subject> subjects = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      subjects.add(stage.subject(stage.small(171 + i)).connect());
    }
    // Older than the hour for which a reading is good.
    LeapingPace.leap(Duration.ofHours(2));
    AtomicInteger asked = new AtomicInteger();
    stage.between((request, exchange) -> {
      var reply = exchange.apply(request);
      if (request.path().equals(LISTINGS) && asked.incrementAndGet() == 1) {
        // Time enough for the others to ask as well.
        await().during(Duration.ofSeconds(1)).until(() -> true);
      }
      return reply;
    });
    List<Thread> runs = subjects.stream().map(Subject::runAside).toList();
    for (Thread run : runs) {
      assertTrue(run.join(Duration.ofSeconds(60)));
    }
    assertEquals(1, asked.get());
    for (Subject subject : subjects) {
      assertEquals("finished", subject.runs().getFirst().state());
    }
  }
}

package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How far back a consent lets records go may change while they are read. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class LookBackTest extends OnStage {
  private static final String DEPOSITS = "/sapi/v1/capital/deposit/hisrec";
  private static final int NARROW = 3;

  @Test
  void whatANarrowerConsentPassedByIsReadUnderAWiderOne() {
    Account account = stage.small(38);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    cutOffAtTheSecondWindow(subject);

    under(subject, NARROW);
    Instant earliest = Instant.now().minus(Duration.ofDays(NARROW)).minusSeconds(60);
    long since = stage.sandbox().calls().next();
    subject.runWell();
    assertNotEquals(undisturbed, subject.hash());
    assertTrue(subject.gaps().contains("deposits  before-look-back"), subject.gaps().toString());
    subject.calls(since).stream()
        .filter(call -> call.path().equals(DEPOSITS))
        .map(call -> Instant.ofEpochMilli(Long.parseLong(call.parameters().get("startTime"))))
        .forEach(start -> assertTrue(start.isAfter(earliest), "asked from " + start));

    under(subject, Stage.LOOK_BACK);
    subject.runWell();

    assertEquals(Map.of(), subject.differences());
    assertEquals(undisturbed, subject.hash());
    assertEquals(List.of(), subject.gaps());
  }

  @Test
  void aMarketThatHeldNothingAndIsGoneKeepsNoWiderConsentFromBeingWhole() {
    Subject subject = stage.subject(stage.small(39)).connect();
    under(subject, NARROW);
    subject.runWell();
    // Swept while it was listed.
    subject.tamper(
        """
        insert into bookmark (tenant_id, holder_id, connection_id, stream, partition, format,
          position, drained_at, leaf_id, read_from, whole_at)
        select tenant_id, holder_id, connection_id, stream, 'GONEUSDT', format,
          '{"kind":"after-id","next":0}', drained_at, leaf_id, read_from, whole_at
        from bookmark where stream = 'spot-trades' and drained_at is not null limit 1
        """);
    under(subject, Stage.LOOK_BACK);
    subject.runWell();
    assertEquals("complete", trades(subject));
  }

  private static String trades(Subject subject) {
    return subject
        .tenant
        .as("tracker")
        .get("/v1/connections/" + subject.connection + "/completeness")
        .then()
        .statusCode(200)
        .extract()
        .path("by_domain.find { it.domain == 'trades' }.verdict");
  }

  private void cutOffAtTheSecondWindow(Subject subject) {
    AtomicInteger asked = new AtomicInteger();
    stage.between((request, exchange) -> {
      if (request.path().equals(DEPOSITS) && asked.incrementAndGet() > 1) {
        return Reply.html(503, "busy");
      }
      return exchange.apply(request);
    });
    subject.runWell();
    assertEquals(List.of("deposits  venue-error"), subject.gaps());
    stage.between(null);
    LeapingPace.leap(Duration.ofMinutes(5));
  }

  private static void under(Subject subject, int lookBack) {
    String consent = subject.consent(Stage.ALL, lookBack);
    subject
        .post(
            "/v1/connections/" + subject.connection + "/consent",
            "{\"consent\": \"" + consent + "\"}")
        .then()
        .statusCode(200);
  }
}

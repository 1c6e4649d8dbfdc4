package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may not be listened to any more is not, and a venue that says no or wait is obeyed. */
@QuarkusTest
@TestProfile(LiveProfile.class)
@WithTestResource(TestDatabase.class)
class LiveGuardsTest extends Listening {
  private static final String SUBSCRIBE = "userDataStream.subscribe.signature";

  @Test
  void aWithdrawnConsentEndsTheSubscriptionWithinFiveSeconds() {
    Ticker ticker = listening(321);
    ticker.subject.withdraw();
    ticker.unheard(Duration.ofSeconds(5));
    ticker.sell();
    assertEquals(0, ticker.news("spot-trades-live"));
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() ->
            ticker.subject.leaves("pull").stream()
                .anyMatch(leaf -> "not-listening".equals(leaf.get("outcome"))));
  }

  @Test
  void aWithdrawnConsentEndsASubscriptionThatIsStillBeingOpened() {
    Ticker ticker = listening(330);
    stage.sandbox().faults().next(1, "WS", SUBSCRIBE, new Fault.Slow(15_000));
    ticker.sockets().cut();
    // The venue has subscribed us, and takes its time to say so.
    ticker.heard();
    ticker.subject.withdraw();
    ticker.unheard(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("F36 a consent withdrawn while an event waits to be stored: the event is discarded")
  void newsUnderWayIsDiscardedWhenTheConsentEnds() {
    Ticker ticker = listening(322);
    ticker.subject.in(tx -> {
      tx.sql("select token from lease for update").list(row -> row.getLong(1));
      ticker.sell();
      // The event is heard now and waits for the row that is held here.
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() ->
              ticker.subject.count(
                      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                          + " and state = 'active'")
                  > 0);
      ticker.subject.withdraw();
      return tx;
    });
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            ticker.subject.leaves("pull").stream()
                .anyMatch(leaf -> "discarded-consent".equals(leaf.get("outcome"))));
    assertEquals(0, ticker.news("spot-trades-live"));
    assertEquals(0, ticker.news("spot-balances-live"));
  }

  @Test
  @DisplayName("F38 a key that gains a right is not listened with any more")
  void aWidenedKeyEndsTheSubscription() {
    Ticker ticker = listening(323);
    stage
        .sandbox()
        .exchange()
        .changeKey(
            ticker.subject.key.key(),
            key -> key.with(key.rights().with("enableWithdrawals", true)));
    LeapingPace.leap(Duration.ofMinutes(16));
    ticker.subject.run();
    ticker.unheard(Duration.ofSeconds(5));
  }

  @Test
  @DisplayName("F16 a listener that was overtaken commits nothing")
  void whoWasOvertakenCommitsNothing() {
    Ticker ticker = listening(324);
    ticker.subject.tamper(
        "update live_lease set token = token + 1, until = now() + interval '30 seconds'");
    ticker.sell();
    ticker.unheard(Duration.ofSeconds(5));
    assertEquals(0, ticker.news("spot-trades-live"));
    ticker.subject.tamper("update live_lease set until = now()");
  }

  @Test
  void whoStoppedListeningDoesNotBeginAgainAtOnce() {
    Ticker ticker = listening(331);
    ticker.subject.tamper(
        "update live_lease set token = token + 1, until = now() + interval '30 seconds'");
    ticker.unheard(Duration.ofSeconds(5));
    ticker.subject.tamper("update live_lease set until = now() - interval '1 second'");
    long opened = ticker.sockets().opened();
    // Nobody has the right now, and the look-out looks at once where an account is new.
    for (int looks = 1; looks <= 2; looks++) {
      Subject other = remembered(stage.subject(stage.small(340 + looks)).connect());
      new Ticker(stage, other).heard();
      assertEquals(opened + looks, ticker.sockets().opened(), "lines of others alone");
    }
    LeapingPace.leap(Duration.ofSeconds(20));
    ticker.heard();
  }

  @Test
  void theFormerKeyListensWhereTheVenueRefusesTheNewOne() {
    Ticker ticker = listening(332);
    String former = subscribedWith();
    ApiKey fresh = ticker.subject.changeKey();
    revoked(fresh, true);
    ticker.sockets().cut();
    ticker.heard();
    ticker.booked(ticker.sell());
    assertEquals(former, subscribedWith());

    revoked(fresh, false);
    LeapingPace.leap(Duration.ofMinutes(6));
    await().atMost(Duration.ofSeconds(10)).until(() -> !subscribedWith().equals(former));
    ticker.heard();
    ticker.booked(ticker.sell());
  }

  private void revoked(ApiKey key, boolean revoked) {
    stage.sandbox().exchange().changeKey(key.key(), known -> known.revoked(revoked));
  }

  /** The key, by its fingerprint, that was the last to be allowed to listen. */
  private String subscribedWith() {
    return stage.sandbox().calls().all().stream()
        .filter(call -> call.path().equals(SUBSCRIBE) && call.status() == 200)
        .map(Call::key)
        .reduce("", (_, last) -> last);
  }

  @Test
  @DisplayName("F24 after a ban who listens may be the first to try again")
  void whoListensTriesAgainAfterABan() {
    Ticker ticker = listening(334);
    stage.sandbox().faults().next(1, "WS", SUBSCRIBE, new Fault.Banned(90));
    ticker.sockets().cut();
    await().atMost(Duration.ofSeconds(10)).until(() -> stage.sandbox().faults().pending() == 0);
    // Long enough that the venue's clock must be measured anew, which is a call like others.
    LeapingPace.leap(Duration.ofMinutes(3));
    ticker.heard();
    ticker.booked(ticker.sell());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 90_000})
  void aVenueThatAsksToWaitIsNotAskedMeanwhile(long ahead) {
    stage.sandbox().exchange().clock().offset(ahead);
    stage.sandbox().faults().next(1, "WS", SUBSCRIBE, new Fault.TooMany("2"));
    Ticker ticker = listening(326);
    List<Call> asked =
        stage.sandbox().calls().all().stream().filter(c -> c.path().equals(SUBSCRIBE)).toList();
    assertEquals(2, asked.size());
    long waited = asked.get(1).at() - asked.get(0).at();
    assertTrue(waited >= 2_000 && waited < 30_000, "it waited " + waited);
    ticker.booked(ticker.sell());
  }

  @Test
  void aRefusedTimestampIsMeasuredAndRepeatedOnce() {
    Fault refused = new Fault.Refuse(400, -1021, "Timestamp for this request is outside.");
    stage.sandbox().faults().next(1, "WS", SUBSCRIBE, refused);
    Ticker ticker = listening(327);
    Fill fill = ticker.sell();
    ticker.booked(fill);
  }

  @Test
  void neitherKeyNorSignatureIsRememberedByTheExchangesLog() {
    Ticker ticker = listening(328);
    List<Call> asked =
        stage.sandbox().calls().all().stream().filter(c -> c.path().equals(SUBSCRIBE)).toList();
    assertFalse(asked.isEmpty());
    asked.forEach(call -> assertFalse(call.toString().contains(ticker.subject.key.key())));
  }

  @Test
  void whoWatchesTheServiceSeesHowManyLinesAreOpen() {
    Ticker ticker = listening(329);
    String open = "tallystick_egress_lines{environment=\"sandbox\",venue=\"binance\"} ";
    assertTrue(told().contains(open + "1.0"), "one line");
    ticker.subject.withdraw();
    ticker.unheard(Duration.ofSeconds(5));
    await().atMost(Duration.ofSeconds(5)).until(() -> told().contains(open + "0.0"));
    assertTrue(told().contains("tallystick_egress_line_ends_total{cause=\"closed\""));
  }

  private static String told() {
    return RestAssured.get("/q/metrics").then().statusCode(200).extract().asString();
  }
}

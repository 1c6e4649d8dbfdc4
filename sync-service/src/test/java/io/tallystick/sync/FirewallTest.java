package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.ConnectionState;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A firewall in front of the venue that dislikes one request. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class FirewallTest extends OnStage {
  @Test
  @DisplayName("F26 a request that a firewall refuses for good stops others once, and is left")
  void whatAFirewallRefusesForGoodIsLeft() {
    Account account = stage.small(74);
    String symbol = account.symbols().getFirst().symbol();
    Subject subject = stage.subject(account).connect();
    Subject other =
        IntStream.range(75, 200)
            .mapToObj(stage::small)
            .filter(one -> one.symbols().stream().anyMatch(it -> it.symbol().equals(symbol)))
            .findFirst()
            .map(one -> stage.subject(one).connect())
            .orElseThrow();
    List<Instant> refused = new ArrayList<>();
    List<Instant> calls = new ArrayList<>();
    stage.between((request, exchange) -> {
      calls.add(LeapingPace.now());
      if (request.path().equals(TRADES) && request.query().contains("symbol=" + symbol + "&")) {
        refused.add(LeapingPace.now());
        return Reply.html(403, "<html>no</html>");
      }
      return exchange.apply(request);
    });

    subject.runWell();

    assertEquals(2, refused.size(), "once more is enough");
    assertEquals(1, rests(calls));
    assertEquals(List.of("spot-trades " + symbol + " firewall"), subject.gaps());

    LeapingPace.leap(Duration.ofMinutes(16));
    calls.clear();
    subject.runWell();
    other.runWell();

    assertTrue(refused.size() <= 4, "asked for by each once: " + refused);
    assertEquals(0, rests(calls), "nobody waits for it any more");
    assertEquals(List.of("spot-trades " + symbol + " firewall"), other.gaps());
    assertEquals(ConnectionState.ACTIVE, subject.link().state());

    stage.between((request, exchange) -> exchange.apply(request));
    LeapingPace.leap(Duration.ofDays(8));
    subject.runWell();
    assertEquals(List.of(), subject.gaps());
    assertEquals(Map.of(), subject.differences());
  }

  /** How often nobody called for minutes. */
  private static long rests(List<Instant> calls) {
    return IntStream.range(1, calls.size())
        .filter(i ->
            Duration.between(calls.get(i - 1), calls.get(i)).compareTo(Duration.ofMinutes(4)) > 0)
        .count();
  }
}

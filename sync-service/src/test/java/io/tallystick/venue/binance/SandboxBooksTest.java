package io.tallystick.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.DemoAccount;
import io.tallystick.sandbox.Shape;
import io.tallystick.sandbox.Shapes;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.Stream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The adapter against the sandbox exchange, without a socket, a store or an engine between. */
final class SandboxBooksTest {
  private static final List<String> BEYOND_THE_DOCUMENTS =
      List.of("sourceAddress", "unlockConfirm");

  @Test
  void aTradersBooksBalanceToTheLastDigit() {
    SandboxWalk walk = new SandboxWalk(DemoAccount.READ_ONLY, Instant.EPOCH);
    AccountPlan trader = AccountPlan.demo(DemoAccount.NAME, 2026).with(Variety.NONE);
    DemoAccount.open(walk.exchange, trader);
    walk.catalogue();
    BinanceVenue venue = walk.venue;
    assertTrue(walk.markets.size() >= 1_500, "markets " + walk.markets.size());
    assertEquals(
        Map.of("api", 6_000),
        venue.limits(walk.send(venue.catalogueCall(), DemoAccount.READ_ONLY)));
    Instant now = walk.now();
    assertEquals(now, venue.time(walk.send(venue.timeCall(), DemoAccount.READ_ONLY)));
    String uid = venue.accountUid(walk.send(venue.accountCall(), DemoAccount.READ_ONLY));
    assertFalse(uid.isEmpty());

    List<String> trading =
        List.of(
            "spot-account",
            "spot-balances",
            "funding-balances",
            "open-orders",
            "deposits",
            "withdrawals");
    trading.forEach(name -> walk.walk(walk.stream(name)));
    Set<String> candidates = walk.candidates();
    for (String name : List.of("spot-trades", "spot-orders")) {
      candidates.forEach(symbol -> walk.walk(walk.stream(name), symbol));
    }

    assertTrue(walk.records.get("spot-trades") >= 2_000, walk.records.toString());
    assertTrue(walk.reported.size() >= 20, walk.reported.toString());
    assertEquals(SandboxWalk.shown(walk.reported), walk.derived(walk.now()));

    Map<String, Bookmark> rested = Map.copyOf(walk.bookmarks);
    walk.walk(walk.stream("deposits"), "");
    walk.walk(walk.stream("withdrawals"), "");
    candidates.forEach(symbol -> walk.walk(walk.stream("spot-trades"), symbol));
    assertEquals(rested, walk.bookmarks, "a quiet run moves no bookmark");
  }

  @Test
  void theSandboxesKeysGetTheVerdictTheyDeserve() {
    SandboxWalk walk = new SandboxWalk(DemoAccount.READ_ONLY, Instant.EPOCH);
    BinanceVenue venue = walk.venue;
    DemoAccount.open(walk.exchange);
    assertInstanceOf(
        KeyVerdict.ReadOnly.class,
        venue.rights(walk.send(venue.rightsCall(), DemoAccount.READ_ONLY)));
    KeyVerdict.TooPowerful verdict =
        assertInstanceOf(
            KeyVerdict.TooPowerful.class,
            venue.rights(walk.send(venue.rightsCall(), DemoAccount.TRADING)));
    assertEquals("enableSpotAndMarginTrading", verdict.rights().getFirst().right());
    assertEquals(1, verdict.rights().size());
  }

  @Test
  void everyEndpointOfTheAllowListHasAShapeAndTheFixturesKeepIt() throws Exception {
    BinanceVenue venue = new BinanceVenue();
    Shapes shapes = Shapes.load();
    for (Endpoint endpoint : venue.endpoints()) {
      assertTrue(shapes.endpoints().contains(endpoint.toString()), endpoint.toString());
    }
    for (Stream stream : venue.streams()) {
      Call call =
          stream.next(Fixtures.partition(stream), stream.start(Instant.EPOCH), Fixtures.NOW);
      Shape shape = shapes.of(call.endpoint().toString()).orElseThrow();
      var fixture = Fixtures.JSON.readTree(Fixtures.bytes(stream.name() + ".json"));
      // Ours shows some fields on top of the documented minimum, on purpose: see MAPPING.md.
      JsonEdits.walk(
          fixture,
          node -> {
            if (node instanceof ObjectNode object) {
              object.remove(BEYOND_THE_DOCUMENTS);
            }
          });
      assertEquals(List.of(), shape.problems(fixture), stream.name());
    }
  }
}

package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.exchange.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists that the venue hands out a few times a minute are read beside the rest of a run. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class SlowListsTest extends OnStage {
  private static final String TRADES = "/api/v3/myTrades";
  private static final String BANK = "/sapi/v1/fiat/orders";

  private static final int LOOK_BACK =
      (int) Duration.between(Instant.parse("2025-08-01T00:00:00Z"), Instant.now()).toDays();

  @Test
  void noTradeWaitsForThemAndNoResidualThatTheyExplainIsSearchedFor() {
    Account account =
        stage.sandbox().addAccount(AccountPlan.small("banker", 71).with(Variety.of(6)));
    Subject subject =
        stage
            .subject(
                account,
                List.of(
                    "balances",
                    "trades",
                    "orders",
                    "deposits",
                    "withdrawals",
                    "converts",
                    "dust",
                    "dividends",
                    "earn",
                    "fiat",
                    "p2p",
                    "transfers",
                    "pay",
                    "rebates"),
                LOOK_BACK)
            .connect();
    subject.runWell();

    assertEquals(Map.of(), subject.differences());
    List<String> asked = subject.calls(0).stream().map(Call::path).toList();
    long bank = asked.stream().filter(BANK::equals).count();
    assertTrue(bank >= 8, "bank lists " + bank);
    int firstTrade = asked.indexOf(TRADES);
    assertTrue(firstTrade < asked.lastIndexOf(BANK), "the first trade waits for the last list");
    long before = asked.subList(0, firstTrade).stream().filter(BANK::equals).count();
    assertTrue(before * 4 <= bank, "before the first trade " + before + " of " + bank);
    // A residual that only the bank explains would have every market of its asset asked.
    List<String> seen =
        subject.texts("select a.code from seen_asset s join asset a using (asset_id)");
    subject.calls(0).stream()
        .filter(call -> call.path().equals(TRADES))
        .map(call -> call.parameters().getOrDefault("symbol", ""))
        .distinct()
        .forEach(symbol ->
            assertTrue(
                seen.stream()
                    .anyMatch(base -> seen.stream().anyMatch(q -> symbol.equals(base + q))),
                symbol + " is named by nothing"));
  }
}

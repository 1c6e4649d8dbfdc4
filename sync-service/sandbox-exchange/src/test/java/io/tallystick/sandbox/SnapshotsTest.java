package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Event;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Snapshots are the balances as they were, worked out a second way. */
class SnapshotsTest {
  private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void the_snapshot_of_a_day_is_the_sum_of_what_happened_until_then() {
    Exchange exchange =
        new Exchange(ExchangeSettings.defaults().withClock(InstantSource.fixed(END)));
    Account account = exchange.addAccount(AccountPlan.full("full", 2026));
    Caller caller = Caller.hmac(exchange, exchange.addKey(account, KeyGrant.hmac()).orElseThrow());
    JsonNode days =
        caller.json("/sapi/v1/accountSnapshot", "type=SPOT&limit=30").get("snapshotVos");
    assertEquals(30, days.size());
    Set<JsonNode> different = new HashSet<>();
    for (JsonNode day : days) {
      long at = day.get("updateTime").asLong();
      assertEquals(OrdinaryReader.DAY - 1_000, at % OrdinaryReader.DAY);
      Map<String, Long> sums = new TreeMap<>();
      account.deposits().stream()
          .filter(d -> d.credited() && d.wallet() == Wallet.SPOT && d.insertTime() <= at)
          .forEach(d -> sums.merge(d.coin(), d.amount(), Long::sum));
      account.withdrawals().stream()
          .filter(w -> (w.completed() || w.pending()) && w.wallet() == Wallet.SPOT)
          .filter(w -> w.applyTime() <= at)
          .forEach(w -> sums.merge(w.coin(), -w.total(), Long::sum));
      account.events(Event.class).stream()
          .filter(e -> e.time() <= at)
          .flatMap(e -> e.moves().stream())
          .forEach(m -> {
            switch (m.wallet()) {
              case SPOT -> sums.merge(m.asset(), m.units(), Long::sum);
              case EARN_FLEXIBLE -> sums.merge("LD" + m.asset(), m.units(), Long::sum);
              case FUNDING, EARN_LOCKED, CROSS_MARGIN, USD_M_FUTURES -> {}
            }
          });
      for (Listing listing : account.symbols()) {
        account.fills(listing.symbol()).stream()
            .filter(f -> f.time() <= at)
            .forEach(
                f -> ServedBooks.legs(listing, f).forEach((a, n) -> sums.merge(a, n, Long::sum)));
      }
      account
          .holdings(Wallet.SPOT)
          .forEach((asset, held) -> sums.merge(asset, -held.freeze(), Long::sum));
      Map<String, BigDecimal> expected = new TreeMap<>();
      sums.forEach((asset, units) -> expected.put(asset, Units.decimal(units)));
      Map<String, BigDecimal> shown = new TreeMap<>();
      day.at("/data/balances")
          .forEach(r ->
              shown.put(
                  r.get("asset").asText(),
                  new BigDecimal(r.get("free").asText())
                      .add(new BigDecimal(r.get("locked").asText()))));
      assertEquals(
          ServedBooks.plain(expected),
          ServedBooks.plain(shown),
          Instant.ofEpochMilli(at).toString());
      different.add(day.at("/data/balances"));
    }
    assertTrue(different.size() > 10, "" + different.size());
  }
}

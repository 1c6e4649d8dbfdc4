package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.binance.connector.client.SpotClient;
import com.binance.connector.client.impl.SpotClientImpl;
import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The venue's own Java connector reads the ordinary surfaces of a full account. Left out is
 * auto-invest: the connector's calls arrive without a valid key there.
 */
class ConnectorOrdinaryTest {
  private static final long DAY = 86_400_000;

  private static Sandbox sandbox;
  private static SpotClient client;
  private static long end;

  @BeforeAll
  static void start() {
    // The connector takes its time from the machine, and some lists forget after six months.
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    sandbox = Sandbox.start(SandboxSettings.defaults().with(e -> e.withEnd(yesterday)));
    end = yesterday.toEpochMilli();
    var account = sandbox.exchange().addAccount(AccountPlan.full("full", 8));
    ApiKey key = sandbox.exchange().addKey(account, KeyGrant.hmac()).orElseThrow();
    client = new SpotClientImpl(key.key(), key.secret(), sandbox.baseUrl().toString());
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void it_reads_simple_earn() throws IOException {
    var earn = client.createSimpleEarn();
    assertFalse(json(earn.simpleAccount(none())).isEmpty());
    for (Function<Map<String, Object>, String> list :
        List.<Function<Map<String, Object>, String>>of(
            earn::flexibleProductPosition, earn::lockedProductPosition)) {
      assertFalse(json(list.apply(none())).get("rows").isEmpty());
    }
    for (Function<Map<String, Object>, String> list :
        List.<Function<Map<String, Object>, String>>of(
            earn::flexibleSubscriptionRecord,
            earn::flexibleRedemptionRecord,
            earn::flexibleRewardsHistory,
            earn::lockedSubscriptionRecord,
            earn::lockedRedemptionRecord,
            earn::lockedRewardsHistory)) {
      JsonNode answer = json(list.apply(window("startTime", "endTime", 30, "type", "BONUS")));
      assertFalse(answer.get("rows").isEmpty(), answer.toString());
    }
  }

  @Test
  void it_reads_conversions_dust_dividends_transfers_and_totals() throws IOException {
    JsonNode flow = json(client.createConvert().tradeFlow(window("startTime", "endTime", 30)));
    assertFalse(flow.get("list").isEmpty());
    var wallet = client.createWallet();
    assertFalse(json(wallet.dustLog(none())).get("userAssetDribblets").isEmpty());
    assertFalse(json(wallet.assetDividend(none())).get("rows").isEmpty());
    Map<String, Object> asked = window("startTime", "endTime", 100, "type", "MAIN_FUNDING");
    assertFalse(json(wallet.queryUniversalTransfer(asked)).get("rows").isEmpty());
    assertEquals(10, json(wallet.walletBalance(none())).size());
    Map<String, Object> spot = none();
    spot.put("type", "SPOT");
    assertEquals(200, json(wallet.accountSnapshot(spot)).get("code").asInt());
  }

  @Test
  void it_reads_banks_people_payments_and_rebates() throws IOException {
    for (int type = 0; type < 2; type++) {
      for (Function<Map<String, Object>, String> list :
          List.<Function<Map<String, Object>, String>>of(
              client.createFiat()::orders, client.createFiat()::payments)) {
        assertFalse(
            json(list.apply(window("beginTime", "endTime", 90, "transactionType", "" + type)))
                .get("data")
                .isEmpty());
      }
      Map<String, Object> peers =
          window("startTimestamp", "endTimestamp", 30, "tradeType", type == 0 ? "BUY" : "SELL");
      assertFalse(json(client.createC2C().listUserOrderHistory(peers)).get("data").isEmpty());
    }
    Map<String, Object> recent = window("startTime", "endTime", 90);
    assertFalse(json(client.createPay().transactions(recent)).get("data").isEmpty());
    Map<String, Object> month = window("startTime", "endTime", 30);
    assertFalse(json(client.createRebate().taxQuery(month)).at("/data/data").isEmpty());
  }

  private static Map<String, Object> none() {
    return new LinkedHashMap<>();
  }

  private static Map<String, Object> window(
      String from, String to, int days, Object... nameAndValue) {
    Map<String, Object> asked = none();
    asked.put(from, end - days * DAY);
    asked.put(to, end);
    if (nameAndValue.length == 2) {
      asked.put(nameAndValue[0].toString(), nameAndValue[1]);
    }
    return asked;
  }

  private static JsonNode json(String text) throws IOException {
    return Caller.JSON.readTree(text);
  }
}

package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.binance.connector.client.SpotClient;
import com.binance.connector.client.exceptions.BinanceClientException;
import com.binance.connector.client.impl.SpotClientImpl;
import com.binance.connector.client.utils.signaturegenerator.Ed25519SignatureGenerator;
import com.binance.connector.client.utils.signaturegenerator.RsaSignatureGenerator;
import com.binance.connector.client.utils.signaturegenerator.SignatureGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The venue's own Java connector reads the running sandbox as it would read the venue. */
class ConnectorTest {
  private static Sandbox sandbox;
  private static SpotClient client;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxSettings.defaults().withDemo());
    client =
        new SpotClientImpl(
            DemoAccount.READ_ONLY.key(),
            DemoAccount.READ_ONLY.secret(),
            sandbox.baseUrl().toString());
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void it_reads_time_and_symbols() throws IOException {
    assertTrue(json(client.createMarket().time()).get("serverTime").asLong() > 0);
    assertTrue(
        json(client.createMarket().exchangeInfo(parameters())).get("symbols").size() >= 1_500);
    assertEquals(
        "币安人生",
        json(client.createMarket().exchangeInfo(parameters("symbol", "币安人生USDT")))
            .at("/symbols/0/baseAsset")
            .asText());
  }

  @Test
  void it_reads_account_trades_and_orders() throws IOException {
    JsonNode account = json(client.createTrade().account(parameters("recvWindow", 10_000L)));
    assertTrue(account.get("uid").asLong() > 0);
    JsonNode trades =
        json(
            client
                .createTrade()
                .myTrades(parameters("symbol", "BTCUSDT", "fromId", 0L, "limit", 1_000L)));
    assertTrue(trades.size() > 20);
    assertFalse(json(client.createTrade().getOrders(parameters("symbol", "BTCUSDT"))).isEmpty());
    assertFalse(json(client.createTrade().getOpenOrders(parameters())).isEmpty());
    assertFalse(
        json(client.createTrade().myTrades(parameters("symbol", "币安人生USDT"))).isEmpty(),
        "a name in another script");
  }

  @Test
  void it_reads_the_wallet() throws IOException {
    long end = sandbox.exchange().settings().end().toEpochMilli();
    Map<String, Object> window = parameters("startTime", end - 80 * 86_400_000L, "endTime", end);
    assertFalse(json(client.createWallet().depositHistory(window)).isEmpty());
    Map<String, Object> same = parameters("startTime", end - 80 * 86_400_000L, "endTime", end);
    assertFalse(json(client.createWallet().withdrawHistory(same)).isEmpty());
    assertTrue(
        json(client.createWallet().apiPermission(parameters())).get("enableReading").asBoolean());
    assertFalse(json(client.createWallet().fundingWallet(parameters())).isEmpty());
    assertFalse(json(client.createWallet().getUserAsset(parameters())).isEmpty());
    assertFalse(json(client.createWallet().coinInfo(parameters())).isEmpty());
  }

  @Test
  void it_understands_refusals() {
    BinanceClientException refused =
        assertThrows(
            BinanceClientException.class,
            () -> client.createTrade().myTrades(parameters("symbol", "NOSUCH")));
    assertEquals(-1121, refused.getErrorCode());
    assertEquals(400, refused.getHttpStatusCode());
    SpotClient forger =
        new SpotClientImpl(
            DemoAccount.READ_ONLY.key(), "x".repeat(64), sandbox.baseUrl().toString());
    assertEquals(
        -1022,
        assertThrows(BinanceClientException.class, () -> forger.createTrade().account(parameters()))
            .getErrorCode());
  }

  @Test
  void it_signs_with_ed25519_and_rsa(@TempDir Path folder) throws Exception {
    Account demo = sandbox.exchange().account(DemoAccount.NAME).orElseThrow();
    for (String algorithm : new String[] {"Ed25519", "RSA"}) {
      KeyPair pair = KeyPairs.of(algorithm);
      Path pem = folder.resolve(algorithm + ".pem");
      Files.writeString(
          pem,
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n");
      SignatureGenerator generator =
          algorithm.equals("RSA")
              ? new RsaSignatureGenerator(pem.toString())
              : new Ed25519SignatureGenerator(pem.toString());
      ApiKey key = sandbox.addKey(demo, KeyGrant.of(pair.getPublic()));
      SpotClient signer = new SpotClientImpl(key.key(), generator, sandbox.baseUrl().toString());
      assertFalse(
          json(signer.createTrade().myTrades(parameters("symbol", "BTCUSDT"))).isEmpty(),
          algorithm);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return Caller.JSON.readTree(text);
  }

  private static Map<String, Object> parameters(Object... pairs) {
    Map<String, Object> made = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      made.put((String) pairs[i], pairs[i + 1]);
    }
    return made;
  }
}

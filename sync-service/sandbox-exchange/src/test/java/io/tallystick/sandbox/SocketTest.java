package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.LiveDesk;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The WebSocket API as a client sees it: subscriptions, sessions, events, and how lines end. */
class SocketTest {
  private Sandbox sandbox;
  private Account account;
  private HttpClient http;

  @BeforeEach
  void open() {
    sandbox = Sandbox.start(SandboxSettings.defaults());
    account = sandbox.addAccount(AccountPlan.small("ada", 5));
    http = HttpClient.newHttpClient();
  }

  @AfterEach
  void close() {
    http.shutdownNow();
    sandbox.close();
  }

  private SocketClient client() throws Exception {
    return SocketClient.open(http, sandbox.baseUrl());
  }

  private String payload(ApiKey key) {
    return "apiKey="
        + key.key()
        + "&recvWindow=5000&timestamp="
        + sandbox.exchange().clock().millis();
  }

  private static String parameters(String payload, String signature) {
    String[] parts = payload.split("[=&]");
    return "\"apiKey\":\"%s\",\"recvWindow\":5000,\"timestamp\":%s,\"signature\":\"%s\""
        .formatted(parts[1], parts[5], signature);
  }

  private String byHmac(ApiKey key) throws Exception {
    String payload = payload(key);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.secret().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    return parameters(
        payload, HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8))));
  }

  private String byPair(ApiKey key, String algorithm, PrivateKey half) throws Exception {
    String payload = payload(key);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(half);
    signature.update(payload.getBytes(StandardCharsets.UTF_8));
    return parameters(payload, Base64.getEncoder().encodeToString(signature.sign()));
  }

  private SocketClient subscribed() throws Exception {
    SocketClient client = client();
    JsonNode answer =
        client.ask(
            "userDataStream.subscribe.signature", byHmac(sandbox.addKey(account, KeyGrant.hmac())));
    assertEquals(200, answer.path("status").asInt(), answer.toString());
    return client;
  }

  private Fill sell() {
    Listing listing =
        account.symbols().stream()
            .filter(one -> sandbox.exchange().market().listed(one.symbol()).isPresent())
            .max(
                Comparator.comparingLong(
                    one -> account.holding(Wallet.SPOT, one.base().name()).free()))
            .orElseThrow();
    LiveDesk.Wish wish = new LiveDesk.Wish(false, Units.ONE, 10_000, 10, listing.quote().name());
    return sandbox.exchange().floor().trade(account, listing, wish).orElseThrow();
  }

  @Test
  void keysOfAllThreeKindsSubscribeBySignature() throws Exception {
    SocketClient client = client();
    ApiKey hmac = sandbox.addKey(account, KeyGrant.hmac());
    JsonNode first = client.ask("userDataStream.subscribe.signature", byHmac(hmac));
    assertEquals(0, first.path("result").path("subscriptionId").asInt(-1), first.toString());
    assertEquals("REQUEST_WEIGHT", first.path("rateLimits").path(0).path("rateLimitType").asText());
    for (String kind : new String[] {"RSA", "Ed25519"}) {
      KeyPair pair = KeyPairGenerator.getInstance(kind).generateKeyPair();
      ApiKey key = sandbox.addKey(account, KeyGrant.of(pair.getPublic()));
      String algorithm = kind.equals("RSA") ? "SHA256withRSA" : "Ed25519";
      JsonNode answer =
          client()
              .ask("userDataStream.subscribe.signature", byPair(key, algorithm, pair.getPrivate()));
      assertEquals(200, answer.path("status").asInt(), kind + ": " + answer);
    }
    assertEquals(3, sandbox.exchange().sockets().subscriptions(account));
    JsonNode twice = client.ask("userDataStream.subscribe.signature", byHmac(hmac));
    assertEquals(400, twice.path("status").asInt(), "one subscription an account and connection");
  }

  @Test
  void onlyEd25519KeysLogOn() throws Exception {
    SocketClient client = client();
    JsonNode refused =
        client.ask("session.logon", byHmac(sandbox.addKey(account, KeyGrant.hmac())));
    assertEquals(401, refused.path("status").asInt(), refused.toString());
    assertEquals(401, client.ask("userDataStream.subscribe", "").path("status").asInt());
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    ApiKey key = sandbox.addKey(account, KeyGrant.of(pair.getPublic()));
    JsonNode on = client.ask("session.logon", byPair(key, "Ed25519", pair.getPrivate()));
    assertEquals(key.key(), on.path("result").path("apiKey").asText(), on.toString());
    assertEquals(200, client.ask("userDataStream.subscribe", "").path("status").asInt());
    assertEquals(1, client.ask("session.subscriptions", "").path("result").size());
    client.ask("session.logout", "");
    assertEquals(0, sandbox.exchange().sockets().subscriptions(account));
  }

  @Test
  void aWrongSignatureTimeOrKeyIsRefusedInTheVenuesShape() throws Exception {
    SocketClient client = client();
    ApiKey key = sandbox.addKey(account, KeyGrant.hmac());
    String good = byHmac(key);
    String method = "userDataStream.subscribe.signature";
    JsonNode forged = client.ask(method, good.replaceAll("[0-9a-f]{64}\"$", "00\""));
    assertEquals(-1022, forged.path("error").path("code").asInt(), forged.toString());
    assertEquals(7, forged.path("id").asInt());
    sandbox.exchange().clock().jump(-20_000);
    String ahead = byHmac(key);
    sandbox.exchange().clock().jump(-20_000);
    assertEquals(-1021, client.ask(method, ahead).path("error").path("code").asInt());
    sandbox.exchange().changeKey(key.key(), k -> k.revoked(true));
    assertEquals(-2015, client.ask(method, byHmac(key)).path("error").path("code").asInt());
    assertEquals(400, client.ask("order.place", "").path("status").asInt(), "nothing that trades");
  }

  @Test
  void aTradeIsToldAsArrivalFillAndBalances() throws Exception {
    SocketClient client = subscribed();
    Fill fill = sell();
    JsonNode arrival = client.json().path("event");
    assertEquals("NEW", arrival.path("x").asText());
    assertEquals(-1, arrival.path("t").asLong());
    assertTrue(arrival.path("N").isNull());
    JsonNode done = client.json();
    assertEquals(0, done.path("subscriptionId").asInt(-1));
    JsonNode event = done.path("event");
    assertEquals("TRADE", event.path("x").asText());
    assertEquals(fill.id(), event.path("t").asLong());
    assertEquals(fill.time(), event.path("T").asLong());
    assertEquals(Units.text(fill.fee()), event.path("n").asText());
    JsonNode position = client.json().path("event");
    assertEquals("outboundAccountPosition", position.path("e").asText());
    position
        .path("B")
        .forEach(row ->
            assertEquals(
                Units.text(account.holding(Wallet.SPOT, row.path("a").asText()).free()),
                row.path("f").asText()));
  }

  @Test
  void linesArePingedCutAndClosed() throws Exception {
    SocketClient client = subscribed();
    sandbox.exchange().sockets().tick();
    assertEquals("ping", client.next());
    sandbox.exchange().sockets().announceShutdown();
    JsonNode leaving = client.json();
    assertEquals("serverShutdown", leaving.path("event").path("e").asText());
    assertNull(leaving.get("subscriptionId"));
    sandbox.exchange().sockets().cut();
    assertTrue(client.next().matches("cut|closed"));

    SocketClient second = subscribed();
    sandbox.exchange().clock().jump(24 * 3_600_000L);
    sandbox.exchange().sockets().tick();
    assertEquals("closed", second.next());
  }

  @Test
  void aRevokedKeyEndsItsSubscriptionWithAMessageNobodyAskedFor() throws Exception {
    ApiKey key = sandbox.addKey(account, KeyGrant.hmac());
    SocketClient client = client();
    client.ask("userDataStream.subscribe.signature", byHmac(key));
    sandbox.exchange().changeKey(key.key(), k -> k.revoked(true));
    JsonNode said = client.json();
    assertTrue(said.path("id").isNull());
    assertEquals(401, said.path("status").asInt());
    assertEquals(-2015, said.path("error").path("code").asInt());
    assertEquals(0, sandbox.exchange().sockets().subscriptions(account));
  }

  @Test
  void eventsAreDoubledDelayedAndLostOnRequest() throws Exception {
    SocketClient client = subscribed();
    sandbox.exchange().sockets().faults().twice(1);
    sell();
    assertEquals(client.next(), client.next());
    client.next();
    client.next();
    sandbox.exchange().sockets().faults().lose(2);
    sell();
    assertEquals("outboundAccountPosition", client.json().path("event").path("e").asText());
    sandbox.exchange().sockets().faults().late(1, 200);
    sell();
    assertEquals("TRADE", client.json().path("event").path("x").asText(), "the arrival is late");
    client.next();
    assertEquals("NEW", client.json().path("event").path("x").asText());
    sandbox.exchange().sockets().faults().closeAfter(1);
    sell();
    assertEquals("NEW", client.json().path("event").path("x").asText());
    assertTrue(client.next().matches("cut|closed"));
  }

  @Test
  void theWeightComesOutOfTheAddressesBudget() throws Exception {
    SocketClient client = client();
    JsonNode answer = client.ask("session.status", "");
    assertEquals(
        4, answer.path("rateLimits").path(0).path("count").asInt(), "a handshake and this");
  }
}

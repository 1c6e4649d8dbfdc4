package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Secrets go in by every door; none is to be seen anywhere they could come out. */
class SecretsIT {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final List<String> ROLES = List.of("owner", "tracker", "accountant", "compliance");

  private final Random random = new Random(93);
  private final Canaries canaries = new Canaries();

  @Test
  @DisplayName("F93 planted secrets are in no log, answer or table after a full run")
  void nothingPlantedIsFoundAgain() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
        DataFolder data = DataFolder.create();
        ServiceProcess service = start(data, sandbox)) {
      plantPasswords(data);
      List<String> heard = scenario(service, sandbox);
      List<String> found = new ArrayList<>();
      for (String answer : heard) {
        found.addAll(canaries.foundIn("an answer", answer));
      }
      String dump = dump(data);
      found.addAll(canaries.foundIn("the database", dump));
      assertEquals(0, service.stop(Duration.ofSeconds(20)));
      found.addAll(canaries.foundIn("the log", service.output()));
      assertEquals(List.of(), found);
      // What was searched was worth searching.
      assertTrue(heard.size() > 30, heard.size() + " answers");
      assertTrue(dump.contains("spot-trades") && dump.contains("withdrawn"), "the dump is whole");
      assertTrue(service.output().contains(" DEBUG "), "the log is not at DEBUG");
    }
  }

  @Test
  void theSearchFindsEveryFormItLooksFor() {
    canaries.plant("text", letters(40) + "+/=&");
    canaries.plant("bytes", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, -1, -2, -3, -4});
    canaries
        .forms()
        .forEach((name, forms) ->
            forms.forEach(
                form -> assertFalse(canaries.foundIn("here", "x" + form + "y").isEmpty(), name)));
    for (String before : List.of("", "a", "ab")) {
      String secret = letters(33);
      Canaries one = new Canaries();
      one.plant("inside", secret);
      String packed =
          Base64.getEncoder()
              .encodeToString((before + secret + "tail").getBytes(StandardCharsets.UTF_8));
      assertFalse(one.foundIn("packed", packed).isEmpty(), before);
    }
    assertFalse(canaries.foundIn("here", "?a=1&signature=abc").isEmpty());
    assertTrue(canaries.foundIn("here", "nothing of interest").isEmpty());
  }

  private ServiceProcess start(DataFolder data, Sandbox sandbox) throws Exception {
    byte[] master = new byte[32];
    random.nextBytes(master);
    canaries.plant("master key", master);
    Path provisioning = data.path().resolve("provisioning.json");
    Files.writeString(provisioning, tenant());
    return ServiceProcess.service(data.path())
        .with("TALLYSTICK_VAULT_MASTER_KEY", Base64.getEncoder().encodeToString(master))
        .with("TALLYSTICK_PROVISIONING_FILE", provisioning.toString())
        .with("TALLYSTICK_VENUES_BINANCE_SANDBOX_URL", sandbox.baseUrl().toString())
        .with("TALLYSTICK_EGRESS_SHARE", "1.00")
        .with("TALLYSTICK_SYNC_LIVE", "true")
        .with("TALLYSTICK_SYNC_SWEEP", "0")
        .with("QUARKUS_LOG_LEVEL", "DEBUG")
        .begin()
        .awaitReady();
  }

  private String tenant() throws Exception {
    List<String> clients = new ArrayList<>();
    for (String role : ROLES) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token(role).getBytes(StandardCharsets.UTF_8));
      clients.add(
          """
          {"name": "%s", "role": "%s", "purpose": "%s", "token_sha256": "%s"}\
          """
              .formatted(role, role, DemoFiles.purpose(role), HexFormat.of().formatHex(hash)));
    }
    return """
    {"tenants": [{"name": "canary", "environments": ["sandbox"], "clients": [%s]}]}
    """
        .formatted(String.join(", ", clients));
  }

  private final Map<String, String> tokens = new java.util.HashMap<>();

  private String token(String role) {
    return tokens.computeIfAbsent(
        role,
        name -> {
          String token = "token+" + letters(40) + "/=";
          canaries.plant("token of " + name, token);
          return token;
        });
  }

  private void plantPasswords(DataFolder data) throws IOException {
    data.passwords().forEach((role, password) -> canaries.plant("password of " + role, password));
  }

  /** Everything that takes or uses a secret, done well and badly; all answers come back. */
  private List<String> scenario(ServiceProcess service, Sandbox sandbox) throws Exception {
    Account account = sandbox.addAccount(AccountPlan.small("canary", 93));
    Api owner = service.api(token("owner"));
    String consent = owner.consent("canary holder", Api.TRADING);
    refusals(owner, consent, sandbox, account);
    String connection =
        owner
            .post("/v1/connections", Api.wish(consent, hmac(sandbox, account, KeyGrant.hmac())))
            .expect(201)
            .path("id")
            .asText();
    owner.awaitFinished(connection, 0, Duration.ofMinutes(2));
    Sale.seen(sandbox, account, owner.as(token("tracker")), connection);
    rotation(owner, connection, sandbox, account);
    owner.post("/v1/connections/" + connection + "/rights-checks", Map.of()).expect(200);
    reads(owner, connection, consent);
    Api compliance = owner.as(token("compliance"));
    compliance
        .post("/v1/consents/" + consent + "/withdrawal", Map.of("reason", "the end"))
        .expect(200);
    assertEquals(
        403, owner.as(token("tracker")).get("/v1/trades?connection=" + connection).status());
    compliance.all("/v1/access-log?limit=500");
    return owner.heard();
  }

  private ApiKey hmac(Sandbox sandbox, Account account, KeyGrant grant) {
    ApiKey key = planted("key");
    sandbox.exchange().addKey(account, grant, key).orElseThrow();
    return key;
  }

  private ApiKey planted(String name) {
    ApiKey key = new ApiKey(letters(64), letters(64));
    canaries.plant("API " + name + " " + canaries.forms().size(), key.key());
    canaries.plant("secret of " + name + " " + canaries.forms().size(), key.secret());
    return key;
  }

  private void refusals(Api owner, String consent, Sandbox sandbox, Account account)
      throws Exception {
    ApiKey wide = hmac(sandbox, account, KeyGrant.hmac().allowing("enableSpotAndMarginTrading"));
    owner.post("/v1/connections", Api.wish(consent, wide)).expect(422);
    ApiKey real = hmac(sandbox, account, KeyGrant.hmac());
    ApiKey wrong = new ApiKey(real.key(), planted("wrong secret").secret());
    owner.post("/v1/connections", Api.wish(consent, wrong)).expect(422);
    owner.post("/v1/connections", Api.wish(consent, planted("unknown key"))).expect(422);
    ApiKey odd = new ApiKey("short+" + letters(20), letters(30) + "\u00e9+/=");
    canaries.plant("odd key", odd.key());
    canaries.plant("odd secret", odd.secret());
    owner.post("/v1/connections", Api.wish(consent, odd)).expect(422);
    KeyPair pair = pair("Ed25519");
    ApiKey unknown = planted("unknown key");
    owner.post("/v1/connections", Api.wish(consent, pem("ed25519", unknown, pair))).expect(422);
    owner.post("/v1/connections", Api.wish(consent, pem("rsa", unknown, pair))).expect(422);
    String cut = "{\"consent\": \"" + consent + "\", \"key\": {\"secret\": \"" + odd.secret();
    assertEquals(400, owner.postText("/v1/connections", cut).status());
    String extra = "{\"consent\": \"" + consent + "\", \"secret\": \"" + odd.secret() + "\"}";
    assertEquals(400, owner.postText("/v1/connections", extra).status());
    assertEquals(401, owner.as(token("nobody")).get("/v1/connections").status());
  }

  private void rotation(Api owner, String connection, Sandbox sandbox, Account account)
      throws Exception {
    KeyPair pair = pair("RSA");
    ApiKey key = planted("RSA key");
    sandbox.exchange().addKey(account, KeyGrant.of(pair.getPublic()), key).orElseThrow();
    String path = "/v1/connections/" + connection + "/key";
    owner.post(path, Map.of("key", pem("rsa", planted("unknown key"), pair))).expect(422);
    int runs = owner.runs(connection).size();
    owner.post(path, Map.of("key", pem("rsa", key, pair))).expect(200);
    // A new key brings a run by itself; one that is asked for meanwhile is that same run.
    owner.post("/v1/connections/" + connection + "/sync-runs", Map.of());
    owner.awaitFinished(connection, runs, Duration.ofMinutes(2));
  }

  private void reads(Api owner, String connection, String consent) throws IOException {
    owner
        .post(
            "/v1/key-offers",
            Map.of("consent", consent, "venue", "binance", "environment", "sandbox"))
        .expect(201);
    for (String role : ROLES) {
      Api client = owner.as(token(role));
      for (String list : List.of("trades", "orders", "transfers", "entries", "balances")) {
        client.get("/v1/" + list + "?limit=500&connection=" + connection);
        client.csv("/v1/" + list + "?limit=500&connection=" + connection);
      }
      client.get("/v1/connections/" + connection);
      client.get("/v1/connections/" + connection + "/rights");
      client.get("/v1/consents/" + consent);
      client.get("/v1/clients");
      client.csv("/v1/connections?limit=100");
    }
    JsonNode entry =
        owner
            .as(token("accountant"))
            .get("/v1/entries?limit=1&connection=" + connection)
            .expect(200);
    String evidence = entry.path("items").path(0).path("evidence").asText("");
    owner.as(token("accountant")).get("/v1/evidence/" + evidence);
    owner.get("/q/health");
    owner.get("/q/openapi");
  }

  private KeyPair pair(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(2048);
    }
    KeyPair pair = generator.generateKeyPair();
    byte[] der = pair.getPrivate().getEncoded();
    // Past what all keys of a kind begin with: the last bytes are this key's own.
    canaries.plant(
        "private key " + canaries.forms().size(),
        java.util.Arrays.copyOfRange(der, der.length - 24, der.length));
    return pair;
  }

  private static Map<String, String> pem(String kind, ApiKey key, KeyPair pair) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(pair.getPrivate().getEncoded());
    return Map.of(
        "kind",
        kind,
        "api_key",
        key.key(),
        "private_key",
        "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
  }

  private String letters(int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private static String dump(DataFolder data) throws Exception {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = data.admin()) {
      List<String> tables =
          DataFolder.rows(
              connection,
              """
              select quote_ident(table_schema) || '.' || quote_ident(table_name)
              from information_schema.tables
              where table_type = 'BASE TABLE'
                and table_schema not in ('pg_catalog', 'information_schema')
              """);
      for (String table : tables) {
        dump.append(table).append('\n');
        DataFolder.rows(connection, "select t::text from " + table + " t")
            .forEach(row -> dump.append(row).append('\n'));
      }
    }
    return dump.toString();
  }
}

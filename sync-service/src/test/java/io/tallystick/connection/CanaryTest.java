package io.tallystick.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.connection.ConnectionRequests.ConnectionRequest;
import io.tallystick.connection.ConnectionRequests.KeyChangeRequest;
import io.tallystick.connection.ConnectionRequests.KeyRequest;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class CanaryTest extends AtTheExchange {
  private final Logger root = Logger.getLogger("");
  private final Ear ear = new Ear();

  /** Hears everything that is logged, with parameters and stack traces. */
  private static final class Ear extends Handler {
    private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    private final PatternFormatter format = new PatternFormatter("%s%n%e");

    @Override
    public void publish(LogRecord line) {
      heard.add(format.format(line));
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @BeforeEach
  void prepare() {
    ear.setLevel(Level.ALL);
    root.addHandler(ear);
    Logger.getLogger("io.tallystick").setLevel(Level.ALL);
  }

  @AfterEach
  void deafen() {
    root.removeHandler(ear);
    Logger.getLogger("io.tallystick").setLevel(null);
  }

  @Test
  void noSecretIsInAnyAnswerLogOrRow() {
    ApiKey good = new ApiKey("CanaryGood".repeat(6) + "Key1", "CanaryGoodSecret".repeat(4));
    sandbox.exchange().addKey(world.account, KeyGrant.hmac(), good);
    ApiKey wide = new ApiKey("CanaryWide".repeat(6) + "Key2", "CanaryWideSecret".repeat(4));
    sandbox.exchange().addKey(world.account, KeyGrant.hmac().allowing("enableMargin"), wide);
    ApiKey wrong = new ApiKey(good.key(), "CanaryWrongSecre".repeat(4));
    ApiKey unknown = new ApiKey("CanaryNone".repeat(6) + "Key3", "CanaryNoneSecret".repeat(4));
    ApiKey odd = new ApiKey("Canary-malformed-key", "CanaryOddSecret".repeat(4));
    List<String> answers = new ArrayList<>();
    for (ApiKey key : List.of(wide, wrong, unknown, odd)) {
      answers.add(world.connect(key).asString());
    }
    sandbox.faults().next(8, World.RIGHTS_PATH, new Fault.Page());
    answers.add(world.connect(good).asString());
    sandbox.faults().clear();
    answers.add(
        world.connect(World.hmac(good).replace("\"secret\"", "\"secret\": 1, \"s\"")).asString());
    answers.add(world.connect(World.hmac(good).replace("hmac", "hmc")).asString());
    Response made = world.connect(good);
    assertEquals(201, made.statusCode());
    answers.add(made.asString());
    answers.add(world.connect(good).asString());
    answers.add(world.get("/v1/connections").asString());
    answers.add(world.get("/v1/connections/" + made.path("id")).asString());
    answers.add(world.get("/v1/access-log?limit=1000").asString());
    assertTrue(ear.heard.stream().anyMatch(line -> line.contains("apiRestrictions")), "log heard");
    for (ApiKey key : List.of(good, wide, wrong, unknown, odd)) {
      for (String canary : List.of(key.key(), key.secret())) {
        absent(canary, "answers", answers);
        absent(canary, "log", List.copyOf(ear.heard));
        absent(canary, "rows", rows());
        absent(HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8)), "rows", rows());
      }
    }
    assertFalse(ear.heard.stream().anyMatch(line -> line.contains("signature=")), "signatures");
    absent(Long.toString(world.account.uid()), "rows", rows());
  }

  private static void absent(String canary, String where, List<String> texts) {
    assertTrue(texts.size() > 1, where + " were looked at");
    for (String text : texts) {
      assertFalse(text.contains(canary), where + " hold a canary");
    }
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (String table :
        List.of("connection", "venue_account", "credential", "key_offer", "access_leaf")) {
      rows.addAll(
          world.in(tx ->
              tx.sql("select t::text as line from " + table + " t")
                  .list(row -> row.getString("line"))));
    }
    return rows;
  }

  @Test
  void requestsAndKeysPrintNothingOfTheirKey() {
    KeyRequest key = new KeyRequest("hmac", "CanaryKey", "CanarySecret", null);
    for (Object holder :
        List.of(
            key,
            new ConnectionRequest("c", "binance", "sandbox", key, null, "CanaryKey", null),
            new KeyChangeRequest(key, null, "CanaryKey", null, null),
            key.whole(),
            new Material.Brought(key.whole().kind(), key.whole().apiKey(), key.whole().secret()),
            new Proof.Proven(
                new io.tallystick.venue.KeyVerdict.Unverifiable("why"), "CanaryUid"))) {
      assertFalse(holder.toString().contains("Canary"), holder.getClass().getSimpleName());
    }
  }
}

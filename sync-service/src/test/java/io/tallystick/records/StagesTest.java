package io.tallystick.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every stage of a transaction, from the venue's bytes to what the books say now, by the API. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class StagesTest {
  private static final long SEED = 20_251_140;
  @Inject BookedAccount.Maker maker;

  @Test
  void everyStageOfATransactionIsShown() {
    everyStage(10);
  }

  @Test
  @Tag("long")
  void everyStageOfAHundredTransactionsIsShown() {
    everyStage(100);
  }

  private void everyStage(int transactions) {
    BookedAccount account = maker.fresh();
    Random random = new Random(SEED);
    Instant start = Instant.now().minus(Duration.ofDays(30));
    List<Fill> fills = new ArrayList<>();
    for (int i = 0; i < transactions; i++) {
      Fill fill = Fill.buy("BTCUSDT", i + 1, start.plusSeconds(random.nextInt(2_000_000)));
      fills.add(fill.of((1 + random.nextInt(900)) + ".5", "1" + random.nextInt(90)));
    }
    account.trade(fills.toArray(Fill[]::new));
    List<Fill> corrected = fills.stream().filter(fill -> fill.id() % 5 == 0).toList();
    account.trade(corrected.stream().map(fill -> fill.withFee("0.25", "BNB")).toArray(Fill[]::new));
    int revised = 0;
    List<Map<String, Object>> entries =
        account.walk("/v1/entries?connection=" + account.connection.id(), 100);
    assertEquals(transactions, entries.size(), "seed " + SEED);
    for (Map<String, Object> entry : entries) {
      revised += stages(account, entry) - 1;
    }
    assertEquals(corrected.size(), revised, "seed " + SEED);
  }

  /** Looks at every stage of one; returns how many revisions there are. */
  private static int stages(BookedAccount account, Map<String, Object> entry) {
    JsonPath history = account.get("tracker", "/v1/entries/" + entry.get("id") + "/revisions");
    int revisions = history.getList("items").size();
    for (int i = 0; i < revisions; i++) {
      String at = "items[" + i + "].";
      assertTrue(history.getInt(at + "mapping_version") > 0);
      JsonPath record =
          account.get("tracker", "/v1/evidence/" + history.getString(at + "evidence"));
      String bytes = record.getString("content");
      assertEquals(TestTenant.sha256(bytes), record.getString("content_sha256"));
      assertEquals(i + 1, record.getInt("revision"));
      assertEquals("spot-trades", record.getString("stream"));
      assertTrue(record.getString("pull").startsWith("log_"));
      assertEquals(
          i > 0, bytes.contains("\"commission\":\"0.25\""), "what a correction said, and before");
      List<Map<String, String>> taken = history.getList(at + "reversals");
      assertEquals(i == 0 ? List.of() : mirrored(history, i - 1), List.copyOf(taken));
    }
    assertEquals(entry.get("postings"), history.getList("items[" + (revisions - 1) + "].postings"));
    return revisions;
  }

  private static List<Map<String, String>> mirrored(JsonPath history, int revision) {
    List<Map<String, String>> posted = history.getList("items[" + revision + "].postings");
    return posted.stream()
        .map(posting ->
            Map.of(
                "from", posting.get("to"),
                "to", posting.get("from"),
                "asset", posting.get("asset"),
                "amount", posting.get("amount")))
        .toList();
  }
}

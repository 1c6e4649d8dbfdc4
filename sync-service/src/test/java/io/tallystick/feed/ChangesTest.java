package io.tallystick.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.feed.FeedStage.Event;
import io.tallystick.ledger.EntryState;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.records.Transfers;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ChangesTest {
  private static final Instant START =
      Instant.now().minus(200, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

  @Inject BookedAccount.Maker maker;

  @Inject FeedStage stage;

  private static List<Long> positions(List<Map<String, Object>> items) {
    return items.stream().map(item -> ((Number) item.get("position")).longValue()).toList();
  }

  private static List<Object> changes(List<Map<String, Object>> items) {
    return items.stream().map(item -> item.get("change")).toList();
  }

  @Test
  void anEntryIsAddedThenModifiedThenRemovedAndMayComeBack() {
    BookedAccount account = maker.fresh();
    Event event = Event.fresh("BTC");
    List<EntryState> course =
        List.of(EntryState.PENDING, EntryState.SETTLED, EntryState.VOID, EntryState.SETTLED);
    for (EntryState state : course) {
      stage.book(account, state == EntryState.PENDING ? event.in(state) : event.becomes(state));
    }
    stage.settle(account);
    List<Map<String, Object>> items = FeedStage.walk(account, "tracker", 0, 100);
    assertEquals(List.of(1L, 2L, 3L, 4L), positions(items));
    assertEquals(List.of("added", "modified", "removed", "added"), changes(items));
    for (int i = 0; i < course.size(); i++) {
      Map<?, ?> entry = (Map<?, ?>) items.get(i).get("entry");
      assertEquals(i + 1, entry.get("revision"));
      assertEquals(course.get(i).code(), entry.get("state"));
      boolean settled = course.get(i) == EntryState.SETTLED;
      assertEquals(settled ? 1 : 0, ((List<?>) entry.get("postings")).size());
    }
    Map<?, ?> last = (Map<?, ?>) items.getLast().get("entry");
    assertEquals(
        last,
        account.get("tracker", "/v1/entries/" + last.get("id")).getMap("$"),
        "the entry has the shape that entries have");
  }

  @Test
  void onePageOfManyRecordsIsCutAnywhereWithoutLossOrRepetition() {
    BookedAccount account = maker.fresh();
    List<Fill> fills =
        LongStream.rangeClosed(1, 23)
            .mapToObj(id -> Fill.buy("BTCUSDT", id, START.plusSeconds(id)))
            .toList();
    account.trade(account.connection, fills.subList(0, 20));
    account.trade(account.connection, fills.subList(20, 23));
    stage.settle(account);
    List<Map<String, Object>> whole = FeedStage.walk(account, "accountant", 0, 1000);
    assertEquals(LongStream.rangeClosed(1, 23).boxed().toList(), positions(whole));
    assertEquals(
        23,
        whole.stream().map(item -> ((Map<?, ?>) item.get("entry")).get("id")).distinct().count());
    for (int size = 1; size <= 24; size++) {
      assertEquals(whole, FeedStage.walk(account, "accountant", 0, size), "pages of " + size);
    }
    assertEquals(
        whole.subList(7, 23), FeedStage.walk(account, "accountant", 7, 5), "from any position on");
  }

  @Test
  void aPageAskedAgainIsTheSameByteForByteWhateverHappensMeanwhile() {
    BookedAccount account = maker.fresh();
    Event event = Event.fresh("BTC");
    stage.book(account, event.in(EntryState.PENDING), Event.fresh("BTC").in(EntryState.PENDING));
    stage.settle(account);
    List<String> questions =
        List.of(
            "/v1/changes?after=0&limit=1",
            "/v1/changes?after=0&limit=1000",
            "/v1/changes?after=1&limit=1000",
            "/v1/changes?after=0&limit=1000&through=2");
    List<String> first = questions.stream().map(q -> account.ask("tracker", q).asString()).toList();
    stage.book(account, event.becomes(EntryState.SETTLED));
    stage.book(account, event.becomes(EntryState.VOID));
    stage.settle(account);
    assertEquals(first, questions.stream().map(q -> account.ask("tracker", q).asString()).toList());
    JsonPath far = account.get("tracker", "/v1/changes?after=0&limit=1000&through=4");
    assertEquals(4, far.getList("items").size(), "a known position lets a page run over commits");
    assertEquals(4, far.getLong("next"));
  }

  @Test
  void whatNoConsentOpensIsLeftOutAndThePositionStillGoesOn() {
    BookedAccount account = maker.fresh(List.of("deposits", "balances"), 100);
    Instant recent = Instant.now().minus(50, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    account.trade(Fill.buy("BTCUSDT", 1, recent));
    account.page(account.connection, "deposits", "", List.of(Transfers.deposit("old", 1, START)));
    account.page(account.connection, "deposits", "", List.of(Transfers.deposit("new", 1, recent)));
    account.trade(Fill.buy("BTCUSDT", 2, recent));
    stage.settle(account);
    assertEquals(
        List.of(3L),
        positions(FeedStage.walk(account, "tracker", 0, 1)),
        "in the consent, not old");
    Response tail = account.ask("tracker", "/v1/changes?after=3&limit=10");
    assertEquals(4, tail.jsonPath().getLong("next"));
    assertEquals(List.of(), tail.jsonPath().getList("items"));
    assertEquals("4", tail.header(ChangesResource.HEAD));
    assertEquals(
        List.of(), FeedStage.walk(account, "other", 0, 10), "no consent names this client");

    account.withdraw();
    stage.settle(account);
    assertEquals(
        List.of("ended"),
        changes(FeedStage.walk(account, "tracker", 0, 10)),
        "no record is shown any more");
    assertEquals(4, account.get("tracker", "/v1/changes?after=3").getLong("next"));
  }

  @Test
  void tenantsHaveFeedsOfTheirOwn() {
    BookedAccount ours = maker.fresh();
    BookedAccount theirs = maker.fresh();
    stage.book(ours, Event.fresh("BTC").in(EntryState.PENDING));
    stage.book(theirs, Event.fresh("BTC").in(EntryState.PENDING));
    stage.book(ours, Event.fresh("BTC").in(EntryState.PENDING));
    stage.settle(ours);
    stage.settle(theirs);
    assertEquals(List.of(1L, 2L), positions(FeedStage.walk(ours, "tracker", 0, 9)));
    assertEquals(List.of(1L), positions(FeedStage.walk(theirs, "tracker", 0, 9)));
  }

  @Test
  void whoFollowsTheFeedIsInTheAccessLogForWhatHeWasShown() {
    BookedAccount account = maker.fresh();
    stage.book(
        account,
        Event.fresh("BTC").in(EntryState.PENDING),
        Event.fresh("A").in(EntryState.PENDING));
    stage.settle(account);
    account.get("tracker", "/v1/changes?after=0");
    account.get("tracker", "/v1/changes?after=2");
    List<Map<String, String>> reads =
        account.leaves("read").stream()
            .filter(facts -> "GET /v1/changes".equals(facts.get("route")))
            .toList();
    assertEquals(1, reads.size(), "an empty answer tells of nobody");
    assertEquals("2", reads.getFirst().get("rows"));
    assertEquals("deposits", reads.getFirst().get("domain"));
    assertEquals(account.connection.id(), reads.getFirst().get("connections"));
  }

  @Test
  void theTableHasALineForEachPosting() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START).withFee("0.5", "BNB"));
    stage.book(account, Event.fresh("BTC").in(EntryState.PENDING));
    stage.settle(account);
    Response page = account.tenant.as("tracker").accept("text/csv").get("/v1/changes?limit=1");
    List<String> lines = page.then().statusCode(200).extract().asString().lines().toList();
    assertEquals(4, lines.size(), lines.toString());
    assertTrue(lines.getFirst().startsWith("position,change,entry_id,entry_connection,"));
    assertTrue(lines.get(1).startsWith("1,added,ent_"), lines.get(1));
    assertEquals("1", page.header("next-cursor"));
    String rest = account.csv("tracker", "/v1/changes?after=1");
    assertEquals(2, rest.lines().count(), "an entry without postings is one line");
  }

  @Test
  void badQuestionsAreRefusedByName() {
    BookedAccount account = maker.fresh();
    stage.book(account, Event.fresh("BTC").in(EntryState.PENDING));
    stage.settle(account);
    Map<String, String> bad =
        Map.of(
            "after=-1", "after",
            "after=x", "after",
            "after=2", "after",
            "after=9999999999999999999", "after",
            "limit=0", "limit",
            "limit=1001", "limit",
            "through=2", "through",
            "through=", "through");
    bad.forEach((query, field) -> {
      Response refused = account.ask("tracker", "/v1/changes?" + query);
      assertEquals(400, refused.statusCode(), query);
      assertEquals(field, refused.jsonPath().getString("field"), query);
    });
    assertEquals(
        1, account.get("tracker", "/v1/changes?after=1&through=0").getLong("next"), "never back");
    for (String role : List.of("operator", "compliance")) {
      assertEquals(403, account.ask(role, "/v1/changes").statusCode(), role);
    }
  }

  @Test
  @DisplayName("F4 the same page again changes nothing and tells nobody anything")
  void thePageThatWroteNothingLeavesNothingInTheFeed() {
    BookedAccount account = maker.fresh();
    account.trade(Fill.buy("BTCUSDT", 1, START));
    stage.settle(account);
    account.trade(Fill.buy("BTCUSDT", 1, START));
    assertEquals(0, FeedStage.waiting(account));
    assertEquals(1, FeedStage.walk(account, "tracker", 0, 10).size());
  }
}

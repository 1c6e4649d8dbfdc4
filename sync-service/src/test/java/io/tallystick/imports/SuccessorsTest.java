package io.tallystick.imports;

import static io.tallystick.imports.ProductPagesTest.PAGES;
import static io.tallystick.imports.ProductPagesTest.STATEMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import io.tallystick.kernel.PublicIds;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Entries that are gone answer with what stands in their place, whatever came in which order. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SuccessorsTest {
  private static final String HEADER = "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark";

  @Inject Desk desk;

  private static List<UUID> entries(Desk.At at, String state) {
    return at.account.in(tx ->
        tx.sql(
                """
                select entry_id from (select distinct on (entry_id) entry_id, state from entry
                  where tenant_id = ? and holder_id = ? order by entry_id, revision desc) e
                where (state = 'void') = (? = 'void') order by entry_id
                """)
            .bind(tx.tenant(), at.account.holderKey, state)
            .list(row -> row.getObject(1, UUID.class)));
  }

  /** What the interface answers for each entry that is gone; each answer stands. */
  private static Map<UUID, Set<UUID>> answers(Desk.At at) {
    long holder = at.account.holderKey;
    Map<String, UUID> standing = new HashMap<>();
    for (UUID id : entries(at, "settled")) {
      standing.put(PublicIds.entry(holder, id), id);
    }
    Map<UUID, Set<UUID>> answers = new TreeMap<>();
    for (UUID id : entries(at, "void")) {
      JsonPath gone = at.account.get("tracker", "/v1/entries/" + PublicIds.entry(holder, id));
      assertEquals("void", gone.getString("state"));
      List<String> successors = gone.getList("successors");
      Set<UUID> answer = new TreeSet<>();
      for (String one : successors == null ? List.<String>of() : successors) {
        assertTrue(standing.containsKey(one), "an answer that does not stand");
        answer.add(standing.get(one));
      }
      answers.put(id, answer);
    }
    return answers;
  }

  private static Batch statement(Desk.At at) {
    return at.take("statement.csv", STATEMENT.strip().split("\n"));
  }

  private static void undone(Desk.At at, Batch batch) {
    assertEquals(State.UNDONE, at.undo(batch).state());
  }

  /** What the entries of a statement answer that came and went among pages. */
  private Map<UUID, Set<UUID>> among(List<String> before, List<String> beside, List<String> after) {
    Desk.At at = desk.open();
    before.forEach(at::fixture);
    Batch statement = statement(at);
    Set<UUID> told = new HashSet<>(entries(at, "settled"));
    beside.forEach(at::fixture);
    undone(at, statement);
    after.forEach(at::fixture);
    told.removeAll(entries(at, "settled"));
    Map<UUID, Set<UUID>> answers = answers(at);
    answers.keySet().retainAll(told);
    return answers;
  }

  @Test
  void whatAStatementToldAnswersWithThePagesEntriesWheneverTheyCame() {
    Map<UUID, Set<UUID>> beside = among(List.of(), PAGES, List.of());
    assertEquals(13, beside.size());
    // Of two equal rows of a page nobody knows which is which of two lines.
    assertEquals(
        11, beside.values().stream().filter(one -> one.size() == 1).count(), beside.toString());
    assertEquals(2, beside.values().stream().filter(one -> one.size() == 2).count());
    assertEquals(beside, among(PAGES, List.of(), List.of()));
    assertEquals(beside, among(List.of(), List.of(), PAGES));
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      List<String> pages = new ArrayList<>(PAGES);
      Collections.shuffle(pages, random);
      int first = random.nextInt(PAGES.size());
      int second = first + random.nextInt(PAGES.size() - first);
      assertEquals(
          beside,
          among(
              pages.subList(0, first),
              pages.subList(first, second),
              pages.subList(second, pages.size())),
          "seed " + seed);
    }
  }

  @Test
  void whatAPageToldAnswersWithTheStatementsEntryAndBackAgain() {
    Desk.At at = desk.open();
    at.fixture("E2.csv");
    List<UUID> page = entries(at, "settled");
    assertEquals(1, page.size());
    Batch statement = statement(at);
    Set<UUID> answer = answers(at).get(page.getFirst());
    assertEquals(1, answer.size());
    undone(at, statement);
    assertEquals(Set.copyOf(page), answers(at).get(answer.iterator().next()));
  }

  @Test
  void whatOnePageToldAnswersWithTheOther() {
    Desk.At at = desk.open();
    Batch income =
        at.take(
            "Binance-Futures-Transaction-History-202604011300(UTC).csv",
            "Time,Type,Amount,Asset,Symbol,Transaction ID",
            "2024-01-02 17:00:00,REALIZED_PNL,1.25,USDT,ETHUSDT,81",
            "2024-01-02 17:00:01,COMMISSION,-0.019204,USDT,ETHUSDT,81");
    at.fixture("X2.csv");
    Set<UUID> before = new HashSet<>(entries(at, "settled"));
    undone(at, income);
    Set<UUID> now = new TreeSet<>(entries(at, "settled"));
    now.removeAll(before);
    Set<UUID> answered = new TreeSet<>();
    for (Set<UUID> one : answers(at).values()) {
      assertEquals(1, one.size(), "a result and a fee are two");
      answered.addAll(one);
    }
    assertEquals(now, answered);
    assertEquals(2, now.size());
  }

  @Test
  void aFillTakenBackAnswersWithWhatTheStatementMakesOfIt() {
    String[] trades = {
      "Date(UTC),Pair,Side,Price,Executed,Amount,Fee",
      "2023-11-04 09:15:27,BTCUSDT,BUY,34812.40,0.0125BTC,435.155USDT,0.0003BNB"
    };
    String[] lines = {
      HEADER,
      "900123456,2023-11-04 09:15:27,Spot,Transaction Buy,BTC,0.0125,",
      "900123456,2023-11-04 09:15:27,Spot,Transaction Spend,USDT,-435.155,",
      "900123456,2023-11-04 09:15:27,Spot,Transaction Fee,BNB,-0.0003,"
    };
    for (boolean fillsFirst : List.of(true, false)) {
      Desk.At at = desk.open();
      Batch fills = fillsFirst ? at.take("trades.csv", trades) : null;
      at.take("statement.csv", lines);
      fills = fills == null ? at.take("trades.csv", trades) : fills;
      UUID fill = entries(at, "settled").getFirst();
      undone(at, fills);
      assertEquals(Set.copyOf(entries(at, "settled")), answers(at).get(fill));
      assertEquals(1, entries(at, "settled").size());
    }
  }

  @Test
  void anOrderThatALaterExportKnowsMoreOfAnswersWithThat() {
    String header =
        "Date(UTC),OrderNo,Pair,Type,Side,Order Price,Order Amount,Time,Executed,Average Price,"
            + "Trading total,Status";
    String row = "2023-11-04 09:15:20,77001,BTCUSDT,LIMIT,BUY,10,3BTC,2023-11-04 %s,%s";
    Desk.At at = desk.open();
    at.take("first.csv", header, row.formatted("09:15:27", "1BTC,10,10USDT,PARTIALLY_FILLED"));
    UUID first = entries(at, "settled").getFirst();
    Batch later = at.take("later.csv", header, row.formatted("10:15:27", "3BTC,10,30USDT,FILLED"));
    UUID second = entries(at, "settled").getFirst();
    assertEquals(Map.of(first, Set.of(second)), answers(at));
    undone(at, later);
    assertEquals(Map.of(second, Set.of(first)), answers(at));
  }

  @Test
  void aTwinThatNobodyTellsAnyMoreHasNoSuccessor() {
    String line = "900123456,2022-05-06 00:40:00,Spot,Simple Earn Flexible Interest,USDT,0.5,";
    Desk.At at = desk.open();
    at.take("one.csv", HEADER, line);
    Batch both = at.take("two.csv", HEADER, line, line);
    assertEquals(2, entries(at, "settled").size());
    undone(at, both);
    assertEquals(1, entries(at, "settled").size());
    assertEquals(List.of(Set.of()), List.copyOf(answers(at).values()));
  }

  @Test
  void theFeeOfAPositionKeepsItsIdWhenTheStatementTellsTheResult() {
    Desk.At at = desk.open();
    at.fixture("X2.csv");
    Map<UUID, String> before = kinds(at);
    assertEquals(Set.of("income", "fee"), Set.copyOf(before.values()));
    at.take(
        "statement.csv",
        HEADER,
        "900123456,2024-01-02 17:00:00,USD-M Futures,Realized Profit and Loss,USDT,1.25,"
            + "TradeID - 10");
    Map<UUID, String> after = kinds(at);
    after.keySet().retainAll(before.keySet());
    assertEquals(List.of("fee"), List.copyOf(after.values()));
    before.keySet().retainAll(after.keySet());
    assertEquals(after, before);
  }

  private static Map<UUID, String> kinds(Desk.At at) {
    Map<UUID, String> kinds = new TreeMap<>();
    for (UUID id : entries(at, "settled")) {
      String path = "/v1/entries/" + PublicIds.entry(at.account.holderKey, id);
      kinds.put(id, at.account.get("tracker", path).getString("kind"));
    }
    return kinds;
  }
}

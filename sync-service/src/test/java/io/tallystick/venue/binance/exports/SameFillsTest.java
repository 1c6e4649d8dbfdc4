package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.kernel.Decimals;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same eight fills in every form, and in the answer of the API: one multiset of facts. */
final class SameFillsTest {
  private static Map<List<Object>, Integer> count(Stream<List<Object>> facts) {
    Map<List<Object>, Integer> counts = new java.util.HashMap<>();
    facts.forEach(one -> counts.merge(one, 1, Integer::sum));
    return counts;
  }

  private static Stream<List<Object>> facts(String file) {
    return Given.fixture(file).records(Fill.class).stream()
        .map(fill -> List.of(fill.second(), fill.facts()));
  }

  private static Stream<List<Object>> api() throws IOException {
    List<List<Object>> facts = new ArrayList<>();
    for (JsonNode trade : new ObjectMapper().readTree(Given.bytes("api-myTrades.json"))) {
      facts.add(
          List.of(
              Instant.ofEpochSecond(trade.get("time").longValue() / 1000),
              List.of(
                  trade.get("symbol").textValue(),
                  trade.get("isBuyer").booleanValue() ? "buy" : "sell",
                  number(trade, "qty"),
                  number(trade, "quoteQty"),
                  number(trade, "commission"),
                  trade.get("commissionAsset").textValue())));
    }
    return facts.stream();
  }

  private static String number(JsonNode trade, String field) {
    return Decimals.text(Decimals.of(trade.get(field).textValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"T2.csv", "T3.csv", "T3y4.csv", "T4.xlsx", "T5.xlsx"})
  void aFileHoldsWhatTheApiAnswers(String file) throws IOException {
    assertEquals(count(api()), count(facts(file)));
  }

  @Test
  void thePartsOfOneExportAddUpToIt() throws IOException {
    assertEquals(count(api()), count(Stream.concat(facts("T3p-1.csv"), facts("T3p-2.csv"))));
    FileName first = Given.fixture("T3p-1.csv").known().name();
    FileName second = Given.fixture("T3p-2.csv").known().name();
    assertEquals(first.export(), second.export());
    assertEquals(new FileName.Part(2, 2), second.part());
  }

  @ParameterizedTest
  @ValueSource(strings = {"T2q.csv", "T2b.csv", "T2z.csv", "T3es.csv", "T3cs.csv"})
  void otherDialectsAndLanguagesHoldTheNewestOfThem(String file) {
    List<List<Object>> newest = facts("T2.csv").toList();
    List<List<Object>> here = facts(file).toList();
    assertEquals(newest.subList(0, here.size()), here);
  }

  @Test
  void equalFillsStaySeparate() {
    Map<List<Object>, Integer> counts = count(facts("T2.csv"));
    assertEquals(7, counts.size());
    assertEquals(new TreeMap<>(Map.of(1, 6, 2, 1)), perCount(counts));
    assertEquals(new TreeMap<>(Map.of(1, 2, 2, 1)), perCount(count(facts("T1.csv"))));
  }

  private static Map<Integer, Integer> perCount(Map<List<Object>, Integer> counts) {
    Map<Integer, Integer> per = new TreeMap<>();
    counts.values().forEach(count -> per.merge(count, 1, Integer::sum));
    return per;
  }
}

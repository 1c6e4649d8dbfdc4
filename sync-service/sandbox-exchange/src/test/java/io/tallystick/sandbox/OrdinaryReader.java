package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.exchange.Exchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads every ordinary list of an account to its end, as a careful client would, and holds every
 * answer to its shape.
 */
final class OrdinaryReader {
  static final long DAY = 86_400_000;
  static final String EARN = "/sapi/v1/simple-earn/";
  private static final int MONTHS = 15;

  private final Exchange exchange;
  private final Caller caller;
  private final Shapes shapes = Shapes.load();
  private final Set<String> seen = new HashSet<>();

  OrdinaryReader(Exchange exchange, Caller caller) {
    this.exchange = exchange;
    this.caller = caller;
  }

  /** The endpoints that were read so far. */
  Set<String> seen() {
    return seen;
  }

  JsonNode ask(String path, String parameters) {
    exchange.meter().reset();
    JsonNode answer = caller.json(path, parameters);
    assertEquals(List.of(), shapes.of("GET " + path).orElseThrow().problems(answer), path);
    seen.add("GET " + path);
    return answer;
  }

  /** A list in pages of {@code current} and {@code size}, a month at a time. */
  List<JsonNode> months(String path, String more) {
    List<JsonNode> rows = new ArrayList<>();
    for (long[] window : windows(30, MONTHS)) {
      for (int page = 1; ; page++) {
        String asked = more + times("startTime", "endTime", window);
        JsonNode answer = ask(path, asked + "&current=" + page + "&size=100");
        JsonNode list = answer.isArray() ? answer : answer.get("rows");
        list.forEach(rows::add);
        if (list.size() < 100) {
          break;
        }
      }
    }
    return rows;
  }

  /** A list in an envelope, in pages of {@code page} and {@code rows}. */
  List<JsonNode> enveloped(String path, String more, String start, String end) {
    List<JsonNode> rows = new ArrayList<>();
    for (long[] window : windows(30, MONTHS)) {
      for (int page = 1; ; page++) {
        JsonNode answer = ask(path, more + times(start, end, window) + "&rows=100&page=" + page);
        assertEquals("000000", answer.get("code").asText());
        answer.path("data").forEach(rows::add);
        if (answer.path("data").size() < 100) {
          break;
        }
      }
    }
    return rows;
  }

  List<JsonNode> transfers(String type) {
    List<JsonNode> rows = new ArrayList<>();
    for (int page = 1; ; page++) {
      long start = now() - 200 * DAY;
      JsonNode answer =
          ask(
              "/sapi/v1/asset/transfer",
              "type=" + type + "&size=100&startTime=" + start + "&current=" + page);
      answer.get("rows").forEach(rows::add);
      if (answer.get("rows").size() < 100) {
        return rows;
      }
    }
  }

  /** Halves the window for as long as rows are left out. */
  List<JsonNode> converts(long start, long end) {
    JsonNode answer =
        ask("/sapi/v1/convert/tradeFlow", "startTime=" + start + "&endTime=" + end + "&limit=1000");
    List<JsonNode> rows = new ArrayList<>();
    if (answer.get("moreData").asBoolean()) {
      long middle = (start + end) / 2;
      rows.addAll(converts(start, middle));
      rows.addAll(converts(middle + 1, end));
    } else {
      answer.get("list").forEach(rows::add);
    }
    return rows;
  }

  List<JsonNode> allConverts() {
    List<JsonNode> rows = new ArrayList<>();
    windows(30, MONTHS).forEach(w -> rows.addAll(converts(w[0], w[1])));
    return rows;
  }

  List<JsonNode> dividends() {
    return shrinking("/sapi/v1/asset/assetDividend", "rows", "divTime", 180, 500);
  }

  List<JsonNode> payments() {
    return shrinking("/sapi/v1/pay/transactions", "data", "transactionTime", 90, 100);
  }

  /** Goes back by the time of the last row; whole milliseconds fit into a page here. */
  private List<JsonNode> shrinking(String path, String list, String time, int days, int limit) {
    List<JsonNode> rows = new ArrayList<>();
    for (long[] window : windows(days, 1 + 450 / days)) {
      long end = window[1];
      while (true) {
        JsonNode page =
            ask(path, "limit=" + limit + times("startTime", "endTime", new long[] {window[0], end}))
                .get(list);
        long last = page.isEmpty() ? 0 : page.get(page.size() - 1).get(time).asLong();
        boolean whole = page.size() < limit;
        page.forEach(r -> {
          if (whole || r.get(time).asLong() > last) {
            rows.add(r);
          }
        });
        if (whole) {
          break;
        }
        end = last;
      }
    }
    return rows;
  }

  List<JsonNode> rebates() {
    List<JsonNode> rows = new ArrayList<>();
    for (long[] window : windows(30, MONTHS)) {
      JsonNode data =
          ask("/sapi/v1/rebate/taxQuery", times("startTime", "endTime", window).substring(1))
              .get("data");
      assertEquals(data.get("totalRecords").asInt(), data.get("data").size(), "one page is enough");
      data.get("data").forEach(rows::add);
    }
    return rows;
  }

  List<JsonNode> positions(String kind) {
    JsonNode answer = ask(EARN + kind + "/position", "size=100");
    assertEquals(answer.get("total").asInt(), answer.get("rows").size());
    List<JsonNode> rows = new ArrayList<>();
    answer.get("rows").forEach(rows::add);
    return rows;
  }

  /** Windows without common instants, the newest first. */
  private List<long[]> windows(int days, int count) {
    List<long[]> windows = new ArrayList<>();
    long end = now();
    for (int i = 0; i < count; i++) {
      windows.add(new long[] {end - days * DAY + 1, end});
      end -= days * DAY;
    }
    return windows;
  }

  private long now() {
    return exchange.clock().millis();
  }

  private static String times(String start, String end, long[] window) {
    return "&" + start + "=" + window[0] + "&" + end + "=" + window[1];
  }
}

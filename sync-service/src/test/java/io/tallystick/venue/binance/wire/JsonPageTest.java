package io.tallystick.venue.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JsonPageTest {
  @Test
  void recordsKeepTheirExactBytes() {
    String first = "{ \"a\" : \"1.50\",\n\t\"é\":\"\\u00e9\" , \"n\": 1.50e0 }";
    String page = "\n [ " + first + " ,{},[1, 2] , \"text\" ,17 , -1.5,null,true ]\r\n";

    assertEquals(
        List.of(first, "{}", "[1, 2]", "\"text\"", "17", "-1.5", "null", "true"), rows(page));
  }

  @Test
  void cutsTheNamedArrayOutOfAnObject() {
    assertEquals(
        List.of("{\"a\":1}", "{\"a\":2}"),
        texts(
            JsonPage.member(
                "{\"total\":2,\"other\":[{\"x\":0}],\"rows\":[{\"a\":1}, {\"a\":2}],\"z\":{}}"
                    .getBytes(UTF_8),
                "rows")));
    assertInstanceOf(
        JsonPage.Broken.class, JsonPage.member("{\"rows\":{}}".getBytes(UTF_8), "rows"));
    assertInstanceOf(JsonPage.Broken.class, JsonPage.member("[]".getBytes(UTF_8), "rows"));
  }

  @Test
  void anyPageOfAnyRecordsComesBackUnchanged() {
    long seed = 20261121;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<String> records = new ArrayList<>();
      StringBuilder page = new StringBuilder("[");
      for (int i = 0; i < random.nextInt(20); i++) {
        String record = value(random, 0);
        records.add(record);
        page.append(i == 0 ? "" : ",").append(blanks(random)).append(record);
        page.append(blanks(random));
      }
      assertEquals(records, rows(page + "]"), "seed " + seed + ", round " + round);
    }
  }

  @Test
  @DisplayName("F32 a byte order mark before the page is skipped, inside a text it is kept")
  void aByteOrderMarkIsNoObstacle() {
    assertEquals(List.of("{\"a\":1}"), rows("\uFEFF[{\"a\":1}]"));
    assertEquals(List.of("{\"a\":\"\uFEFF\"}"), rows("[{\"a\":\"\uFEFF\"}]"));
  }

  @Test
  @DisplayName("F32 NUL and a lone surrogate are one record's trouble, not the page's")
  void nastyTextStaysInsideItsRecord() {
    assertEquals(
        List.of("{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"ok\"}"),
        rows("[{\"a\":\"\\u0000\"},{\"a\":\"\\ud800\"},{\"a\":\"ok\"}]"));
  }

  static List<String> broken() {
    return List.of(
        "",
        "   ",
        "{}",
        "17",
        "[",
        "[{\"a\":1}",
        "[{\"a\":1},",
        "[{\"a\":1}]]",
        "[{\"a\":1}] x",
        "[{\"a\":1}][]",
        "[{\"a\":1,\"a\":2}]",
        "[{\"a\":{\"b\":1,\"b\":2}}]",
        "[{\"a\":NaN}]",
        "[{\"a\":Infinity}]",
        "[{\"a\":1}/* why */]",
        "[{\"a\":1} // why\n]",
        "[{'a':1}]",
        "[{a:1}]",
        "[{\"a\":01}]",
        "[{\"a\":+1}]",
        "[{\"a\":1},]",
        "[{\"a\":\"\n\"}]",
        "[".repeat(10_000) + "]".repeat(10_000),
        "[{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}]",
        "[{\"a\":\"" + "x".repeat(10_000_000) + "\"}]",
        "[{\"a\":" + "1".repeat(5_000) + "}]",
        "[{\"" + "n".repeat(5_000) + "\":1}]");
  }

  @ParameterizedTest
  @MethodSource("broken")
  @DisplayName("F32 what is not strict JSON breaks the page as a whole")
  void whatIsNotStrictJsonBreaksThePage(String page) {
    JsonPage.Broken broken =
        assertInstanceOf(JsonPage.Broken.class, JsonPage.array(page.getBytes(UTF_8)));
    assertTrue(broken.why().length() < 60, broken.why());
    assertInstanceOf(JsonPage.Broken.class, JsonPage.member(page.getBytes(UTF_8), "rows"));
  }

  @Test
  @DisplayName("F32 bytes that are no UTF-8, or another encoding, break the page")
  void otherEncodingsBreakThePage() {
    byte[] latin = {'[', '"', (byte) 0xE9, '"', ']'};
    assertInstanceOf(JsonPage.Broken.class, JsonPage.array(latin));
    assertInstanceOf(
        JsonPage.Broken.class,
        JsonPage.array("[1]".getBytes(java.nio.charset.StandardCharsets.UTF_16)));
  }

  @Test
  void aWholeAnswerIsOneRecordWithAllItsBytes() {
    assertEquals(List.of(" {\"a\":1} "), texts(JsonPage.whole(" {\"a\":1} ".getBytes(UTF_8))));
    assertInstanceOf(JsonPage.Broken.class, JsonPage.whole("17".getBytes(UTF_8)));
    assertInstanceOf(JsonPage.Broken.class, JsonPage.whole("{\"a\":1}{}".getBytes(UTF_8)));
    assertInstanceOf(JsonPage.Broken.class, JsonPage.whole("{\"a\":1,\"a\":1}".getBytes(UTF_8)));
  }

  @Test
  @DisplayName("F32 a page read in one go has the records that it has in two steps, or none")
  void readingInOneGoAddsAndLosesNothing() {
    long seed = 20261122;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<String> records = new ArrayList<>();
      for (int i = 0; i < random.nextInt(20); i++) {
        records.add("{\"id\":" + random.nextInt() + " ,\"a\":" + value(random, 0) + "}");
      }
      byte[] page = ("[" + String.join(blanks(random) + ",", records) + "]").getBytes(UTF_8);
      List<CutRow> read = CutRow.array(page);
      assertNotNull(read, "seed " + seed + ", round " + round);
      assertEquals(records, read.stream().map(cut -> new String(cut.bytes(), UTF_8)).toList());
      for (CutRow cut : read) {
        assertEquals(told(Row.of(cut.bytes())), told(cut.row()), "seed " + seed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("broken")
  @DisplayName("F32 what is not strict JSON, or holds an odd record, is not read in one go")
  void whatIsOddIsNotReadInOneGo(String page) {
    assertNull(CutRow.array(page.getBytes(UTF_8)));
    assertNull(CutRow.array("[{\"a\":1},17]".getBytes(UTF_8)));
    assertNull(CutRow.array("[{\"a\":1e99999999999}]".getBytes(UTF_8)));
    assertNull(CutRow.array("[{\"a\":1,\"b\":2,\"a\":1}]".getBytes(UTF_8)));
  }

  @Test
  void recordsOfMoreMembersThanRecordsHaveAreReadOneByOne() {
    String most =
        IntStream.range(0, 64).mapToObj(i -> "\"n" + i + "\":" + i).collect(joining(",", "{", "}"));
    String more = most.replace("}", ",\"n64\":64}");
    List<CutRow> read = CutRow.array(("[" + most + "]").getBytes(UTF_8));
    assertNotNull(read);
    assertEquals(63, read.getFirst().row().integer("n63"));
    assertNull(CutRow.array(("[" + more + "]").getBytes(UTF_8)));
    assertEquals(64, Row.of(more.getBytes(UTF_8)).integer("n64"));
  }

  // All that can be told of a value, whatever it is.
  private static List<Object> told(Row row) {
    List<Object> told = new ArrayList<>();
    told.add(row.integer("id"));
    told.add(row.has("a"));
    told.add(row.fact("a"));
    told.add(row.decimal("a"));
    told.add(String.valueOf(row.flagIfThere("a")));
    told.add(String.valueOf(row.textIfThere("a")));
    told.add(row.rows("a").size());
    told.add(row.object("a").fact("b"));
    told.add(String.valueOf(row.wrong()));
    return told;
  }

  private static List<String> rows(String page) {
    return texts(JsonPage.array(page.getBytes(UTF_8)));
  }

  private static List<String> texts(JsonPage page) {
    return assertInstanceOf(JsonPage.Rows.class, page).rows().stream()
        .map(row -> new String(row, UTF_8))
        .toList();
  }

  private static String blanks(Random random) {
    return List.of("", " ", "\n\t ", "").get(random.nextInt(4));
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 3 ? 5 : 7)) {
      case 0 -> "\"t\\\"}],[{é🦊\\\\" + random.nextInt() + "\"";
      case 1 -> Integer.toString(random.nextInt());
      case 2 -> random.nextInt(9) + "." + random.nextInt(99) + "e-" + random.nextInt(9);
      case 3 -> "null";
      case 4 -> "true";
      case 5 -> "{\"a\":" + value(random, depth + 1) + " , \"b\":" + value(random, depth + 1) + "}";
      default -> "[" + value(random, depth + 1) + ", " + value(random, depth + 1) + "]";
    };
  }
}

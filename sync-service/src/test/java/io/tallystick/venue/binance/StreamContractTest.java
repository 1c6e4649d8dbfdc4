package io.tallystick.venue.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered stream owes; adding a stream adds it here by itself. */
final class StreamContractTest {
  static final Path MAPPING = Path.of("src/main/java/io/tallystick/venue/binance/MAPPING.md");

  static List<Stream> streams() {
    return new BinanceVenue().streams();
  }

  @Test
  void namesAreUniqueAndPlain() {
    Set<String> names = new HashSet<>();
    for (Stream stream : streams()) {
      assertTrue(stream.name().matches("[a-z]+(-[a-z]+)*"), stream.name());
      assertTrue(names.add(stream.name()), stream.name());
      assertTrue(stream.mappingVersion() > 0);
    }
    assertFalse(names.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("streams")
  void theFixtureIsReadWithoutLosingARow(Stream stream) {
    Fetch.Page page = page(stream, fixture(stream));

    assertFalse(page.records().isEmpty());
    for (Raw raw : page.records()) {
      Reading reading = map(stream, raw.bytes());
      assertFalse(reading instanceof Reading.Unread, stream.name() + " " + reading);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  @DisplayName("The fixture's records, entries and postings are the golden ones")
  void pageBecomesRecordsEntriesAndPostings(Stream stream) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Raw raw : page(stream, fixture(stream)).records()) {
      text.append("record ").append(raw.key()).append(" born ").append(raw.bornAt()).append('\n');
      text.append(Fixtures.show(map(stream, raw.bytes()))).append("\n\n");
    }
    assertEquals(Fixtures.text(stream.name() + ".golden.txt").strip(), text.toString().strip());
  }

  @ParameterizedTest
  @MethodSource("streams")
  void recordsAreTheVeryBytesOfThePage(Stream stream) {
    if (Fixtures.REWRITTEN.contains(stream.name())) {
      return;
    }
    String body = new String(fixture(stream), UTF_8);
    for (Raw raw : page(stream, fixture(stream)).records()) {
      assertTrue(body.contains(new String(raw.bytes(), UTF_8)), raw.key());
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void keysAreUniqueAndStable(Stream stream) {
    List<String> keys = keys(page(stream, fixture(stream)));

    assertEquals(keys.size(), new HashSet<>(keys).size(), keys.toString());
    assertEquals(keys, keys(page(stream, fixture(stream))));
    keys.forEach(key -> assertTrue(key.codePoints().allMatch(c -> c > 31), key));
  }

  @ParameterizedTest
  @MethodSource("streams")
  @DisplayName("F12 the order inside a page does not matter")
  void theOrderInsideAPageDoesNotMatter(Stream stream) throws IOException {
    JsonNode tree = Fixtures.JSON.readTree(fixture(stream));
    ArrayNode rows = Fixtures.rows(tree);
    Fetch.Page expected = page(stream, tree.toString().getBytes(UTF_8));
    List<JsonNode> shuffled = new ArrayList<>();
    rows.forEach(shuffled::add);
    long seed = 12;
    for (int round = 0; round < 10; round++) {
      Collections.shuffle(shuffled, new Random(seed + round));
      rows.removeAll();
      rows.addAll(shuffled);
      Fetch.Page page = page(stream, tree.toString().getBytes(UTF_8));
      assertEquals(expected.next(), page.next(), "seed " + (seed + round));
      if (expected.records().size() > 1) {
        assertEquals(shown(stream, expected), shown(stream, page), "seed " + (seed + round));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void mappingIsPure(Stream stream) {
    for (Raw raw : page(stream, fixture(stream)).records()) {
      byte[] before = raw.bytes().clone();
      assertEquals(map(stream, raw.bytes()), map(stream, raw.bytes()));
      assertEquals(map(stream, raw.bytes()), map(stream, raw));
      assertEquals(new String(before, UTF_8), new String(raw.bytes(), UTF_8));
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  @DisplayName("F30 unknown fields change nothing, and numbers and texts may be swapped")
  void unknownFieldsAndSwappedFormsChangeNothing(Stream stream) throws IOException {
    String expected = shownAll(stream, fixture(stream));

    assertEquals(
        expected, shownAll(stream, JsonEdits.edited(fixture(stream), o -> o.put("brandNew", "x"))));
    assertEquals(
        expected,
        shownAll(
            stream,
            JsonEdits.edited(fixture(stream), o -> o.putObject("brandNew").putArray("deep"))));
    assertEquals(
        expected, shownAll(stream, JsonEdits.edited(fixture(stream), JsonEdits::numbersAsText)));
    assertEquals(
        expected, shownAll(stream, JsonEdits.edited(fixture(stream), JsonEdits::moneyAsNumbers)));
  }

  @ParameterizedTest
  @MethodSource("streams")
  @DisplayName("F30 a field that is missing, null, unknown or of another type harms its row only")
  void oneBadFieldHarmsItsRowOnly(Stream stream) throws IOException {
    for (String field : JsonEdits.fields(Fixtures.rows(Fixtures.JSON.readTree(fixture(stream))))) {
      for (Consumer<ObjectNode> edit : JsonEdits.edits(field)) {
        Fetch.Page page = page(stream, JsonEdits.editedFirst(fixture(stream), field, edit));
        assertEquals(page(stream, fixture(stream)).records().size(), page.records().size(), field);
        for (Raw raw : page.records()) {
          assertEquals(map(stream, raw.bytes()), map(stream, raw), field);
        }
        if (page.records().size() > 1) {
          assertFalse(
              map(stream, page.records().getLast().bytes()) instanceof Reading.Unread, field);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  @DisplayName("F32 bytes of any kind are unread, never an exception")
  void mappingIsTotal(Stream stream) {
    long seed = 31;
    Random random = new Random(seed);
    for (Raw raw : page(stream, fixture(stream)).records()) {
      for (int round = 0; round < 400; round++) {
        byte[] bytes = raw.bytes().clone();
        for (int hits = random.nextInt(4); hits >= 0; hits--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        assertNotNull(map(stream, bytes), "seed " + seed + ", round " + round);
      }
    }
    for (String junk : List.of("", "null", "[]", "17", "\"x\"", "{", "[[[[", "{\"a\":NaN}")) {
      Reading reading = map(stream, junk.getBytes(UTF_8));
      boolean emptyWallet = junk.equals("[]") && reading instanceof Reading.BalancesSeen;
      assertTrue(reading instanceof Reading.Unread || emptyWallet, junk);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void callsStayOnTheAllowListAndWithinTheVenuesLimits(Stream stream) {
    Bookmark at = stream.start(Instant.EPOCH);
    for (int step = 0; step < 3; step++) {
      Call call = stream.next(Fixtures.partition(stream), at, Fixtures.NOW);
      assertTrue(new BinanceVenue().endpoints().contains(call.endpoint()), call.toString());
      assertEquals(call.endpoint().weight(), call.weight());
      assertTrue(Integer.parseInt(call.parameters().getOrDefault("limit", "1")) <= 1_000);
      assertFalse(call.parameters().containsKey("timestamp"));
      at =
          assertInstanceOf(
                  Fetch.Page.class,
                  stream.read(
                      Fixtures.partition(stream),
                      at,
                      Fixtures.NOW,
                      Fixtures.ok(new String(fixture(stream), UTF_8))))
              .next();
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  @DisplayName("F29 what is not the documented outline is unreadable as a whole")
  void anotherOutlineIsUnreadable(Stream stream) {
    for (String body : List.of("17", "\"ok\"", "<html>", "{\"a\":1,\"a\":2}", "[1,2", "")) {
      assertInstanceOf(
          Fetch.Unreadable.class,
          stream.read(
              Fixtures.partition(stream),
              stream.start(Instant.EPOCH),
              Fixtures.NOW,
              Fixtures.ok(body)),
          body);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void moneyIsWrittenAsTextInTheFixtures(Stream stream) throws IOException {
    JsonEdits.walk(
        Fixtures.JSON.readTree(fixture(stream)),
        node -> assertFalse(node.isFloatingPointNumber(), node.toString()));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void theMappingTableNamesEveryFieldOfTheFixture(Stream stream) throws IOException {
    String all = Files.readString(MAPPING);
    int from = all.indexOf("## " + stream.name() + "\n");
    assertTrue(from >= 0, "no section of " + stream.name());
    int to = all.indexOf("\n## ", from + 3);
    String section = all.substring(from, to < 0 ? all.length() : to);
    Set<String> missing = new TreeSet<>();
    for (String field : JsonEdits.fields(Fixtures.JSON.readTree(fixture(stream)))) {
      if (!section.contains("`" + field + "`")) {
        missing.add(field);
      }
    }
    assertEquals(Set.of(), missing, stream.name());
  }

  private static byte[] fixture(Stream stream) {
    return Fixtures.bytes(stream.name() + ".json");
  }

  private static Fetch.Page page(Stream stream, byte[] body) {
    return assertInstanceOf(
        Fetch.Page.class,
        stream.read(
            Fixtures.partition(stream),
            stream.start(Instant.EPOCH),
            Fixtures.NOW,
            Fixtures.ok(new String(body, UTF_8))));
  }

  private static Reading map(Stream stream, Raw raw) {
    return stream.map(Fixtures.partition(stream), raw, Fixtures.SEEN);
  }

  private static Reading map(Stream stream, byte[] record) {
    return stream.map(Fixtures.partition(stream), record, Fixtures.SEEN);
  }

  private static List<String> keys(Fetch.Page page) {
    return page.records().stream().map(Raw::key).toList();
  }

  private static Map<String, String> shown(Stream stream, Fetch.Page page) {
    Map<String, String> shown = new TreeMap<>();
    for (Raw raw : page.records()) {
      shown.put(raw.key(), Fixtures.show(map(stream, raw.bytes())));
    }
    return shown;
  }

  private static String shownAll(Stream stream, byte[] body) {
    return shown(stream, page(stream, body)).toString();
  }
}

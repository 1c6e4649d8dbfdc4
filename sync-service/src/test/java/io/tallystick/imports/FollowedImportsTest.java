package io.tallystick.imports;

import static io.tallystick.imports.ProductPagesTest.PAGES;
import static io.tallystick.imports.ProductPagesTest.STATEMENT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who only ever follows the feed ends with the books, whatever came, went and came back. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class FollowedImportsTest {
  @Inject Desk desk;

  /** A copy of the books, kept by changes alone. */
  private static final class Copy {
    private final Desk.At at;
    private final Map<String, Object> entries = new TreeMap<>();
    private final List<String> removed = new ArrayList<>();
    private long after;

    Copy(Desk.At at) {
      this.at = at;
    }

    private void follow() {
      long before;
      do {
        before = after;
        JsonPath page = at.account.get("tracker", "/v1/changes?limit=1000&after=" + after);
        List<Map<String, Object>> items = page.getList("items");
        items.forEach(this::take);
        after = page.getLong("next");
      } while (after > before);
    }

    private void take(Map<String, Object> item) {
      @SuppressWarnings("unchecked")
      Map<String, Object> entry = (Map<String, Object>) Objects.requireNonNull(item.get("entry"));
      String id = String.valueOf(entry.get("id"));
      switch (String.valueOf(item.get("change"))) {
        case "added" -> assertNull(entries.put(id, told(entry)), "added and known: " + item);
        case "modified" ->
            assertTrue(entries.put(id, told(entry)) != null, "modified and unknown: " + item);
        case "removed" -> {
          assertTrue(entries.remove(id) != null, "removed and unknown: " + item);
          removed.add(id);
        }
        default -> throw new AssertionError(item);
      }
    }

    void holdsTheBooks(String when) {
      // The same entries once more mean nothing: a change that only comes later would be missed.
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> {
            follow();
            assertEquals(books(at), entries, when);
          });
    }
  }

  private static Object told(Map<String, Object> entry) {
    Map<String, Object> told = new TreeMap<>();
    for (String name : List.of("kind", "state", "occurred_at", "revision", "postings")) {
      told.put(name, String.valueOf(entry.get(name)));
    }
    return told;
  }

  private static Map<String, Object> books(Desk.At at) {
    Map<String, Object> books = new TreeMap<>();
    String cursor = "";
    while (cursor != null) {
      JsonPath page =
          at.account.get(
              "tracker",
              "/v1/entries?limit=200&connection="
                  + at.on.id()
                  + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      List<Map<String, Object>> items = page.getList("items");
      items.stream()
          .filter(entry -> !"void".equals(entry.get("state")))
          .forEach(entry -> books.put(String.valueOf(entry.get("id")), told(entry)));
      cursor = page.getString("next_cursor");
    }
    return books;
  }

  private static void bring(Desk.At at, String file, Map<String, Batch> in) {
    in.put(
        file,
        file.isEmpty()
            ? at.take("statement.csv", STATEMENT.strip().split("\n"))
            : at.fixture(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void filesComeAndGo(int seed) {
    Desk.At at = desk.open();
    Copy copy = new Copy(at);
    Random random = new Random(seed);
    List<String> files = new ArrayList<>(PAGES);
    files.add("");
    Map<String, Batch> in = new TreeMap<>();
    for (int step = 0; step < 14; step++) {
      String file = files.get(random.nextInt(files.size()));
      if (in.containsKey(file)) {
        at.undo(Objects.requireNonNull(in.remove(file)));
      } else {
        bring(at, file, in);
      }
      if (random.nextInt(3) == 0) {
        copy.holdsTheBooks("seed " + seed + ", step " + step);
      }
    }
    copy.holdsTheBooks("seed " + seed);
    assertTrue(!copy.entries.isEmpty() || in.isEmpty(), "something was followed");
  }

  @Test
  void whatTakesThePlaceOfSomethingLongGoneIsNewsWhenItComes() {
    Desk.At at = desk.open();
    Copy copy = new Copy(at);
    Map<String, Batch> in = new TreeMap<>();
    bring(at, "", in);
    copy.holdsTheBooks("the statement");
    List<String> first = List.copyOf(copy.entries.keySet());
    at.undo(Objects.requireNonNull(in.remove("")));
    copy.holdsTheBooks("nothing");
    assertEquals(Map.of(), copy.entries);
    assertEquals(first, copy.removed.stream().sorted().toList(), "each is told to be gone once");
    PAGES.forEach(page -> bring(at, page, in));
    copy.holdsTheBooks("the pages");
    assertEquals(first.size(), copy.removed.size(), "nothing that is gone goes again");
  }
}

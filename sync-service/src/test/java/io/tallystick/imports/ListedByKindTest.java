package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A list of one kind has what the list of all says is of that kind, whatever file told it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ListedByKindTest {
  private static final Set<String> TRANSFERS = Set.of("deposit", "withdrawal", "internal_transfer");

  @Inject Desk desk;

  // Files about which nothing is asked, as the index of the fixtures says.
  private static List<String> files() {
    return new String(Desk.bytes("index.txt"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#") && line.endsWith("|"))
        .map(line -> line.split("\\|", -1))
        .filter(line -> Integer.parseInt(line[4]) > 0)
        .map(line -> line[0])
        .toList();
  }

  private static List<Object> ids(List<Map<String, Object>> items) {
    return items.stream().map(item -> item.get("id")).toList();
  }

  /** The pairs of kind and domain that the account's entries have. */
  private static Set<String> compared(Desk.At at) {
    String which = "?connection=" + at.on.id();
    List<Map<String, Object>> whole = at.account.walk("/v1/entries" + which, 1000);
    Set<String> pairs = new TreeSet<>();
    Set<String> kinds = new TreeSet<>();
    for (Map<String, Object> item : whole) {
      kinds.add((String) item.get("kind"));
      pairs.add(item.get("kind") + " " + item.get("domain"));
    }
    for (String kind : kinds) {
      assertEquals(
          ids(whole.stream().filter(item -> kind.equals(item.get("kind"))).toList()),
          ids(at.account.walk("/v1/entries" + which + "&kind=" + kind, 1000)),
          kind + " of " + pairs);
    }
    // What was taken back is among the entries alone.
    whole.removeIf(item -> "void".equals(item.get("state")));
    assertEquals(
        ids(whole.stream().filter(item -> "conversion".equals(item.get("kind"))).toList()),
        ids(at.account.walk("/v1/conversions" + which, 1000)),
        "conversions");
    assertEquals(
        ids(whole.stream().filter(item -> TRANSFERS.contains(item.get("kind"))).toList()),
        ids(at.account.walk("/v1/transfers" + which, 1000)),
        "transfers");
    return pairs;
  }

  @Test
  void whateverAFileTellsIsListedUnderItsKind() {
    Desk.At at = desk.open();
    for (String file : files()) {
      assertEquals(State.COMMITTED, at.fixture(file).state(), file);
    }
    Set<String> pairs = compared(at);
    assertTrue(pairs.contains("internal_transfer margin"), pairs.toString());
    assertTrue(pairs.contains("conversion earn"), pairs.toString());
    assertTrue(pairs.size() > 15, pairs.toString());
  }
}

package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the written-down statements come to in the books, and the files that tell parts of them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportBooksTest {
  private static final Map<String, String> L2 =
      Map.of(
          "funding/BNB", "0.0002",
          "funding/EUR", "-3.2",
          "funding/USDT", "10",
          "margin-isolated/BTC", "-0.000004",
          "spot/BETH", "0.10000523",
          "spot/ETH", "0.0998",
          "spot/USDT", "29.60000144");

  private static final Map<String, String> L3 =
      Map.ofEntries(
          Map.entry("funding/USDT", "-250"),
          Map.entry("spot/1INCH", "-150"),
          Map.entry("spot/ABC", "1.5"),
          Map.entry("spot/BNB", "0.00831648"),
          Map.entry("spot/BTC", "0.00611"),
          Map.entry("spot/EUR", "-300"),
          Map.entry("spot/MATIC", "-73.5"),
          Map.entry("spot/POL", "73.5"),
          Map.entry("spot/SOL", "2"),
          Map.entry("spot/TRX", "-21.4"),
          Map.entry("spot/USDT", "295.62102"),
          Map.entry("spot/XLM", "-1.9"),
          Map.entry("futures-usdm/USDT", "26.23079546"));

  /** Files of single kinds that tell of events of the statement L3. */
  private static final List<String> BESIDE = List.of("C3.csv", "P3.csv", "B3.csv", "D5d.csv");

  @Inject Desk desk;

  /** All but the earn wallet, whose interest the venue never itemises. */
  private static Map<String, String> balances(Desk.At at) {
    Map<String, String> some = new TreeMap<>(at.balances());
    some.keySet().removeIf(place -> place.startsWith("earn"));
    return some;
  }

  @ParameterizedTest
  @ValueSource(strings = {"L2.csv", "L2q.csv", "L2x.csv", "L2s.csv", "L2e.csv", "Z2.zip"})
  void aStatementInAnyDressIsTheSameBooks(String file) {
    Desk.At at = desk.open();
    at.fixture("L2.csv");
    String hash = at.hash();
    Desk.At dressed = desk.open();
    dressed.fixture(file);
    assertEquals(hash, dressed.hash());
    assertEquals(new TreeMap<>(L2), balances(dressed));
    if (!file.equals("L2.csv")) {
      assertEquals(0, at.fixture(file).counts().added());
      assertEquals(hash, at.hash());
    }
  }

  @Test
  void aStatementOfTwoYearsAndOfTwoPartsIsTheSameBooks() {
    Desk.At at = desk.open();
    Batch batch = at.fixture("L3.csv");
    assertEquals(1, batch.counts().unknown());
    assertEquals(new TreeMap<>(L3), balances(at));
    String hash = at.hash();
    for (String same : List.of("L3y4.csv", "L3x.xlsx", "L3pt.csv", "L3es.csv")) {
      assertEquals(0, at.fixture(same).counts().added(), same);
    }
    assertEquals(hash, at.hash());
    for (List<String> parts :
        List.of(List.of("L3p-1.csv", "L3p-2.csv"), List.of("L3p-2.csv", "L3p-1.csv"))) {
      Desk.At split = desk.open();
      parts.forEach(split::fixture);
      assertEquals(hash, split.hash(), parts.toString());
    }
    Desk.At packed = desk.open();
    packed.fixture("Z3.zip");
    assertEquals(hash, packed.hash());
  }

  @Test
  void whatAStatementAndAFileOfOneKindTellCountsOnceInAnyOrder() {
    List<String> files = new ArrayList<>(BESIDE);
    files.addAll(List.of("L3.csv", "D5w.csv", "T3.csv"));
    String hash = null;
    for (int seed = 0; seed < 4; seed++) {
      Collections.shuffle(files, new Random(seed));
      Desk.At at = desk.open();
      files.forEach(at::fixture);
      hash = hash == null ? at.hash() : hash;
      assertEquals(hash, at.hash(), "seed " + seed + ", " + files);
      Map<String, String> balances = balances(at);
      for (String place : List.of("spot/TRX", "spot/SOL", "funding/USDT", "spot/XLM", "spot/POL")) {
        assertEquals(L3.get(place), balances.get(place), place + " of " + files);
      }
      // One purchase from the cash balance by both, one trade by the trades alone.
      assertEquals("-580.6", balances.get("spot/EUR"), files.toString());
    }
    assertTrue(hash != null);
  }

  @Test
  void viewsOfTheAccountBookNothingAndSaySo() {
    Desk.At at = desk.open();
    String empty = at.hash();
    for (String file : List.of("TX1.csv", "X3.csv")) {
      Batch batch = at.fixture(file);
      assertEquals(0, batch.counts().added(), file);
      assertTrue(batch.counts().read() > 0, file);
      assertTrue(String.valueOf(batch.detail()).contains("Bring the"), batch.detail());
    }
    assertEquals(empty, at.hash());
  }

  @Test
  void ordersUnderTheVenuesNumbersAreBookedOnceWhateverTheirFilesSay() {
    Desk.At at = desk.open();
    for (String file : List.of("P1.csv", "B1.xlsx", "F2-1.csv", "F2-3.csv")) {
      assertEquals(1, at.fixture(file).counts().added(), file);
    }
    Map<String, String> balances = at.balances();
    assertEquals("105.26315789", balances.get("funding/USDT"));
    assertEquals("47.80487804", balances.get("spot/USDT"));
    assertEquals("800", balances.get("spot/BRL"));
    Batch again = at.fixture("F2-2.csv");
    assertEquals(0, again.counts().added());
    assertEquals(balances, at.balances());
  }
}

package io.tallystick.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.tenancy.Newcomer;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What balances of a day and completeness look at when statistics do not know the holder. */
class BalancesOfANewcomerTest {
  /** Each entry and what came after it, by an index of three levels. */
  private static final int MOST = 20 * Newcomer.ENTRIES;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsCurrentIsFoundInOneWalk(boolean others) throws SQLException {
    try (Newcomer newcomer = new Newcomer(others)) {
      List<Line> lines = new ArrayList<>();
      long read =
          newcomer.pagesRead(tx ->
              lines.addAll(
                  BalanceRows.asOf(
                      tx, Newcomer.ID, "venue/x/", Instant.parse("2024-05-30T00:00:00Z"))));

      assertEquals(3, lines.size());
      BigDecimal first =
          lines.stream()
              .filter(line -> line.asset().equals("NEWCOMER1"))
              .map(Line::derived)
              .findFirst()
              .orElseThrow();
      // One of each, and one more of the tenth that was corrected, all of it gone from here.
      assertEquals(new BigDecimal(-Newcomer.ENTRIES / 10 * 11), first);
      assertTrue(read < MOST, read + " pages");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsUnexplainedIsCountedInOneWalk(boolean others) throws SQLException {
    try (Newcomer newcomer = new Newcomer(others)) {
      List<Completeness.Unexplained> told = new ArrayList<>();
      long read =
          newcomer.pagesRead(
              tx -> told.add(CompletenessRows.unexplained(tx, Newcomer.ID, Newcomer.ID)));

      assertEquals(new Completeness.Unexplained(Newcomer.ENTRIES, 0), told.getFirst());
      assertTrue(read < MOST, read + " pages");
    }
  }
}

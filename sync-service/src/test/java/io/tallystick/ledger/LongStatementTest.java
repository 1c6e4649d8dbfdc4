package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Reach.Period;
import io.tallystick.tenancy.Newcomer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one look at the end of a long statement costs: what it finds, whatever lies before. */
class LongStatementTest {
  private static final Instant FIRST = Instant.parse("2022-01-01T00:00:00Z");
  private static final long ACCOUNT = 7;
  private static final int LINES = 40_000;
  private static final int MOST_PAGES = 150;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anHourAtTheEndIsFoundWithoutTheYearsBefore(boolean others) throws SQLException {
    try (Newcomer newcomer = new Newcomer(others)) {
      newcomer.states(ACCOUNT, FIRST, LINES);
      Instant end = FIRST.plus(Duration.ofMinutes(LINES));
      Books.Place place =
          new Books.Place(Newcomer.ID, ACCOUNT, new UUID(1, 1), new UUID(2, 2), end);
      List<Claim.Held> found = new ArrayList<>();
      long read =
          newcomer.pagesRead(
              "claim",
              tx ->
                  found.addAll(
                      ClaimStore.within(tx, place, new Period(end.minusSeconds(3_600), end))));
      assertEquals(60, found.size());
      assertTrue(read <= MOST_PAGES, read + " pages");
    }
  }
}

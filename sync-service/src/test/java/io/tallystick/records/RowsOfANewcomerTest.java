package io.tallystick.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.records.Revisions.Booked;
import io.tallystick.tenancy.Newcomer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the feed and the lists look at when statistics do not know the holder. */
class RowsOfANewcomerTest {
  private static final int ASKED = 500;

  /** Of a few pages each: two revisions, by an index of three levels. */
  private static final int MOST = 20 * ASKED;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void postingsAreFoundEntryByEntry(boolean others) throws SQLException {
    try (Newcomer newcomer = new Newcomer(others)) {
      List<UUID> entries = newcomer.entries(ASKED);
      var told = PostingRows.of(newcomer.tx(), Newcomer.ID, entries);
      assertEquals(ASKED, told.size());
      // Three of each, and of the tenth that was corrected three taken back and three anew.
      assertEquals(ASKED * 3 + ASKED / 10 * 6, told.values().stream().mapToInt(List::size).sum());

      long read = newcomer.pagesRead(tx -> PostingRows.of(tx, Newcomer.ID, entries));

      assertTrue(read < MOST, read + " pages");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStretchOfTheFeedIsFoundPageByPage(boolean others) throws SQLException {
    try (Newcomer newcomer = new Newcomer(others)) {
      List<Booked> pages = new ArrayList<>();
      for (UUID leaf : newcomer.leaves()) {
        pages.add(new Booked(leaf, Newcomer.recordedAt(), 1_100L * pages.size()));
      }
      assertEquals(4, pages.size());

      List<RevisionRows.Placed> placed = new ArrayList<>();
      long read =
          newcomer.pagesRead(
              tx -> placed.addAll(RevisionRows.placed(tx, Newcomer.ID, pages, 1_100, 1_600)));

      assertEquals(500, placed.size());
      assertTrue(read < MOST, read + " pages");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allPostingsAreToldInOneWalk(boolean others) throws SQLException {
    try (Newcomer newcomer = new Newcomer(others)) {
      List<Long> told = new ArrayList<>();
      long read =
          newcomer.pagesRead(tx ->
              tx.sql(
                      """
                      select count(*), count(*) filter (where reversal) from posting
                      where tenant_id = ? and holder_id = ?
                      """)
                  .bind(Newcomer.TENANT, Newcomer.ID)
                  .list(row -> told.addAll(List.of(row.getLong(1), row.getLong(2)))));

      long revised = Newcomer.ENTRIES / 10;
      assertEquals(List.of(3 * (Newcomer.ENTRIES + 2 * revised), 3 * revised), told);
      assertTrue(read < 20 * Newcomer.ENTRIES, read + " pages");
    }
  }
}

package io.tallystick.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.records.Revisions.Booked;
import io.tallystick.tenancy.Newcomer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the feed and the lists look at when statistics do not know the holder. */
class RowsOfANewcomerTest {
  private static final int ASKED = 500;

  /** Of a few pages each: two revisions, by an index of three levels. */
  private static final int MOST = 20 * ASKED;

  @Test
  void postingsAreFoundEntryByEntry() throws SQLException {
    try (Newcomer newcomer = new Newcomer()) {
      List<UUID> entries = newcomer.entries(ASKED);
      var told = EntryRows.postings(newcomer.tx(), Newcomer.ID, entries);
      assertEquals(ASKED, told.size());
      // Three of each, and of the tenth that was corrected three taken back and three anew.
      assertEquals(ASKED * 3 + ASKED / 10 * 6, told.values().stream().mapToInt(List::size).sum());

      long read = newcomer.pagesRead(tx -> EntryRows.postings(tx, Newcomer.ID, entries));

      assertTrue(read < MOST, read + " pages");
    }
  }

  @Test
  void aStretchOfTheFeedIsFoundPageByPage() throws SQLException {
    try (Newcomer newcomer = new Newcomer()) {
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
}

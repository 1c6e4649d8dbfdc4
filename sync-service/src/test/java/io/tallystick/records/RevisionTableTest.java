package io.tallystick.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The history of an entry as a table: a line for each posting, with plain amounts. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RevisionTableTest {
  private static final Instant START =
      Instant.now().minus(90, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

  @Inject BookedAccount.Maker maker;

  private static List<String> table(BookedAccount account) {
    String list = "/v1/entries?connection=" + account.connection.id();
    String id = account.get("tracker", list).getString("items[0].id");
    return account.csv("tracker", "/v1/entries/" + id + "/revisions").lines().toList();
  }

  @Test
  void eachRevisionHasALineForWhatItTookBackAndWhatItPosted() {
    BookedAccount account = maker.fresh();
    Fill fill = Fill.buy("BTCUSDT", 1, START);
    account.trade(fill.withFee("0.00000001", "BNB"));
    account.trade(fill.withFee("0.00000002", "BNB"));
    List<String> lines = table(account);
    assertEquals(
        "revision,state,occurred_at,recorded_at,mapping_version,reversal,from,to,asset,amount,"
            + "evidence",
        lines.getFirst());
    assertEquals(1 + 3 + 3 + 3, lines.size(), lines.toString());
    assertEquals(3, lines.stream().filter(line -> line.contains(",true,")).count());
    List<String> fees = lines.stream().filter(line -> line.contains(",BNB,")).toList();
    assertTrue(fees.get(0).startsWith("1,settled,"), fees.toString());
    assertTrue(fees.get(0).contains(",BNB,0.00000001,evd_"), fees.toString());
    assertTrue(fees.get(1).contains(",1,true,fees/"), fees.toString());
    assertTrue(fees.get(2).contains(",BNB,0.00000002,evd_"), fees.toString());
  }

  @Test
  void aRevisionThatMovedNothingIsOneLine() {
    BookedAccount account = maker.fresh();
    account.page(account.connection, "deposits", "", List.of(Transfers.deposit("d", 0, START)));
    List<String> lines = table(account);
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.getLast().startsWith("1,pending,"), lines.toString());
    assertTrue(lines.getLast().contains(",1,,,,,,evd_"), lines.toString());
  }
}

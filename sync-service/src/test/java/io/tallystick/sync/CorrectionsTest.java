package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Deposit;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.LiveDesk;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Records that the venue changes after they were read. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class CorrectionsTest extends OnStage {
  private static final String REVISIONS =
      """
      select e.revision || ' ' || e.state || ' ' || (select count(*) from posting p
          where p.tenant_id = e.tenant_id and p.holder_id = e.holder_id
            and p.entry_id = e.entry_id and p.revision = e.revision and not p.reversal)
        || ' ' || (select count(*) from posting p
          where p.tenant_id = e.tenant_id and p.holder_id = e.holder_id
            and p.entry_id = e.entry_id and p.revision = e.revision and p.reversal)
      from entry e where e.entry_id = '%s' order by e.revision
      """;

  @Test
  @DisplayName("F5 a fee that changes late is a revision of the same entry, and the books follow")
  void aLateFeeIsARevision() {
    Account account = stage.small(81);
    Listing listing = account.symbols().getFirst();
    Fill fill = account.fills(listing.symbol()).get(3);
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    String old = entryOf(subject, listing, fill);
    List<String> evidence = evidenceOf(subject, old);
    assertEquals(1, evidence.size());
    String first = subject.evidence(evidence.getFirst());

    long less = fill.fee() / 2;
    assertTrue(account.changeFee(listing.symbol(), fill.id(), fill.buyer(), less));
    subject.runWell();
    assertEquals(
        Map.of("spot/" + fill.feeAsset(), Units.decimal(fill.fee() - less).stripTrailingZeros()),
        subject.differences(),
        "what was read before stands until it is read again");
    readAgain(subject, "spot-trades", listing.symbol());
    subject.runWell();

    assertEquals(Map.of(), subject.differences());
    assertEquals(old, entryOf(subject, listing, fill));
    assertEquals(
        List.of("1 settled 3 0", "2 settled 3 3"), subject.texts(REVISIONS.formatted(old)));
    List<String> both = evidenceOf(subject, old);
    assertEquals(2, both.size());
    assertEquals(first, subject.evidence(evidence.getFirst()));
    assertNotEquals(first, subject.evidence(both.getLast()));
    assertEquals(
        account.fillCount(),
        subject.count("select count(distinct entry_id) from entry where kind = 'trade'"));
  }

  @Test
  @DisplayName("F5 a deposit that is credited, freed and taken back keeps its id through it all")
  void aDepositKeepsItsIdThroughEveryStatus() {
    Account account = stage.small(82);
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    Asset coin = stage.sandbox().exchange().market().asset("USDT").orElseThrow();
    long now = LeapingPace.now().toEpochMilli();
    Deposit deposit = LiveDesk.deposit(account, coin, 25 * Units.ONE, Wallet.SPOT, 0, now);
    // What is not credited moves no balance, and is found when its turn comes: within a day.
    LeapingPace.leap(Duration.ofHours(25));

    subject.runWell();
    String entry =
        subject
            .texts(
                "select entry_id from entry where recorded_at = (select max(recorded_at) from entry)")
            .getFirst();
    assertEquals(List.of("1 pending 0 0"), subject.texts(REVISIONS.formatted(entry)));
    for (int status : new int[] {6, 1, 7}) {
      LeapingPace.leap(Duration.ofHours(25));
      account.changeDeposit(deposit.id(), status);
      subject.runWell();
      assertEquals(Map.of(), subject.differences(), "status " + status);
    }

    assertEquals(
        List.of("1 pending 0 0", "2 settled 1 0", "3 settled 1 1", "4 failed 0 1"),
        subject.texts(REVISIONS.formatted(entry)));
    assertEquals(
        account.deposits().size(),
        subject.count("select count(distinct entry_id) from entry where kind = 'deposit'"));
  }

  @Test
  @DisplayName("F31 one row of many that cannot be read is a gap; the rest is booked; it heals")
  void oneBadRowCostsOneRow() {
    Account account = stage.small(83);
    Listing listing = account.symbols().getFirst();
    Fill bad = account.fills(listing.symbol()).get(4);
    Subject subject = stage.subject(account).connect();
    stage.between((request, exchange) -> {
      var reply = exchange.apply(request);
      return Rows.tradesOf(request, listing.symbol())
          ? Rows.each(
              reply,
              row -> {
                if (row.path("id").asLong() == bad.id()
                    && row.path("isBuyer").asBoolean() == bad.buyer()) {
                  row.remove("qty");
                }
              })
          : reply;
    });

    subject.runWell();

    assertEquals(List.of("spot-trades " + listing.symbol() + " unread-record"), subject.gaps());
    assertEquals(
        1,
        subject.count(
            """
            select count(*) from gap g join evidence v on v.evidence_id = g.evidence_id
            where g.from_at = g.to_at and length(g.remedy) > 0
            """));
    assertEquals(
        account.fillCount() - 1, subject.count("select count(*) from entry where kind = 'trade'"));
    assertEquals(
        account.fillCount(),
        subject.count("select count(*) from evidence where stream = 'spot-trades'"));
    assertEquals(FirstSyncTest.effect(listing, bad), subject.differences());

    stage.between(null);
    readAgain(subject, "spot-trades", listing.symbol());
    subject.runWell();

    assertEquals(List.of(), subject.gaps());
    assertEquals(Map.of(), subject.differences());
    assertEquals(stage.undisturbed(account), subject.hash());
  }

  @Test
  @DisplayName("F30 fields that are new, gone or null where they may be change nothing")
  void harmlessOddFieldsChangeNothing() {
    Account account = stage.small(84);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    stage.between((request, exchange) -> {
      var reply = exchange.apply(request);
      if (request.path().equals(TRADES)) {
        return Rows.each(
            reply,
            row ->
                row.put("novelty", "x")
                    .put("price", row.path("price").asText() + "0")
                    .remove("isBestMatch"));
      }
      return request.path().equals(DEPOSITS)
          ? Rows.each(reply, row -> row.putNull("novelty"))
          : reply;
    });

    subject.runWell();

    assertEquals(List.of(), subject.gaps());
    assertEquals(Map.of(), subject.differences());
    assertEquals(undisturbed, subject.hash());
  }

  private static void readAgain(Subject subject, String stream, String partition) {
    subject.tamper(
        """
        update bookmark set position = '{"kind":"after-id","next":0}', drained_at = null
        where stream = '%s' and partition = '%s'
        """
            .formatted(stream, partition));
  }

  private static String entryOf(Subject subject, Listing listing, Fill fill) {
    return subject
        .texts(
            "select distinct entry_id from entry where market = '%s' and venue_ref = '%s' and side = '%s'"
                .formatted(listing.symbol(), fill.id(), fill.buyer() ? "buy" : "sell"))
        .getFirst();
  }

  private static List<String> evidenceOf(Subject subject, String entry) {
    return subject.texts(
        "select evidence_id from entry where entry_id = '" + entry + "' order by revision");
  }
}

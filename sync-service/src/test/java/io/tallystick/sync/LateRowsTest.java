package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Deposit;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.market.Listing;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows that come later than others, or vanish; and leases when clocks are wrong. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class LateRowsTest extends OnStage {
  @Test
  @DisplayName("F7 a fill that becomes visible after one of a higher id is found by the next run")
  void aFillThatComesLateIsFound() {
    Account account = stage.small(111);
    Listing listing = account.symbols().getFirst();
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    LeapingPace.leap(Duration.ofMinutes(15));
    Fill late = stage.trade(account, listing);
    stage.trade(account, listing);
    account.withhold(listing.symbol(), late.id(), late.buyer());
    subject.runWell();
    assertNotEquals(Map.of(), subject.differences());

    account.showAll();
    LeapingPace.leap(Duration.ofMinutes(15));
    subject.runWell();

    assertEquals(Map.of(), subject.differences());
    assertEquals(stage.undisturbed(account), subject.hash());
  }

  @Test
  @DisplayName("F8 rows that come later than any overlap are found when balances stay unexplained")
  void rowsThatComeMuchLaterAreFound() {
    Account account = stage.small(112);
    Listing listing = account.symbols().getFirst();
    Fill fill = account.fills(listing.symbol()).get(2);
    Deposit deposit =
        account.deposits().stream().filter(one -> one.status() == 1).findFirst().orElseThrow();
    account.withhold(listing.symbol(), fill.id(), fill.buyer());
    account.withhold(deposit.id());
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    LeapingPace.leap(Duration.ofMinutes(15));
    subject.runWell();
    assertNotEquals(Map.of(), subject.differences());
    assertEquals(0, subject.gaps().size());

    account.showAll();
    LeapingPace.leap(Duration.ofDays(7).plusMinutes(1));
    subject.runWell();

    assertEquals(Map.of(), subject.differences());
    assertEquals(stage.undisturbed(account), subject.hash());
  }

  @Test
  @DisplayName("F13 a row that vanishes at the venue stays in the books and as evidence")
  void aRowThatVanishesStays() {
    Account account = stage.small(113);
    Listing listing = account.symbols().getFirst();
    Fill fill = account.fills(listing.symbol()).get(2);
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    String before = subject.hash();
    long evidence = subject.count("select count(*) from evidence where stream = 'spot-trades'");
    account.withhold(listing.symbol(), fill.id(), fill.buyer());
    subject.tamper(
        "update bookmark set position = '{\"kind\":\"after-id\",\"next\":0}', drained_at = null"
            + " where stream = 'spot-trades'");

    subject.runWell();

    assertEquals(before, subject.hash());
    assertEquals(
        evidence, subject.count("select count(*) from evidence where stream = 'spot-trades'"));
  }

  @Test
  @DisplayName("F17 a node whose clock is ten minutes off neither steals nor loses a lease")
  void leasesFollowTheDatabasesClock() {
    Subject subject = stage.subject(stage.small(114)).connect();
    Lease lease = stage.leases.take(subject.link(), false);
    assertNotNull(lease);

    LeapingPace.leap(Duration.ofMinutes(10));

    assertNull(stage.leases.take(subject.link(), false));
    assertEquals(true, stage.leases.renew(lease));
    stage.leases.release(lease);
  }

  @Test
  @DisplayName("F18 a lease from before the database's clock went back is not held for ever")
  void aLeaseFromTheFutureCanBeTaken() {
    Subject subject = stage.subject(stage.small(115)).connect();
    Lease lease = stage.leases.take(subject.link(), false);
    assertNotNull(lease);
    subject.tamper("update lease set until = now() + interval '1 day'");

    Lease taken = stage.leases.take(subject.link(), false);

    assertNotNull(taken);
    assertEquals(false, stage.leases.renew(lease), "the former holder cannot commit");
    stage.leases.release(taken);
  }
}

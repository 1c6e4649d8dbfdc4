package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sync.search.Rounds;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A balance that nothing explains: what it may cost. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class AskedLatelyTest extends OnStage {
  @Test
  void anUnexplainedBalanceHasOtherMarketsAskedOnceAWeekAndNotByEveryRun() {
    Account account = stage.small(71);
    Listing listing = account.symbols().getFirst();
    Fill hidden = account.fills(listing.symbol()).getLast();
    account.withhold(listing.symbol(), hidden.id(), hidden.buyer());
    Subject subject = stage.subject(account).connect();

    Set<String> first = asked(subject);
    // The closing balances of the first run may have moved something after it was asked.
    asked(subject);
    LeapingPace.leap(Duration.ofMinutes(20));
    Set<String> quiet = asked(subject);

    assertTrue(!subject.differences().isEmpty());
    assertTrue(first.size() > account.symbols().size() + 10, first.toString());
    assertTrue(quiet.size() * 4 < first.size(), quiet + " of " + first.size());

    LeapingPace.leap(Rounds.TRADED.plusMinutes(1));
    Set<String> later = asked(subject);

    assertTrue(later.size() * 2 > first.size(), later + " of " + first);
  }

  private Set<String> asked(Subject subject) {
    long since = stage.sandbox().calls().next();
    subject.runWell();
    Set<String> asked = new TreeSet<>();
    subject.calls(since).stream()
        .filter(call -> call.path().equals(TRADES))
        .forEach(call -> asked.add(call.parameters().get("symbol")));
    return asked;
  }
}

package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a first sync of a small account leaves behind. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class FirstSyncTest extends OnStage {
  @Test
  void derivedIsReportedInEveryWalletAndNothingIsPlugged() {
    Account account = stage.small(1);
    Subject subject = stage.subject(account).connect();

    Runs.Shown run = subject.runWell();

    assertEquals("derived and reported balances agree", run.detail());
    assertEquals(Map.of(), subject.differences());
    assertEquals(
        0,
        subject.count(
            "select count(*) from account where path = 'opening' or path like 'suspense%'"));
    assertEquals(
        account.fillCount(), subject.count("select count(*) from entry where kind = 'trade'"));
    assertEquals(
        account.deposits().size(),
        subject.count("select count(*) from entry where kind = 'deposit'"));
    assertEquals(
        account.withdrawals().size(),
        subject.count("select count(*) from entry where kind = 'withdrawal'"));
    assertEquals(
        0,
        subject.count(
            """
            select count(*) from entry e where not exists (select 1 from evidence v
              where v.tenant_id = e.tenant_id and v.holder_id = e.holder_id
                and v.evidence_id = e.evidence_id)
            """),
        "entries without evidence");
    assertEquals(
        account.symbols().stream().mapToInt(s -> account.orders(s.symbol()).size()).sum(),
        subject.count("select count(*) from trade_order"));
    assertEquals(List.of(), subject.gaps());
    assertEquals("active", subject.link().state().code());
    Set<String> wallets = new TreeSet<>(subject.texts("select wallet from reported_balance"));
    assertTrue(wallets.contains("spot"), wallets.toString());
  }

  @Test
  void theRunSaysWhatItDidAndWhatItCost() {
    Account account = stage.small(2);
    Subject subject = stage.subject(account).connect();
    long before = stage.sandbox().calls().next();

    Runs.Shown run = subject.runWell();

    long weight =
        subject.calls(before).stream()
            .filter(call -> call.path().startsWith("/api/"))
            .mapToLong(call -> call.weight())
            .sum();
    assertEquals(weight, run.weight());
    assertEquals(run.stepsTotal(), run.stepsDone());
    List<Map<String, String>> pulls = subject.leaves("pull");
    assertEquals(pulls.size(), run.pages());
    assertEquals(
        run.records(), pulls.stream().mapToInt(leaf -> Integer.parseInt(leaf.get("rows"))).sum());
    assertEquals(
        run.newRecords(), pulls.stream().mapToInt(leaf -> Integer.parseInt(leaf.get("new"))).sum());
  }

  @Test
  void aWithheldFillIsExactlyTheDifferenceUntilItIsShown() {
    Account account = stage.small(3);
    Listing listing = account.symbols().getFirst();
    Fill last = account.fills(listing.symbol()).getLast();
    account.withhold(listing.symbol(), last.id(), last.buyer());
    Subject subject = stage.subject(account).connect();

    Runs.Shown run = subject.runWell();

    Map<String, BigDecimal> effect = effect(listing, last);
    assertEquals(effect, subject.differences());
    assertEquals(
        "derived and reported balances differ in " + effect.size() + " assets", run.detail());

    account.showAll();
    LeapingPace.leap(Duration.ofMinutes(15));
    subject.runWell();

    assertEquals(Map.of(), subject.differences());
  }

  /** What a fill does to the spot wallet. */
  static Map<String, BigDecimal> effect(Listing listing, Fill fill) {
    Map<String, BigDecimal> effect = new TreeMap<>();
    long sign = fill.buyer() ? 1 : -1;
    effect.merge(listing.base().name(), Units.decimal(sign * fill.quantity()), BigDecimal::add);
    effect.merge(listing.quote().name(), Units.decimal(-sign * fill.quote()), BigDecimal::add);
    effect.merge(fill.feeAsset(), Units.decimal(-fill.fee()), BigDecimal::add);
    Map<String, BigDecimal> shown = new TreeMap<>();
    effect.forEach((asset, amount) -> {
      if (amount.signum() != 0) {
        shown.put("spot/" + asset, amount.stripTrailingZeros());
      }
    });
    return shown;
  }
}

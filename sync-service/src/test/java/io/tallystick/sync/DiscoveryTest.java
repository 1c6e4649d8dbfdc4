package io.tallystick.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A fresh account whose markets nobody names: all that can be read is found, in a good order. */
@QuarkusTest
@TestProfile(SweepProfile.class)
@WithTestResource(TestDatabase.class)
class DiscoveryTest extends OnStage {
  @Test
  void everythingIsFoundOnceAndEvidenceComesBeforeTheSweep() {
    AccountPlan plan =
        new AccountPlan("discovery", 5, 16, 3, 5, 1_500, 20, 12, 30, 2, 400, Variety.NONE);
    found(240, 40, plan);
  }

  @Test
  @Tag("long")
  void theFullAccountIsFoundOnceAndEvidenceComesBeforeTheSweep() {
    AccountPlan plan =
        new AccountPlan("discovery", 1, 120, 0, 40, 250_000, 40, 30, 2_000, 6, 1_000, Variety.NONE);
    found(3_000, 500, plan);
  }

  private void found(int listed, int removed, AccountPlan plan) {
    stage.reopen(listed, removed);
    Account account = stage.sandbox().addAccount(plan);
    Instant connected = LeapingPace.now();
    Subject subject = stage.subject(account, Stage.ALL, 1_500).connect();
    long since = stage.sandbox().calls().next();

    subject.runWell();
    subject.runScheduled();

    Instant reported =
        subject.in(tx ->
            tx.sql("select min(reported_at) from reported_wallet")
                .first(row -> row.getObject(1, java.time.OffsetDateTime.class).toInstant()));
    assertTrue(
        Duration.between(connected, reported).compareTo(Duration.ofSeconds(10)) < 0,
        connected + " " + reported);
    assertEquals(0, stage.sandbox().calls().earnedRefusals());
    Market market = stage.sandbox().exchange().market();
    assertEquals(
        account.symbols().stream()
            .filter(listing -> market.listed(listing.symbol()).isPresent())
            .mapToLong(listing -> account.fills(listing.symbol()).size())
            .sum(),
        subject.count("select count(*) from entry where kind = 'trade'"));
    assertOrder(subject, market, account, since);
    assertGaps(subject, market, account);
  }

  private void assertOrder(Subject subject, Market market, Account account, long since) {
    Set<String> seen =
        new HashSet<>(
            subject.texts("select a.code from seen_asset s join asset a using (asset_id)"));
    Map<String, String> pairs = new HashMap<>();
    market.listed().forEach(listing -> pairs.put(listing.symbol(), pair(listing)));
    market.removed().forEach(listing -> pairs.putIfAbsent(listing.symbol(), pair(listing)));
    List<Call> calls = subject.calls(since);
    PageLedger ledger = new PageLedger(account, seen, pairs, calls);
    System.out.printf(
        "discovery (virtual time): pages %s; weight %d of trades, floor %d (%.2f)%n",
        ledger.pages, ledger.weight, ledger.floor(), 1.0 * ledger.weight / ledger.floor());
    assertEquals(0, ledger.again, "pages read twice");
    List<String> asked =
        calls.stream()
            .filter(call -> call.path().equals(TRADES))
            .map(call -> call.parameters().getOrDefault("symbol", ""))
            .toList();
    int firstOfSweep =
        asked.stream()
            .filter(symbol -> ledger.phase(symbol).equals("sweep"))
            .mapToInt(asked::indexOf)
            .min()
            .orElseThrow();
    for (Listing listing : account.symbols()) {
      if (!account.fills(listing.symbol()).isEmpty()) {
        assertTrue(asked.contains(listing.symbol()), listing.symbol());
        assertTrue(asked.indexOf(listing.symbol()) < firstOfSweep, listing.symbol());
      }
    }
    assertEquals(
        market.listed().stream().map(Listing::symbol).collect(Collectors.toSet()),
        new HashSet<>(asked)
            .stream()
                .filter(symbol -> market.listed(symbol).isPresent())
                .collect(Collectors.toSet()),
        "what is listed is asked in the end");
  }

  private static String pair(Listing listing) {
    return listing.base().name() + "/" + listing.quote().name();
  }

  private static void assertGaps(Subject subject, Market market, Account account) {
    Set<String> lost = new TreeSet<>();
    for (Listing listing : account.symbols()) {
      boolean gone = market.listed(listing.symbol()).isEmpty();
      if (gone && !account.fills(listing.symbol()).isEmpty()) {
        lost.add("spot-trades " + listing.symbol() + " market-refused");
      }
    }
    Set<String> stated = new TreeSet<>(subject.gaps());
    assertTrue(stated.containsAll(lost), stated + " lacks some of " + lost);
    assertEquals(lost.isEmpty(), stated.isEmpty(), stated.toString());
    for (String gap : stated) {
      assertTrue(market.listed(gap.split(" ")[1]).isEmpty(), gap);
    }
    System.out.println("discovery: lost " + lost.size() + ", gaps " + stated.size());
    for (String remedy : subject.texts("select remedy from gap where closed_at is null")) {
      assertTrue(remedy.contains("trade history export (CSV) that covers"), remedy);
      assertTrue(remedy.contains("until 2026-09-01"), remedy);
    }
    if (lost.isEmpty()) {
      assertEquals(Map.of(), subject.differences());
    } else {
      assertFalse(subject.differences().isEmpty());
    }
  }

  @Test
  @DisplayName("a symbol that is refused although it was listed has the listings read again")
  void aRefusedSymbolHasTheListingsReadAgain() {
    Account account = stage.small(73);
    String symbol = account.symbols().getFirst().symbol();
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    LeapingPace.leap(Duration.ofMinutes(30));
    stage.trade(account, account.symbols().getFirst());
    stage
        .sandbox()
        .faults()
        .next(
            1, TRADES, new io.tallystick.sandbox.fault.Fault.Refuse(400, -1121, "Invalid symbol."));
    long since = stage.sandbox().calls().next();

    subject.runWell();

    assertTrue(
        subject.calls(since).stream().anyMatch(call -> call.path().equals("/api/v3/exchangeInfo")));
    assertEquals(List.of("spot-trades " + symbol + " market-refused"), subject.gaps());
  }

  @Test
  void aRefusalThatMeansNothingEndsNoOtherGapOfTheMarket() {
    stage.reopen(10, 3);
    Account account = stage.small(74);
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    String gone = stage.sandbox().exchange().market().removed().getFirst().symbol();
    for (String reason : List.of("market-refused", "unreadable-page")) {
      subject.in(tx ->
          tx.sql(
                  """
                  insert into gap (tenant_id, holder_id, gap_id, connection_id, domain, stream,
                    partition, reason, remedy, opened_at)
                  select tenant_id, holder_id, ?, connection_id, 'trades', 'spot-trades', ?, ?,
                    'wait', ?
                  from connection
                  """)
              .bind(UUID.nameUUIDFromBytes(reason.getBytes(UTF_8)), gone, reason)
              .bind(LeapingPace.now())
              .update());
    }
    LeapingPace.leap(Duration.ofMinutes(30));

    subject.runWell();

    assertEquals(List.of("spot-trades " + gone + " unreadable-page"), subject.gaps());
  }
}

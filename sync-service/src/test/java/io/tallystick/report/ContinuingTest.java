package io.tallystick.report;

import static io.tallystick.report.Reporting.DOLLAR;
import static io.tallystick.report.Reporting.START;
import static io.tallystick.report.Reporting.declare;
import static io.tallystick.report.Reporting.fill;
import static io.tallystick.report.Reporting.make;
import static io.tallystick.report.Reporting.post;
import static io.tallystick.report.Reporting.supply;
import static io.tallystick.report.Reporting.trader;
import static io.tallystick.report.Reporting.transferOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Transfers;
import io.tallystick.valuation.Quote;
import io.tallystick.valuation.Valuation;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A report goes on from the one before, and is the one that a computation of everything makes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ContinuingTest {
  private static final List<String> PROFILES = List.of("generic", "uk", "de", "ca");
  private static final int STEPS = 9;

  @Inject BookedAccount.Maker maker;
  @Inject Valuation valuation;

  private static List<String> told(JsonPath report) {
    return List.of(
        report.getString("result"),
        report.getString("input"),
        report.getString("price_set"),
        report.getString("years"),
        report.getString("events"));
  }

  // What is remembered is put aside for a moment, so that everything is computed once more.
  private static List<String> fromTheStart(BookedAccount account, String profile) {
    hide(account);
    List<String> told = told(make(account, profile));
    account.in(tx ->
        tx.sql(
                "delete from report_progress where holder_id = ? and used_at = (select max(used_at)"
                    + " from report_progress where holder_id = ?)")
            .bind(account.holderKey, account.holderKey)
            .update());
    hide(account);
    return told;
  }

  private static void hide(BookedAccount account) {
    account.in(tx ->
        tx.sql(
                """
                update report_progress
                set progress_key = set_byte(progress_key, 0, 255 - get_byte(progress_key, 0))
                where holder_id = ?
                """)
            .bind(account.holderKey)
            .update());
  }

  @Test
  void whateverChangesInThePastComesToWhatAComputationOfEverythingComesTo() {
    walk(4_001, 4_001);
  }

  @Test
  @Tag("long")
  void whateverChangesInThePastOfTwentyAccountsComesToThat() {
    walk(4_002, 4_021);
  }

  private void walk(long first, long last) {
    for (long seed = first; seed <= last; seed++) {
      Random random = new Random(seed);
      BookedAccount account = trader(maker);
      BookedAccount.Connected other = account.connect("other", account.connection.consent());
      supply(account, DOLLAR);
      String profile = PROFILES.get(random.nextInt(PROFILES.size()));
      List<String> declared = new ArrayList<>();
      for (int step = 1; step <= STEPS; step++) {
        int kind = (int) ((step + seed * 5) % 8);
        change(account, other, kind, step, random, declared);
        assertEquals(
            told(make(account, profile)),
            fromTheStart(account, profile),
            "seed " + seed + ", step " + step + " of kind " + kind + ", profile " + profile);
      }
    }
  }

  private void change(
      BookedAccount account,
      BookedAccount.Connected other,
      int kind,
      int step,
      Random random,
      List<String> declared) {
    Instant at = START.plus(Duration.ofDays(30 + step)).plusSeconds(step);
    switch (kind) {
      case 0 -> account.trade(fill(100 + step, false, "0.1", "4000", 30 + step));
      case 1 -> account.trade(fill(100 + step, true, "0.2", "1500", random.nextInt(20)));
      // The venue corrects a fill: the same id, another price.
      case 2 -> account.trade(fill(2, true, "1", Integer.toString(2000 + step), 10));
      case 3 -> {
        // Sent, and seen to arrive later only.
        String id = "j" + step;
        account.page(
            account.connection, "withdrawals", "", List.of(Transfers.withdrawal(id, "1", 6, at)));
        make(account, "generic");
        Instant came = at.plus(Duration.ofHours(random.nextInt(100)));
        account.page(other, "deposits", "", List.of(Transfers.deposit(id, "ETH", "0.99", 1, came)));
      }
      case 4 -> {
        String from = START.plus(Duration.ofDays(random.nextInt(20))).toString();
        supply(account, "BTC,USD," + from + ",77" + step + ",2026-01-01T00:00:00Z");
      }
      case 5 -> {
        String lots =
            declared.isEmpty()
                ? "\"kind\": \"lots\", \"entry\": \"%s\", \"lots\": [{\"quantity\": \"10000\","
                    .formatted(transferOf(account))
                : "\"kind\": \"opening\", \"connection\": \"%s\", \"asset\": \"BTC\", \"at\": \"%s\","
                        .formatted(account.connection.id(), START.plusSeconds(86_400L * step))
                    + " \"lots\": [{\"quantity\": \"2\",";
        declared.add(declare(account, lots + " \"cost\": \"" + step + "\"}]"));
      }
      case 6 -> {
        if (!declared.isEmpty()) {
          String last = declared.removeLast();
          post(account, "/v1/declarations/" + last + "/reversal", "{}", 201);
        }
      }
      default -> {
        // Everybody's prices: behind the days on which other tests have theirs.
        Instant from = START.plus(Duration.ofDays(25 + random.nextInt(15)));
        account.in(tx ->
            valuation.publish(
                tx,
                List.of(
                    new Quote(
                        Quote.Source.VENUE,
                        "USDT",
                        "USD",
                        from,
                        from.plusSeconds(86_400),
                        new BigDecimal("0.9" + step),
                        Valuation.place("binance", "sandbox")))));
      }
    }
  }

  // Something that no feed tells, put behind the back of everybody: only who reads it sees it.
  @Test
  void oneMoreTradeDoesNotReadThePastAgain() {
    BookedAccount account = trader(maker);
    supply(account, DOLLAR);
    String before = make(account, "generic").getString("input");
    account.in(tx ->
        tx.sql(
                """
                insert into entry (tenant_id, holder_id, entry_id, revision, connection_id,
                  evidence_id, leaf_id, occurred_at, recorded_at, kind, state, mapping_version,
                  rank, domain)
                values (?, ?, ?, 1, ?, ?, ?, ?, ?, 'trade', 'settled', 1, '', 'trades')
                """)
            .bind(tx.tenant(), account.holderKey, UUID.randomUUID(), account.connection.key())
            .bind(UUID.randomUUID(), UUID.randomUUID(), START.plusSeconds(60), START)
            .update());
    assertEquals(before, make(account, "generic").getString("input"));
    account.trade(fill(9, false, "0.1", "9000", 40));
    String more = make(account, "generic").getString("input");
    assertNotEquals(before, more);
    account.in(tx ->
        tx.sql("delete from report_progress where holder_id = ?").bind(account.holderKey).update());
    assertNotEquals(more, make(account, "generic").getString("input"), "the past was read again");
  }
}

package io.tallystick.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Digests;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Booking;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.Posting;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Transfers;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class CompletenessTest {
  private static final Instant START = Instant.parse("2026-01-15T00:00:00Z");
  private static final List<String> EVERYBODY =
      List.of("owner", "accountant", "tracker", "compliance", "operator");

  @Inject BookedAccount.Maker maker;

  @Inject Books books;

  private static String path(BookedAccount account) {
    return "/v1/connections/" + account.connection.id() + "/completeness";
  }

  private static String gaps(BookedAccount account) {
    return "/v1/connections/" + account.connection.id() + "/gaps";
  }

  private static Map<String, Object> domain(JsonPath view, String domain) {
    return view.getMap("by_domain.find { it.domain == '" + domain + "' }");
  }

  private static String first(JsonPath view, String domain, String what) {
    return view.getString("by_domain.find { it.domain == '" + domain + "' }.periods[0]." + what);
  }

  /** Five BTC came in, the venue reports this much, and a run has ended. */
  private BookedAccount read(String reported) {
    BookedAccount account = maker.fresh();
    account.page(account.connection, "deposits", "", List.of(Transfers.deposit("d", 1, START)));
    report(account, "BTC", reported);
    run(account, "finished");
    return account;
  }

  private static void report(BookedAccount account, String asset, String amount) {
    account.run(
        """
        insert into reported_balance (tenant_id, holder_id, connection_id, wallet, asset_id,
          evidence_id, free, locked, frozen, withdrawing, reported_at)
        values (?, ?, ?, 'spot', ?, ?, ?, 0, 0, 0, ?)
        """,
        account.connection.key(),
        Digests.key63("asset", asset),
        new UUID(1, 2),
        new BigDecimal(amount),
        START);
  }

  private static void run(BookedAccount account, String state) {
    Instant now = Instant.now();
    account.run(
        """
        insert into sync_run (tenant_id, holder_id, run_id, connection_id, trigger, state,
          started_at, updated_at)
        values (?, ?, ?, ?, 'schedule', ?, ?, ?)
        """,
        UUID.randomUUID(),
        account.connection.key(),
        state,
        now,
        now);
  }

  static void gap(
      BookedAccount account, int number, String domain, String market, Instant closedAt) {
    account.run(
        """
        insert into gap (tenant_id, holder_id, gap_id, connection_id, domain, stream, partition,
          reason, from_at, to_at, remedy, evidence_id, opened_at, closed_at)
        values (?, ?, ?, ?, ?, ?, ?, 'market-refused', null, null, 'Import it.', ?, ?,
          ?::timestamptz)
        """,
        new UUID(5, number),
        account.connection.key(),
        domain,
        "spot-" + domain,
        market,
        new UUID(9, number),
        START.plusSeconds(number),
        closedAt);
  }

  @Test
  void aRunThatEndedAndBalancesThatAgreeMakeTheAccountComplete() {
    BookedAccount account = read("5.000");
    JsonPath view = account.get("accountant", path(account));
    assertEquals("complete", view.getString("verdict"), view.prettify());
    assertEquals(17, view.getList("by_domain").size());
    for (String domain : BookedAccount.ALL) {
      Map<String, Object> told = domain(view, domain);
      assertEquals("complete", told.get("verdict"), domain);
      assertEquals(true, told.get("in_consent"));
      assertTrue(((Number) told.get("lag_seconds")).longValue() < 600, told.toString());
      assertEquals(told.get("proved_until"), first(view, domain, "to"));
    }
    assertEquals(view.getString("look_back_to"), first(view, "trades", "from"));
    assertEquals("unknown", domain(view, "converts").get("verdict"));
    assertEquals(false, domain(view, "converts").get("in_consent"));
    assertEquals("not-in-consent", first(view, "converts", "reason"));
    assertEquals("agrees", view.getString("wallets[0].verdict"));
    assertEquals(List.of(), view.getList("wallets[0].differences"));
    assertEquals(0, view.getInt("unexplained.suspense"));
  }

  @Test
  void oneDigitTooMuchIsUnknownAndAmountsAreForThoseWhoMayReadThem() {
    BookedAccount account = read("5.00000001");
    for (String role : EVERYBODY) {
      JsonPath view = account.get(role, path(account));
      assertEquals("unknown", view.getString("verdict"), role);
      assertEquals("balances-differ", first(view, "deposits", "reason"));
      assertEquals("differs", view.getString("wallets[0].verdict"));
      assertEquals(1, view.getInt("wallets[0].differing"));
      boolean amounts = role.equals("tracker") || role.equals("accountant");
      assertEquals(
          amounts ? "0.00000001" : null,
          view.getString("wallets[0].differences[0].difference"),
          role);
      assertEquals(amounts, view.prettify().contains("5.00000001"), role);
    }
  }

  @Test
  void aReportThatCouldNotBeReadWholeProvesNothing() {
    BookedAccount account = read("5");
    account.run(
        """
        insert into reported_wallet (tenant_id, holder_id, connection_id, wallet, complete,
          evidence_id, reported_at)
        values (?, ?, ?, 'funding', false, ?, ?)
        """,
        account.connection.key(),
        new UUID(1, 2),
        START);
    JsonPath view = account.get("accountant", path(account));
    assertEquals("no-reported-balance", first(view, "deposits", "reason"));
    assertEquals("unknown", view.getString("verdict"));
  }

  @Test
  void withoutARunThatEndedNothingIsProved() {
    BookedAccount account = maker.fresh();
    run(account, "stopped");
    JsonPath view = account.get("tracker", path(account));
    assertEquals("not-read-to-the-end", first(view, "deposits", "reason"));
    assertNull(domain(view, "deposits").get("proved_until"));
    account.run(
        """
        insert into bookmark (tenant_id, holder_id, connection_id, stream, partition, format,
          position, drained_at, leaf_id)
        values (?, ?, ?, 'deposits', '', 1, '{}', ?, ?)
        """,
        account.connection.key(),
        Instant.now(),
        new UUID(1, 1));
    view = account.get("tracker", path(account));
    assertEquals("no-reported-balance", first(view, "deposits", "reason"));
    assertTrue(domain(view, "deposits").containsKey("proved_until"));
    assertEquals("not-read-to-the-end", first(view, "trades", "reason"));
  }

  @Test
  void gapsTakeTheirDomainsCompletenessAndSayWhatHelps() {
    BookedAccount account = read("5");
    gap(account, 1, "trades", "OLDUSDT", null);
    gap(account, 2, "trades", "GONEBTC", START);
    JsonPath view = account.get("accountant", path(account));
    assertEquals("gap", view.getString("verdict"));
    assertEquals("gap", domain(view, "trades").get("verdict"));
    assertEquals("market-refused", first(view, "trades", "reason"));
    assertEquals("OLDUSDT", first(view, "trades", "market"));
    assertEquals("Import it.", first(view, "trades", "remedy"));
    assertEquals("complete", domain(view, "deposits").get("verdict"), "the others are untouched");
  }

  @Test
  void whatTheConsentLeavesOutIsLeftOutForReadersOfDataAlone() {
    BookedAccount account = maker.fresh(List.of("deposits"), 365);
    run(account, "finished");
    gap(account, 1, "trades", "OLDUSDT", null);
    JsonPath view = account.get("tracker", path(account));
    assertEquals("not-in-consent", first(view, "trades", "reason"));
    assertNull(view.get("wallets"), "balances are not in the consent");
    assertEquals(List.of(), account.get("tracker", gaps(account)).getList("items"));
    assertEquals(1, account.get("operator", gaps(account)).getList("items").size());

    assertEquals(403, account.ask("other", path(account)).statusCode(), "nobody names this client");
    assertEquals(403, account.ask("other", gaps(account)).statusCode());
    BookedAccount stranger = maker.fresh();
    for (String role : EVERYBODY) {
      assertEquals(404, stranger.ask(role, path(account)).statusCode(), role);
      assertEquals(404, stranger.ask(role, gaps(account)).statusCode(), role);
    }
    account.withdraw();
    assertEquals(403, account.ask("tracker", path(account)).statusCode());
    assertEquals(
        "consent-ended", first(account.get("compliance", path(account)), "deposits", "reason"));
  }

  @Test
  void whatNobodyCanExplainIsCountedUntilItIsExplained() {
    BookedAccount account = read("5");
    Identity identity = new Identity("strange", List.of("1"), null, "0");
    UUID evidence = new UUID(3, 3);
    Entry strange = entry(identity, EntryKind.UNCLASSIFIED, Account.SUSPENSE);
    book(account, Booking.fresh(strange, evidence, 1));
    account.run("update reported_balance set free = 6 where tenant_id = ? and holder_id = ?");
    JsonPath view = account.get("accountant", path(account));
    assertEquals(1, view.getInt("unexplained.suspense"));
    assertEquals("agrees", view.getString("wallets[0].verdict"));
    assertEquals("unexplained-entries", first(view, "deposits", "reason"));
    assertEquals("unknown", view.getString("verdict"));
    assertEquals("complete", domain(view, "orders").get("verdict"), "orders move nothing");

    Entry known = entry(identity, EntryKind.INCOME, new Account("income/earn"));
    book(account, Booking.corrected(known, evidence, 2, identity, List.of(evidence)));
    view = account.get("accountant", path(account));
    assertEquals(0, view.getInt("unexplained.suspense"));
    assertEquals("complete", view.getString("verdict"), view.prettify());
  }

  @Test
  void theTableHasALineForEachDomainAndPeriodAndLookingIsLogged() {
    BookedAccount account = read("5");
    gap(account, 1, "trades", "A", null);
    gap(account, 2, "trades", "B", null);
    List<String> lines = account.csv("accountant", path(account)).lines().toList();
    assertTrue(lines.getFirst().startsWith("connection,domain,period_from,period_to,"));
    assertEquals(1 + 17 + 1, lines.size(), lines.toString());
    assertEquals(2, lines.stream().filter(line -> line.contains(",market-refused,")).count());
    account.get("operator", path(account));
    List<String> routes = account.leaves("read").stream().map(facts -> facts.get("route")).toList();
    assertEquals(
        2,
        routes.stream().filter("GET /v1/connections/{connection}/completeness"::equals).count(),
        routes.toString());
    assertFalse(account.ask("nobody", path(account)).statusCode() < 400);
  }

  private static Entry entry(Identity identity, EntryKind kind, Account from) {
    return new Entry(
        kind,
        EntryState.SETTLED,
        START.truncatedTo(ChronoUnit.SECONDS),
        identity,
        null,
        null,
        Map.of(),
        List.of(new Posting(from, Account.wallet("spot"), "BTC", BigDecimal.ONE)));
  }

  private void book(BookedAccount account, Booking booking) {
    account.in(tx ->
        books.book(
            tx,
            new Books.Place(
                account.holderKey,
                account.connection.key(),
                account.connection.publicId(),
                UUID.randomUUID(),
                tx.now()),
            List.of(booking)));
  }
}

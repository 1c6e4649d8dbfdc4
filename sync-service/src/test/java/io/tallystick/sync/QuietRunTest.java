package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Order;
import io.tallystick.sandbox.exchange.Call;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that finds nothing new. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class QuietRunTest extends OnStage {
  /** The run's own record, the lease it held, and what it spent. */
  private static final Set<String> OWN = Set.of("sync_run", "lease", "egress_budget");

  /** The access log: its rows, their order and the seals over them, which follow by themselves. */
  private static final Set<String> LOG =
      Set.of("access_leaf", "leaf_position", "log_position", "log_node", "log_checkpoint");

  // With a new day there is a new daily snapshot to read, which is news.
  @BeforeEach
  void awayFromMidnight() {
    LeapingPace.leapToMorning();
  }

  @Test
  void writesNothingButAccessLogRows() {
    Subject subject = stage.subject(stage.small(11)).connect();
    subject.runWell();
    // The balances after the first run's own reading are news to nobody any more, and what may have
    // become visible late was asked for once more.
    subject.runWell();
    LeapingPace.leap(Duration.ofMinutes(20));
    subject.runWell();
    Map<String, String> before = rows(subject);
    long leaves = subject.count("select count(*) from access_leaf");
    LeapingPace.leap(Duration.ofMinutes(20));

    Runs.Shown run = subject.runWell();

    // Account, spot and funding wallet, the totals of all: nothing moved there, so nothing else is
    // asked.
    assertEquals(4, run.pages());
    assertEquals(0, run.newRecords());
    assertEquals(before, rows(subject));
    // One for each page, and one for the reading of the key's rights.
    assertEquals(leaves + run.pages() + 1, subject.count("select count(*) from access_leaf"));
  }

  @Test
  void fetchesNoPageAgainBeyondTheOverlap() {
    Account account = stage.small(12);
    Subject subject = stage.subject(account).connect();
    subject.runWell();
    Instant firstEnded = LeapingPace.now();
    long since = stage.sandbox().calls().next();
    // All have their turn of the rotation, traded markets and streams alike.
    LeapingPace.leap(Duration.ofDays(8));

    subject.runWell();

    List<Call> calls = subject.calls(since);
    assertTrue(calls.stream().anyMatch(call -> call.path().equals(TRADES)));
    assertTrue(calls.stream().anyMatch(call -> call.path().equals(DEPOSITS)));
    for (Call call : calls) {
      switch (call.path()) {
        case TRADES -> assertEquals(behindTrades(account, call), asked(call, "fromId"), "" + call);
        case "/api/v3/allOrders" ->
            assertEquals(behindOrders(account, call), asked(call, "orderId"), "" + call);
        case DEPOSITS -> assertWindow(call, unsettledDeposits(account), firstEnded);
        case "/sapi/v1/capital/withdraw/history" ->
            assertWindow(call, unsettledWithdrawals(account), firstEnded);
        case "/sapi/v1/accountSnapshot" -> assertWindow(call, Long.MAX_VALUE, firstEnded);
        default -> assertTrue(call.parameters().get("startTime") == null, "" + call);
      }
    }
    assertEquals(
        calls.size(), new TreeSet<>(calls.stream().map(QuietRunTest::what).toList()).size());
  }

  private static String what(Call call) {
    Map<String, String> asked = new TreeMap<>(call.parameters());
    asked.remove("timestamp");
    return call.method() + " " + call.path() + " " + asked;
  }

  private static long asked(Call call, String name) {
    return Long.parseLong(call.parameters().get(name));
  }

  private static long behindTrades(Account account, Call call) {
    List<Fill> fills = account.fills(call.parameters().get("symbol"));
    return fills.isEmpty() ? 0 : fills.getLast().id() + 1;
  }

  // From the first order that may still change, else behind the last.
  private static long behindOrders(Account account, Call call) {
    List<Order> orders = account.orders(call.parameters().get("symbol"));
    return orders.stream()
        .filter(Order::open)
        .mapToLong(Order::orderId)
        .min()
        .orElse(orders.isEmpty() ? 0 : orders.getLast().orderId() + 1);
  }

  private static long unsettledDeposits(Account account) {
    return account.deposits().stream()
        .filter(deposit -> Set.of(0, 8).contains(deposit.status()))
        .mapToLong(deposit -> deposit.insertTime())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static long unsettledWithdrawals(Account account) {
    return account.withdrawals().stream()
        .filter(withdrawal -> withdrawal.pending())
        // The list tells seconds.
        .mapToLong(withdrawal -> withdrawal.applyTime() / 1_000 * 1_000)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Not earlier than what may still change, or than the day border at least a day back. */
  private static void assertWindow(Call call, long unsettled, Instant firstEnded) {
    long border = firstEnded.minus(Duration.ofDays(2)).toEpochMilli();
    assertTrue(asked(call, "startTime") >= Math.min(unsettled, border), "" + call);
  }

  /** Each table's rows by place and writing transaction: any write shows. */
  private static Map<String, String> rows(Subject subject) {
    // What earlier runs wrote is given its place in the feed a moment after they ended.
    await().until(() -> subject.count("select count(*) from outbox") == 0);
    return subject.in(tx -> {
      Map<String, String> rows = new TreeMap<>();
      List<String> tables =
          tx.sql(
                  """
                  select relname from pg_class
                  where relnamespace = current_schema()::regnamespace and relkind = 'r'
                    and relname not like 'qrtz%'
                    and has_table_privilege(oid, 'select')
                  """)
              .list(row -> row.getString(1));
      assertTrue(tables.containsAll(List.of("evidence", "entry", "balance", "bookmark", "gap")));
      for (String table : tables) {
        if (!OWN.contains(table) && !LOG.contains(table)) {
          rows.put(table, digest(tx, table));
        }
      }
      return rows;
    });
  }

  // A connection remembers when its key's rights were last read: that is no finding.
  private static String digest(io.tallystick.tenancy.TenantTx tx, String table)
      throws SQLException {
    String row =
        table.equals("connection")
            ? "(to_jsonb(t) - 'rights_checked_at')::text"
            : "t.ctid::text || t.xmin::text";
    return Objects.requireNonNull(
        tx.sql(
                "select count(*) || ' ' || coalesce(md5(string_agg("
                    + row
                    + ", ',' order by t.ctid)),"
                    + " '') from "
                    + table
                    + " t")
            .first(found -> found.getString(1)));
  }
}

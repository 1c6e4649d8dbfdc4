package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.DemoAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The README's run command: one process, no settings, and what is there after it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class DemoIT {
  private static final Duration TO_STOP = Duration.ofSeconds(20);

  private DemoRun demo;
  private Api tracker;

  @BeforeAll
  void startOnce() throws IOException, SQLException {
    demo = DemoRun.synced();
    tracker = demo.process.api("demo-tracker");
  }

  @Test
  @Order(1)
  void theDemoAccountIsSyncedInUnderFiveMinutes() throws IOException {
    assertTrue(demo.tookToSync.compareTo(Duration.ofMinutes(5)) < 0, demo.tookToSync.toString());
    List<JsonNode> trades = tracker.all("/v1/trades?limit=500&connection=" + demo.connection);
    Map<String, Long> bySymbol =
        trades.stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.path("symbol").asText(), TreeMap::new, Collectors.counting()));
    assertTrue(trades.size() >= 2_000, trades.size() + " trades");
    assertTrue(bySymbol.size() >= 25, bySymbol.size() + " symbols");
    int listed = demo.sandbox().get("/api/v3/exchangeInfo").expect(200).path("symbols").size();
    assertTrue(listed >= 1_500, listed + " symbols listed");
  }

  @Test
  @Order(2)
  void everyDerivedBalanceIsTheReportedOneAndNothingIsPlugged() throws IOException, SQLException {
    List<JsonNode> lines = tracker.all("/v1/balances?limit=500&connection=" + demo.connection);
    assertFalse(lines.isEmpty());
    for (JsonNode line : lines) {
      assertTrue(line.path("agrees").asBoolean(), line.toString());
      assertEquals(line.path("reported").path("total"), line.path("derived"), line.toString());
    }
    assertEquals(
        List.of("0"),
        demo.data.rows(
            """
            select count(*) from tallystick.account
            where path like 'opening%' or path like 'suspense%'
            """));
    // What the venue no longer tells, and nothing else.
    assertEquals(
        List.of("p2p|beyond-retention", "transfers|beyond-retention"),
        demo.data.rows(
            "select distinct domain, reason from tallystick.gap where closed_at is null order by 1"));
  }

  @Test
  @Order(2)
  void everyWalletAgreesAndEveryKindOfEventIsThere() throws IOException {
    JsonNode wallets = tracker.get("/v1/wallets?connection=" + demo.connection).expect(200);
    Set<String> names = new TreeSet<>();
    for (JsonNode wallet : wallets.path("items")) {
      names.add(wallet.path("wallet").asText());
      assertEquals(0, wallet.path("differing").asInt(), wallet.toString());
    }
    assertTrue(
        names.containsAll(Set.of("spot", "funding", "earn-flexible", "earn-locked")),
        names.toString());
    for (String route : List.of("trades", "orders", "transfers", "conversions", "earn/rewards")) {
      int rows = tracker.all("/v1/" + route + "?limit=500&connection=" + demo.connection).size();
      assertTrue(rows >= 20, route + " " + rows);
    }
    Map<String, Long> byDomain =
        tracker.all("/v1/entries?limit=500&connection=" + demo.connection).stream()
            .collect(Collectors.groupingBy(e -> e.path("domain").asText(), Collectors.counting()));
    Set<String> booked = new TreeSet<>(Tour.DOMAINS);
    booked.removeAll(Set.of("balances", "orders"));
    for (String domain : booked) {
      assertTrue(byDomain.getOrDefault(domain, 0L) >= 20, domain + " of " + byDomain);
    }
  }

  @Test
  @Order(2)
  void journalsOfTheBooksAreAcceptedAndComeToTheSameBalances() throws Exception {
    DemoBooks.journalsComeToTheSameBalances(demo, tracker);
  }

  @Test
  @Order(2)
  void aReportOfTheBooksIsMadeKeptAndMadeAgain() throws Exception {
    DemoBooks.aReportIsMadeKeptAndMadeAgain(demo, tracker);
  }

  @Test
  @Order(3)
  void theVenueNeverHadToAskForPatience() throws IOException {
    JsonNode summary = demo.sandbox().get("/sandbox/summary").expect(200);
    assertEquals(0, summary.path("status_429").asInt());
    assertEquals(0, summary.path("status_418").asInt());
  }

  @Test
  @Order(4)
  void theEmbeddedServerListensOnLoopbackAsksForPasswordsAndWritesThrough()
      throws IOException, SQLException {
    assertEquals(List.of("on"), demo.data.rows("show fsync"));
    assertEquals(List.of("on"), demo.data.rows("show synchronous_commit"));
    assertEquals(List.of("on"), demo.data.rows("show full_page_writes"));
    assertEquals(List.of("127.0.0.1"), demo.data.rows("show listen_addresses"));
    assertEquals(List.of(""), demo.data.rows("show unix_socket_directories"));
    assertEquals(
        List.of("host|{all}|{all}|127.0.0.1|scram-sha-256|null"),
        demo.data.rows(
            """
            select type, database, user_name, address, auth_method, error
            from pg_hba_file_rules
            """));
    assertEquals(
        List.of("0"),
        demo.data.rows(
            """
            select count(*) from pg_authid
            where rolcanlogin and coalesce(rolpassword, '') not like 'SCRAM-SHA-256$%'
            """));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(demo.folder().resolve("database.passwords"))));
  }

  @Test
  @Order(5)
  void theServiceRunsAsARoleWithoutPowers() throws IOException, SQLException {
    assertEquals(
        List.of("tallystick_app|f|f|f|f|f"),
        demo.data.rows(
            """
            select distinct r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole,
              r.rolcreatedb, r.rolreplication
            from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
            where a.application_name = 'tallystick'
            """));
  }

  @Test
  @Order(6)
  void aSecondServiceOnTheSameFolderIsRefused() throws Exception {
    try (ServiceProcess second =
        ServiceProcess.service(demo.folder(), "http://127.0.0.1:1").begin()) {
      assertNotEquals(0, second.awaitEnd(ServiceProcess.START));
      assertTrue(second.output().contains("another Tallystick runs on this data folder"));
    }
    assertTrue(tracker.isReady());
    assertTrue(demo.data.server().isPresent());
  }

  @Test
  @Order(7)
  void theLedgerHashCommandAgreesWithTheApiWhileTheServiceRuns() throws Exception {
    assertEquals(demo.hash, demo.process.api("demo-owner").ledgerHash(demo.connection));
    assertEquals(demo.hash + "\n", printed("demo", demo.connection, 0));
    assertTrue(tracker.isReady());
  }

  @Test
  @Order(8)
  void aStopEndsInOrderAndAnotherStartFindsEverythingAndFetchesNothingAgain() throws Exception {
    ProcessHandle server = demo.data.server().orElseThrow();
    assertEquals(0, demo.process.stop(TO_STOP));
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !server.isAlive());
    assertTrue(demo.data.server().isEmpty());
    try (ServiceProcess again = ServiceProcess.demo(demo.folder()).begin()) {
      DemoRun.awaitTour(again);
      assertTrue(again.out().contains("is connected already: " + demo.connection), again.out());
      Api owner = again.api("demo-owner");
      assertEquals(demo.hash, owner.ledgerHash(demo.connection));
      Api sandbox = DemoRun.sandbox(again);
      assertFalse(sandbox.get("/sandbox/summary").json().path("by_path").has("/api/v3/myTrades"));
      int runs = owner.runs(demo.connection).size();
      owner.post("/v1/connections/" + demo.connection + "/sync-runs", Map.of()).expect(202);
      JsonNode run = owner.awaitFinished(demo.connection, runs, Duration.ofMinutes(2));
      assertEquals(0, run.path("new_records").asInt(), run.toString());
      assertEquals(demo.hash, owner.ledgerHash(demo.connection));
      assertNoTradePage(sandbox);
      assertEquals(0, again.stop(TO_STOP));
    }
    assertEquals(demo.hash + "\n", printed("demo", demo.connection, 0));
    assertEquals("", printed("demo", "con_none", 1));
    assertTrue(demo.data.server().isEmpty());
  }

  @Test
  @Order(9)
  void aSaleAtTheExchangeIsReadAMomentLater() throws Exception {
    try (ServiceProcess live =
        ServiceProcess.demo(demo.folder()).with("TALLYSTICK_SYNC_LIVE", "true").begin()) {
      DemoRun.awaitTour(live);
      Sale.seen(DemoRun.sandbox(live), DemoAccount.NAME, live.api("demo-tracker"), demo.connection);
      assertEquals(0, live.stop(TO_STOP));
    }
  }

  // Nothing moved since: the run looks at balances, and asks no market anything.
  private static void assertNoTradePage(Api sandbox) throws IOException {
    List<String> asked = new ArrayList<>();
    for (JsonNode call : sandbox.get("/sandbox/calls").expect(200).path("calls")) {
      asked.add(call.path("path").asText());
    }
    assertTrue(asked.contains("/api/v3/account"), asked.toString());
    assertFalse(asked.contains("/api/v3/myTrades"), asked.toString());
  }

  private String printed(String tenant, String connection, int code) throws Exception {
    try (ServiceProcess command =
        ServiceProcess.service(demo.folder(), "http://127.0.0.1:1")
            .command("ledger-hash", tenant, connection)
            .begin()) {
      assertEquals(code, command.awaitEnd(ServiceProcess.START), command::output);
      return command.out();
    }
  }
}

package io.tallystick.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.DatabaseRoles;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Desk;
import io.tallystick.kernel.PublicIds;
import io.tallystick.records.BookedAccount;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.venue.Raw;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever has the whole database and every login to it reads nothing that is sealed. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SealedDumpTest extends AtTheExchange {
  private static final String HEAD =
      "Date(UTC),Coin,Network,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status\n";
  private static final Instant THEN = Instant.now().minusSeconds(86_400);

  /** Of tokens the digests are kept, and nobody can guess at 256 random bits. */
  private static final TreeSet<String> DIGESTS =
      new TreeSet<>(
          List.of(
              "tallystick.api_token token of a client digest",
              "tallystick.holder_link token of a session digest"));

  @Inject BookedAccount.Maker maker;
  @Inject Connections connections;
  @Inject Desk desk;

  /** What must not be found, by what it is; each of its own, so that a find says where from. */
  private final Map<String, String> words = new LinkedHashMap<>();

  private String word(String what) {
    return words.computeIfAbsent(
        what, _ -> "q" + UUID.randomUUID().toString().replace("-", "") + "z");
  }

  /** A hash as chains have them. */
  private String hash(String what) {
    String digits = UUID.randomUUID().toString() + UUID.randomUUID();
    return words.computeIfAbsent(what, _ -> digits.replace("-", ""));
  }

  /** An address that nobody else has. */
  private String address() {
    return words.computeIfAbsent(
        "address of a consent",
        _ -> UUID.randomUUID().toString().replace("-", "").replaceAll("(.{4})(?=.)", "$1:"));
  }

  private String post(String client, String path, String body) {
    Response made = world.tenant.as(client).contentType("application/json").body(body).post(path);
    assertTrue(made.statusCode() < 300, path + " " + made.asString());
    return made.path("id");
  }

  private String consent(String holder, String reason) {
    return post(
        "owner",
        "/v1/consents",
        """
        {"holder": "%s", "recipients": ["%s", "%s"], "purposes": ["portfolio", "tax"],
         "domains": ["balances", "trades", "orders", "deposits", "withdrawals"],
         "look_back_days": 3650, "expires_at": "%s", "jurisdiction": "DE",
         "given": {"by": "holder", "method": "signed-form", "evidence": "%s",
          "authentication": "link", "ip": "%s", "agent": "%s"}}
        """
            .formatted(
                holder,
                world.tenant.publicClient("tracker"),
                world.tenant.publicClient("accountant"),
                Instant.now().plus(Duration.ofDays(100)),
                reason,
                address(),
                word("program of " + reason)));
  }

  private Raw raw(String id, String form, Object... words) {
    byte[] bytes = form.formatted(words).getBytes(StandardCharsets.UTF_8);
    return new Raw(id, THEN, bytes);
  }

  private Raw deposit() {
    return raw(
        "76984512",
        """
        {"id":"76984512","amount":"5","coin":"BTC","network":"BTC","status":1,"address":"%s",\
        "addressTag":"%s","txId":"%s","insertTime":%d,"transferType":0,"confirmTimes":"2/2",\
        "unlockConfirm":2,"walletType":0,"unheardOf":"%s"}\
        """,
        word("address of a deposit"),
        word("memo of a deposit"),
        hash("txid of a deposit"),
        THEN.toEpochMilli(),
        word("a field that nobody reads"));
  }

  private Raw withdrawal() {
    return raw(
        "wd-1",
        """
        {"id":"wd-1","amount":"1","transactionFee":"0.01","coin":"ETH","network":"ETH",\
        "status":6,"address":"%s","addressTag":"%s","txId":"0x%s","info":"%s",\
        "withdrawOrderId":"%s","applyTime":"%s","transferType":0,"walletType":0}\
        """,
        word("address of a withdrawal"),
        word("memo of a withdrawal"),
        hash("txid of a withdrawal"),
        word("remark of a withdrawal"),
        word("the client's own number of a withdrawal"),
        THEN.toString().substring(0, 19).replace('T', ' '));
  }

  private void bring(String connection) throws IOException {
    String imports = "/v1/connections/" + connection + "/imports/";
    String row =
        "2024-01-05 10:00:00,BTC,BTC,5,0,%s,%s,%s,%s,Completed\n"
            .formatted(
                word("address in a file"),
                hash("txid in a file"),
                word("source address in a file"),
                word("memo in a file"));
    String file =
        world.tenant.upload(
            connection, word("name of a file") + " Deposit History.csv", HEAD + row);
    desk.work(link(connection), file);
    post("tracker", imports + file + "/commit", "");
    desk.work(link(connection), file);
    assertEquals("committed", world.tenant.as("tracker").get(imports + file).path("state"));
    world.tenant.upload(connection, "page.csv", "<html>" + word("a file that is no export"));
  }

  private Link link(String connection) {
    PublicIds.Keyed id = Objects.requireNonNull(PublicIds.connection(connection));
    return world.in(tx -> Objects.requireNonNull(connections.find(tx, id.holder(), id.key())));
  }

  /** A life in which everything personal is a word of its own. */
  private void lived() throws IOException {
    String holder = post("owner", "/v1/holders", "{\"reference\": \"" + word("reference") + "\"}");
    String former = consent(holder, word("proof of a consent"));
    post(
        "owner",
        "/v1/consents/" + former + "/withdrawal",
        "{\"reason\": \"" + word("reason of a withdrawal") + "\"}");
    String consent = consent(holder, word("proof of another consent"));
    ApiKey key = world.key(KeyGrant.hmac());
    words.put("API key", key.key());
    words.put("secret", key.secret());
    words.put("uid", Long.toString(world.account.uid()));
    String connection =
        post(
            "owner",
            "/v1/connections",
            """
            {"consent": "%s", "venue": "binance", "environment": "sandbox", "key": %s}
            """
                .formatted(consent, World.hmac(key)));
    BookedAccount account = maker.behind(world.tenant, holder, connection, consent);
    assertEquals(1, account.page(account.connection, "deposits", "", List.of(deposit())));
    assertEquals(1, account.page(account.connection, "withdrawals", "", List.of(withdrawal())));
    bring(connection);
    String hold = "{\"reason\": \"" + word("reason of a hold") + "\"}";
    post("compliance", "/v1/holders/" + holder + "/holds", hold);
    declared(account, holder);
    words.put("token of a client", world.tenant.token("owner"));
    words.put("token of a session", world.tenant.session(holder));
  }

  private void declared(BookedAccount account, String holder) {
    String entry =
        account
            .get("accountant", "/v1/transfers?limit=100&connection=" + account.connection.id())
            .getString("items.find { it.asset == 'ETH' }.id");
    post(
        "accountant",
        "/v1/declarations",
        """
        {"holder": "%s", "kind": "purpose", "entry": "%s", "purpose": "gift",
         "declared_by": "%s", "note": "%s"}
        """
            .formatted(holder, entry, word("who declared"), word("note of a declaration")));
    String asked = "{\"holder\": \"%s\", \"profile\": \"generic\"}".formatted(holder);
    String report = post("accountant", "/v1/reports", asked);
    account.get("accountant", "/v1/reports/" + report);
    account.get("accountant", "/v1/journals/hledger?holder=" + holder);
  }

  private TreeSet<String> found(Connection connection, DumpSearch search, boolean all)
      throws SQLException, IOException {
    return search.in(connection, all ? null : world.tenant.id());
  }

  @Test
  @DisplayName("whoever dumps the database as its superuser finds nothing that is sealed")
  void aDumpByTheSuperuserTellsNothing() throws Exception {
    nothingIn(false);
  }

  @Test
  @Tag("long")
  @DisplayName("nor is it anywhere else in the database, of whatever tenant")
  void theWholeDumpTellsNothing() throws Exception {
    nothingIn(true);
  }

  private void nothingIn(boolean all) throws Exception {
    lived();
    assertTrue(words.size() > 20, words.keySet().toString());
    DumpSearch search = new DumpSearch(words);
    try (Connection admin = TestDatabase.admin()) {
      assertEquals(DIGESTS, found(admin, search, all));
      assertTrue(search.bytes > 30_000, "the tables were really read: " + search.bytes);
      assertTrue(DumpSearch.tables(admin).size() > 50);
      assertEquals(
          List.of("plain", "plain inside", "reversed", "hex", "base64", "digest", "bytes"),
          DumpSearch.planted(admin, word("memo of a deposit")));
    }
    DumpSearch named = new DumpSearch(Map.of("tenant", world.tenant.name()));
    try (Connection admin = TestDatabase.admin()) {
      assertTrue(
          found(admin, named, all).contains("tallystick.tenant tenant plain"),
          "what is in clear is found by the same search");
    }
    logins(all);
  }

  /** Each login that the project makes, acting as the tenant and as a sequencer. */
  private void logins(boolean all) throws Exception {
    DatabaseAccess access = TestDatabase.shared();
    TreeSet<String> known = new TreeSet<>(List.of("postgres"));
    for (DatabaseAccess.Login login : List.of(access.owner(), access.app())) {
      known.add(login.user());
      DumpSearch search = new DumpSearch(words);
      try (Connection connection =
              DriverManager.getConnection(access.url(), login.user(), TestDatabase.text(login));
          Statement statement = connection.createStatement()) {
        statement.execute("set search_path = " + DatabaseAccess.SCHEMA);
        statement.execute("set app.tenant = '" + world.tenant.id() + "'");
        statement.execute("set app.sequencing = 'on'");
        assertEquals(DIGESTS, found(connection, search, all), login.user());
        assertTrue(search.bytes > 20_000, login.user() + " reads " + search.bytes);
      }
    }
    assertEquals(known, roles(), "a login that nobody searched by");
    assertTrue(known.containsAll(List.of(DatabaseRoles.OWNER, DatabaseRoles.APP)));
  }

  private static TreeSet<String> roles() throws SQLException {
    TreeSet<String> roles = new TreeSet<>();
    try (Connection admin = TestDatabase.admin();
        Statement statement = admin.createStatement();
        ResultSet rows =
            statement.executeQuery("select rolname::text from pg_roles where rolcanlogin")) {
      while (rows.next()) {
        roles.add(rows.getString(1));
      }
    }
    return roles;
  }
}

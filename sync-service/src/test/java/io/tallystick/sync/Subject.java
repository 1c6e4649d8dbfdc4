package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.tallystick.connection.Link;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.LedgerHash;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Said;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** One tenant with one holder, one consent and, once connected, one connection. */
final class Subject {
  final Stage stage;
  final TestTenant tenant;
  final Account account;
  final ApiKey key;
  final String holder;
  final String consent;
  String connection = "";

  Subject(
      Stage stage,
      TestTenant tenant,
      Account account,
      ApiKey key,
      List<String> domains,
      int lookBackDays) {
    this.stage = stage;
    this.tenant = tenant;
    this.account = account;
    this.key = key;
    holder = Said.id(post("/v1/holders", "{\"reference\": \"ada\"}"));
    consent = consent(domains, lookBackDays);
  }

  private Subject(Subject before, TestTenant tenant, String holder) {
    this.stage = before.stage;
    this.tenant = tenant;
    this.account = before.account;
    this.key = before.key;
    this.holder = holder;
    this.consent = "";
  }

  /** The same account where its holder arrived with all that was kept of him. */
  Subject at(TestTenant there, String arrived, String with) {
    Subject guest = new Subject(this, there, arrived);
    guest.connection = with;
    return guest;
  }

  /** Puts the connection under another consent. */
  void moveTo(String other) {
    tenant
        .as("owner")
        .contentType("application/json")
        .body("{\"consent\": \"" + other + "\"}")
        .post("/v1/connections/" + connection + "/consent")
        .then()
        .statusCode(200);
  }

  /** Grants one more consent. */
  String consent(List<String> domains, int lookBackDays) {
    Response made =
        post(
            "/v1/consents",
            """
            {"holder": "%s", "recipients": ["%s", "%s"], "purposes": ["portfolio", "tax"],
             "domains": ["%s"], "look_back_days": %d, "expires_at": "%s",
             "jurisdiction": "DE", "given": {"by": "holder", "method": "signed-form"}}
            """
                .formatted(
                    holder,
                    tenant.publicClient("tracker"),
                    tenant.publicClient("accountant"),
                    String.join("\", \"", domains),
                    lookBackDays,
                    Instant.now().plus(Duration.ofDays(100))));
    made.then().statusCode(201);
    return Said.id(made);
  }

  /** Puts a version of the consent in its place that ends sooner. */
  Response amend() {
    return post(
        "/v1/consents/" + consent + "/amendment",
        """
        {"recipients": ["%s", "%s"], "purposes": ["portfolio", "tax"], "jurisdiction": "DE",
         "domains": ["%s"], "look_back_days": %d, "expires_at": "%s"}
        """
            .formatted(
                tenant.publicClient("tracker"),
                tenant.publicClient("accountant"),
                String.join("\", \"", Stage.ALL),
                Stage.LOOK_BACK,
                Instant.now().plus(Duration.ofDays(50))));
  }

  /** Connects the account with its key. */
  Subject connect() {
    Response made = tryToConnect(key);
    made.then().statusCode(201);
    connection = Said.id(made);
    return this;
  }

  Response tryToConnect(ApiKey with) {
    return post(
        "/v1/connections",
        """
        {"consent": "%s", "venue": "binance", "environment": "sandbox",
         "key": {"kind": "hmac", "api_key": "%s", "secret": "%s"}}
        """
            .formatted(consent, with.key(), with.secret()));
  }

  /** Gives the connection another key of its account, which it returns. */
  ApiKey changeKey() {
    return changeKey(60);
  }

  /** The same, with the former key known for so many minutes. */
  ApiKey changeKey(int overlap) {
    ApiKey fresh = stage.sandbox().addKey(account, KeyGrant.hmac());
    post(
            "/v1/connections/" + connection + "/key",
            """
            {"overlap_minutes": %d,
             "key": {"kind": "hmac", "api_key": "%s", "secret": "%s"}}
            """
                .formatted(overlap, fresh.key(), fresh.secret()))
        .then()
        .statusCode(200);
    return fresh;
  }

  /** Ends the consent. */
  void withdraw() {
    post("/v1/consents/" + consent + "/withdrawal", "{\"reason\": \"enough\"}")
        .then()
        .statusCode(200);
  }

  Response post(String path, String body) {
    return tenant.as("owner").contentType("application/json").body(body).post(path);
  }

  Response get(String path) {
    return tenant.as("tracker").get(path);
  }

  /** The connection as the engine knows it now. */
  Link link() {
    PublicIds.Keyed id = Objects.requireNonNull(PublicIds.connection(connection));
    return in(tx -> Objects.requireNonNull(stage.connections.find(tx, id.holder(), id.key())));
  }

  /** Runs a sync to its end and tells how it went; fails when none was begun. */
  Runs.Shown run() {
    return run("manual");
  }

  /** Runs a sync as the schedule does it, which sweeps. */
  Runs.Shown runScheduled() {
    Runs.Shown run = run("schedule");
    assertEquals("finished", run.state(), String.valueOf(run.detail()));
    return run;
  }

  private Runs.Shown run(String trigger) {
    int before = runs().size();
    Link link = link();
    stage.engine.run(tenant.id(), link.holder(), link.id(), trigger, false);
    List<Runs.Shown> after = runs();
    assertEquals(before + 1, after.size(), "runs");
    return after.getFirst();
  }

  /** Runs a sync that must come to its end. */
  Runs.Shown runWell() {
    Runs.Shown run = run();
    assertEquals("finished", run.state(), String.valueOf(run.detail()));
    return run;
  }

  /** Asks for a run that must not even begin. */
  void runInVain() {
    int before = runs().size();
    Link link = link();
    stage.engine.run(tenant.id(), link.holder(), link.id(), "manual", false);
    assertEquals(before, runs().size(), "runs");
  }

  /** Runs a sync in a thread of its own. */
  Thread runAside() {
    Link link = link();
    return Thread.ofVirtual()
        .start(() -> stage.engine.run(tenant.id(), link.holder(), link.id(), "manual", false));
  }

  /** Runs, the newest first. */
  List<Runs.Shown> runs() {
    Link link = link();
    return in(tx -> stage.runs.list(tx, link.holder(), link.id(), 50));
  }

  /** The ledger's hash. */
  String hash() {
    Link link = link();
    return in(tx -> LedgerHash.of(tx, link.holder(), link.id()));
  }

  /** What is reported beyond what is derived, by wallet and asset; nothing when both agree. */
  Map<String, BigDecimal> differences() {
    Response response = get("/v1/balances?limit=1000&connection=" + connection);
    response.then().statusCode(200);
    Map<String, BigDecimal> open = new TreeMap<>();
    for (JsonNode item : Said.all(response).required("items")) {
      BigDecimal difference = new BigDecimal(item.required("difference").asText());
      if (difference.signum() != 0) {
        String where = item.path("wallet").asText() + "/" + item.path("asset").asText();
        open.put(where, difference.stripTrailingZeros());
      }
    }
    return open;
  }

  <T> T in(Transactions.Work<T> work) {
    return stage.transactions.as(tenant.id(), work);
  }

  /** A number that a query tells of the tenant's rows. */
  long count(String query) {
    return in(tx -> Objects.requireNonNull(tx.sql(query).first(row -> row.getLong(1))));
  }

  /** Texts that a query tells of the tenant's rows. */
  List<String> texts(String query) {
    return in(tx -> tx.sql(query).list(row -> String.valueOf(row.getString(1))));
  }

  /** Changes a row as nothing in the service would. */
  void tamper(String change) {
    in(tx -> tx.sql(change).update());
  }

  /** The facts of the tenant's leaves of a kind, the oldest first. */
  List<Map<String, String>> leaves(String kind) {
    List<Map<String, String>> facts =
        tenant.as("compliance").get("/v1/access-log?limit=1000&kind=" + kind).path("items.facts");
    return facts;
  }

  /** What reached the exchange since a call, clock readings left out. */
  List<Call> calls(long since) {
    return stage.sandbox().calls().since(since).stream()
        .filter(call -> !call.path().equals("/api/v3/time"))
        .toList();
  }

  /** A raw record's content as a client sees it. */
  String evidence(String id) {
    Response response =
        get("/v1/evidence/" + PublicIds.evidence(link().holder(), UUID.fromString(id)));
    response.then().statusCode(200);
    return Objects.requireNonNull(Said.text(response, "content"));
  }

  /** The gaps that are open, as stream, partition and reason. */
  List<String> gaps() {
    return texts(
        """
        select stream || ' ' || partition || ' ' || reason from gap where closed_at is null
        order by 1
        """);
  }
}

package io.tallystick.web;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Ids;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.report.Reporting;
import io.tallystick.venue.Domain;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the service really answers and takes, held to the contract's schemas and examples. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ContractAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> BEYOND_FIRST_WORDS =
      Set.of("createConnection", "createKeyOffer", "changeConnectionKey");

  // A file that asks for the zone of its times.
  private static final String TRADES_OF_NO_ZONE =
      """
      Time,Pair,Side,Price,Executed,Amount,Fee
      24-06-30 21:59:58,LTCBNB,SELL,0.1281,3.4LTC,0.43554BNB,0.00032666BNB
      """;

  private final Contract contract = Contract.read();

  @Inject BookedAccount.Maker maker;

  private BookedAccount account() {
    BookedAccount account =
        maker.fresh(Arrays.stream(Domain.values()).map(Domain::code).toList(), 3650);
    Instant then = Instant.now().minus(Duration.ofDays(3));
    account.trade(Fill.buy("BTCUSDT", 1, then).withFee("0.1", "BNB"), Fill.buy("ETHBTC", 2, then));
    account.run(
        """
        insert into sync_run (tenant_id, holder_id, run_id, connection_id, trigger, state,
          started_at, updated_at)
        values (?, ?, ?, ?, 'manual', 'finished', now(), now())
        """,
        new UUID(0, 1),
        account.connection.key());
    return account;
  }

  // The ids that a path needs, and those that a reader with the right role gets everything by.
  private static Map<String, String> ids(BookedAccount account) {
    Map<String, String> ids = new HashMap<>();
    ids.put("holder", account.holder);
    ids.put("connection", account.connection.id());
    ids.put("consent", account.connection.consent());
    ids.put("engagement", Ids.of("eng", 1L));
    ids.put("hold", Ids.of("lgh", account.holderKey, 1L));
    String client = account.tenant.publicClient("tracker");
    ids.put("client", client);
    ids.put(
        "token",
        account.get("owner", "/v1/clients/" + client + "/tokens").getString("items[0].id"));
    ids.put("run", Ids.of("run", account.holderKey, new UUID(0, 1)));
    ids.put(
        "import",
        account.tenant.upload(account.connection.id(), "trades%20(1).csv", TRADES_OF_NO_ZONE));
    Map<String, Object> trade =
        account.get("tracker", "/v1/trades?holder=" + account.holder).getMap("items[0]");
    ids.put("entry", trade.get("id").toString());
    ids.put("evidence", trade.get("evidence").toString());
    String leaf = account.get("owner", "/v1/access-log?limit=1").getString("items[0].id");
    ids.put("leaf", leaf);
    ids.put("report", Reporting.make(account, "generic").getString("id"));
    ids.put("table", "disposals");
    ids.put("syntax", "hledger");
    ids.put("declaration", Reporting.gift(account, ids.get("entry")));
    ids.put("from", "0");
    ids.put("to", "1");
    // Entries are sealed beside the work; before, there is nothing to prove.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            account.ask("owner", "/v1/access-log/inclusion?leaf=" + leaf).statusCode() == 200);
    return ids;
  }

  private static String path(Contract.Operation operation, Map<String, String> ids) {
    String path = operation.path();
    for (Map.Entry<String, String> id : ids.entrySet()) {
      path = path.replace("{" + id.getKey() + "}", id.getValue());
    }
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.node().path("parameters")) {
      String name = parameter.path("name").asText();
      boolean asked = parameter.path("required").asBoolean() || name.equals("holder");
      if (asked && parameter.path("in").asText().equals("query")) {
        query.add(name + "=" + ids.get(name));
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private List<Contract.Operation> reads() {
    // An export is lines, each of its own kind; its reader is the offline verifier.
    return contract.operations().stream()
        .filter(one -> one.method().equals("GET") && !one.answer(200).isMissingNode())
        .toList();
  }

  @Test
  void everyReadAnswersWhatTheContractSays() throws Exception {
    BookedAccount account = account();
    Map<String, String> ids = ids(account);
    List<String> faults = new ArrayList<>();
    for (Contract.Operation operation : reads()) {
      Response answer = account.ask(Askers.reader(operation, account), path(operation, ids));
      assertEquals(200, answer.statusCode(), operation + ": " + answer.asString());
      JsonNode body = JSON.readTree(answer.asString());
      SchemaCheck.faults(contract, operation.answer(200), body)
          .forEach(fault -> faults.add(operation + " " + fault));
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void withoutAWishTheAnswerIsJsonAndEveryListIsATableOnDemand() throws Exception {
    BookedAccount account = account();
    Map<String, String> ids = ids(account);
    int lists = 0;
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (Contract.Operation operation : reads()) {
        String path = path(operation, ids);
        String reader = Askers.reader(operation, account);
        String token =
            "Bearer " + (reader.matches("tl[sv]_.*") ? reader : account.tenant.token(reader));
        // This client sends no Accept at all, unlike the one of the other tests.
        HttpRequest plain =
            HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", token)
                .build();
        HttpResponse<String> answer = client.send(plain, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), operation.name());
        assertTrue(
            answer.headers().firstValue("content-type").orElse("").startsWith("application/json"),
            operation.name());
        Response table = account.tenant.as(reader).accept("text/csv").get(path);
        if (operation.isList()) {
          lists++;
          table.then().statusCode(200).contentType(startsWith("text/csv"));
          String example =
              operation
                  .node()
                  .at("/responses/200/content")
                  .path("text/csv")
                  .path("example")
                  .asText();
          if (!example.isEmpty()) {
            assertEquals(firstLine(example), firstLine(table.asString()), operation.name());
          }
        } else {
          table.then().statusCode(406).body("code", equalTo("not-acceptable"));
        }
      }
    }
    assertTrue(lists >= 12, "found " + lists);
  }

  private static String firstLine(String table) {
    return table.substring(0, table.indexOf('\r'));
  }

  @Test
  void unknownAndRepeatedParametersAreRefusedByName() {
    BookedAccount account = maker.fresh();
    Map<String, String> ids = new HashMap<>(ids(account()));
    ids.put("holder", account.holder);
    for (Contract.Operation operation : contract.operations()) {
      String path = path(operation, ids).replaceAll("\\?.*", "");
      String client = Askers.writer(operation, account);
      account
          .tenant
          .as(client)
          .contentType(operation.bodyType())
          .request(operation.method(), path + "?symbl=BTCUSDT")
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid-request"))
          .body("field", equalTo("symbl"));
      if (operation.takes("limit")) {
        account
            .ask(client, path + "?limit=1&limit=2")
            .then()
            .statusCode(400)
            .body("field", equalTo("limit"));
      }
    }
  }

  @Test
  void everyExampleOfARequestIsUnderstood() throws Exception {
    BookedAccount shared = account();
    int sent = 0;
    for (Contract.Operation operation : contract.operations()) {
      for (Map.Entry<String, JsonNode> example : operation.requests().entrySet()) {
        // An erased holder can do nothing more.
        boolean erases = operation.path().endsWith("/erasure");
        BookedAccount account = erases ? account() : shared;
        String consent = account.consent(BookedAccount.ALL, 3650);
        Map<String, String> ids = new HashMap<>(ids(account));
        ids.put("consent", consent);
        Response answer =
            account
                .tenant
                .as(Askers.writer(operation, account))
                .contentType("application/json")
                .body(filled(example.getValue().toString(), account, ids))
                .request(operation.method(), path(operation, ids));
        String told = operation + " " + example.getKey() + ": " + answer.asString();
        int status = answer.statusCode();
        if (BEYOND_FIRST_WORDS.contains(operation.node().path("operationId").asText())) {
          // No venue is near: the request was read whole if it fails for its environment or later.
          assertTrue(
              status == 400 ? "environment".equals(answer.path("field")) : status < 500, told);
        } else {
          assertTrue(status < 300, told);
          assertEquals(
              List.of(),
              SchemaCheck.faults(
                  contract, operation.answer(status), JSON.readTree(answer.asString())),
              told);
        }
        sent++;
      }
    }
    assertTrue(sent >= 7, "sent " + sent);
  }

  private static String filled(String example, BookedAccount account, Map<String, String> ids) {
    return example
        .replaceFirst("cli_[0-9a-z]+", account.tenant.publicClient("tracker"))
        .replaceAll("cli_[0-9a-z]{13}(?=\"])", account.tenant.publicClient("accountant"))
        .replaceAll("hld_[0-9a-z]+", account.holder)
        .replaceAll("cns_[0-9a-z]+", ids.get("consent"))
        .replaceAll("con_[0-9a-z]+", ids.get("connection"))
        .replaceAll("ent_[0-9a-z]+", ids.get("entry"))
        .replaceAll("kof_[0-9a-z]+", Ids.of("kof", account.holderKey, 1L))
        .replaceAll(
            "\"expires_at\":\"[^\"]+\"",
            "\"expires_at\":\"" + Instant.now().plus(Duration.ofDays(100)) + "\"");
  }

  @Test
  void aConsentCanBeWithdrawnWithoutABody() throws Exception {
    BookedAccount account = maker.fresh();
    String address =
        "http://localhost:"
            + RestAssured.port
            + "/v1/consents/"
            + account.connection.consent()
            + "/withdrawal";
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest bare =
          HttpRequest.newBuilder(URI.create(address))
              .header("Authorization", "Bearer " + account.tenant.token("compliance"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> answer = client.send(bare, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals("withdrawn", JSON.readTree(answer.body()).path("state").asText());
    }
  }
}

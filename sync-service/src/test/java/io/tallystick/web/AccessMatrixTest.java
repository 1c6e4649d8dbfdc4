package io.tallystick.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.Ids;
import io.tallystick.records.BookedAccount;
import io.tallystick.tenancy.Role;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint, for every client, tenant and standing of the consent: generated, all compared.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AccessMatrixTest {
  private static final String NOT_NAMED = "403 not-a-recipient";

  /** Who asks: a client of each role, named by the consent if it reads data, and one not named. */
  private static final List<String> CLIENTS =
      List.of("owner", "tracker", "accountant", "compliance", "operator", "other");

  private static final List<String> NAMED = List.of("tracker", "accountant");

  @Inject BookedAccount.Maker maker;

  private final Contract contract = Contract.read();
  private final List<String> faults = new ArrayList<>();
  private Map<Standing, BookedAccount> accounts = Map.of();
  private int asked;

  @BeforeEach
  void accounts() {
    accounts = Standing.accounts(maker);
  }

  private static Map<String, String> ids(BookedAccount account) {
    Map<String, String> ids = new HashMap<>();
    ids.put("holder", account.holder);
    ids.put("connection", account.connection.id());
    ids.put("consent", account.connection.consent());
    ids.put("client", account.tenant.publicClient("tracker"));
    ids.put("token", Ids.of("tok", 1L));
    ids.put("engagement", Ids.of("eng", 1L));
    ids.put("hold", Ids.of("lgh", account.holderKey, 1L));
    ids.put("run", Ids.of("run", account.holderKey, new UUID(0, 1)));
    // The consent was the first act: it is sealed by now, or soon.
    ids.put("leaf", Awaitility.await().until(() -> sealed(account), Objects::nonNull));
    ids.put("declaration", Ids.of("dec", account.holderKey, new UUID(0, 1)));
    ids.put("table", "disposals");
    ids.put("syntax", "hledger");
    account.in(tx ->
        tx.sql("select report_id from report limit 1")
            .first(row ->
                ids.put("report", Ids.of("rep", account.holderKey, row.getObject(1, UUID.class)))));
    account.in(tx ->
        tx.sql("select batch_id from import_batch limit 1")
            .first(row ->
                ids.put("import", Ids.of("imp", account.holderKey, row.getObject(1, UUID.class)))));
    account.in(tx ->
        tx.sql("select entry_id, evidence_id from entry where kind = 'trade' limit 1")
            .first(row -> {
              ids.put("entry", Ids.of("ent", account.holderKey, row.getObject(1, UUID.class)));
              ids.put("evidence", Ids.of("evd", account.holderKey, row.getObject(2, UUID.class)));
              return true;
            }));
    return ids;
  }

  private static @Nullable String sealed(BookedAccount account) {
    String leaves = "select leaf_id from leaf_position where holder_id = ? and position >= 0";
    return account
        .in(tx ->
            tx
                .sql(leaves)
                .bind(account.holderKey)
                .list(row -> row.getObject(1, UUID.class))
                .stream()
                .map(leaf -> Ids.of("log", account.holderKey, leaf))
                .findFirst())
        .orElse(null);
  }

  private static String path(Contract.Operation operation, Map<String, String> ids) {
    String path = operation.path();
    for (Map.Entry<String, String> id : ids.entrySet()) {
      path = path.replace("{" + id.getKey() + "}", id.getValue());
    }
    if (operation.path().equals("/v1/access-log/inclusion")) {
      return path + "?leaf=" + ids.get("leaf");
    }
    if (operation.path().equals("/v1/access-log/consistency")) {
      return path + "?from=0&to=1";
    }
    boolean byHolder =
        operation.method().equals("GET")
            && Routes.DATA.contains(operation.path())
            && (!operation.path().contains("{") || operation.path().contains("{syntax}"));
    return byHolder ? path + "?holder=" + ids.get("holder") : path;
  }

  private static String role(String client) {
    return client.equals("other") ? Role.Names.TRACKER : client;
  }

  /** What is expected of a read by a client of the holder's own tenant; empty where it varies. */
  private static String expected(Contract.Operation operation, String client, Standing standing) {
    String path = operation.path();
    if (!operation.roles().contains(role(client))) {
      return "403 forbidden";
    }
    if (Routes.DATA.contains(path)) {
      if (!NAMED.contains(client)) {
        return NOT_NAMED;
      }
      boolean list = !path.contains("{") || Routes.OF_WHAT_IS_OPEN.contains(path);
      return switch (standing) {
        case PRESENT -> "200";
        case OUTSIDE_LOOK_BACK -> list ? "200" : "404 not-found";
        // A list of all kinds answers with the kinds that are open.
        case WRONG_DOMAIN -> Routes.OF_WHAT_IS_OPEN.contains(path) ? "200" : "403 wrong-domain";
        default -> "403 " + standing.reason();
      };
    }
    boolean sees = !role(client).equals(Role.Names.TRACKER) && !client.equals("accountant");
    if (Routes.ABOUT.contains(path)) {
      return sees || (NAMED.contains(client) && standing == Standing.PRESENT) ? "200" : "";
    }
    if (sees || !path.contains("{")) {
      return "200";
    }
    if (path.equals("/v1/holders/{holder}")) {
      return NAMED.contains(client) && standing.active() ? "200" : "404 not-found";
    }
    return NAMED.contains(client) ? "200" : "404 not-found";
  }

  private static String told(Response answer) {
    if (answer.statusCode() < 300) {
      return Integer.toString(answer.statusCode());
    }
    String reason = answer.path("reason");
    return answer.statusCode() + " " + (reason == null ? answer.path("code") : reason);
  }

  private List<Contract.Operation> reads() {
    // What is for holders or reviewers no client reads: their own tests ask for it.
    return contract.operations().stream()
        .filter(one -> one.method().equals("GET") && Role.of(one.roles().iterator().next()) != null)
        .toList();
  }

  private void compare(String expected, String told, String what) {
    asked++;
    if (!expected.equals(told)) {
      faults.add(what + ": " + told + " and not " + expected);
    }
  }

  @Test
  @DisplayName("F56 every read, by every client, however the consent stands")
  void everyReadByEveryClientUnderEveryStandingOfTheConsent() {
    accounts.forEach((standing, account) -> {
      Map<String, String> ids = ids(account);
      for (Contract.Operation operation : reads()) {
        for (String client : CLIENTS) {
          String told = told(account.ask(client, path(operation, ids)));
          String what = operation + " as " + client + " " + standing;
          String expected = expected(operation, client, standing);
          if (!expected.isEmpty()) {
            compare(expected, told, what);
          } else if (client.equals("other")) {
            compare(
                Routes.SAYS_WHY.contains(operation.path()) ? NOT_NAMED : "404 not-found",
                told,
                what);
          }
        }
      }
    });
    assertEquals(List.of(), faults);
    assertTrue(asked > 1000, "asked " + asked);
  }

  @Test
  void everyListOfAHolderOfTheSameTenantWhoConsentedToNothing() {
    BookedAccount account = accounts.get(Standing.PRESENT);
    String other =
        account
            .tenant
            .as("owner")
            .contentType("application/json")
            .body("{\"reference\": \"bob\"}")
            .post("/v1/holders")
            .path("id");
    for (Contract.Operation operation : reads()) {
      if (Routes.DATA.contains(operation.path()) && !operation.path().contains("{")) {
        for (String client : CLIENTS) {
          boolean allowed = operation.roles().contains(role(client));
          compare(
              allowed ? "403 no-consent" : "403 forbidden",
              told(account.ask(client, operation.path() + "?holder=" + other)),
              operation + " of another holder as " + client);
        }
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(asked > 40, "asked " + asked);
  }

  @Test
  @DisplayName(
      "F47 every route with ids of another tenant, by every client, answers like unknown ids")
  void everyRouteWithIdsOfAnotherTenant() {
    BookedAccount stranger = maker.fresh();
    for (Standing standing : List.of(Standing.PRESENT, Standing.WITHDRAWN)) {
      BookedAccount account = accounts.get(standing);
      Map<String, String> ids = ids(account);
      for (Contract.Operation operation : contract.operations()) {
        boolean ofNobody = operation.path().equals("/v1/access-log/consistency");
        if (path(operation, ids).equals(operation.path()) || ofNobody) {
          continue;
        }
        for (String client : CLIENTS) {
          String expected =
              operation.roles().contains(role(client)) ? "404 not-found" : "403 forbidden";
          Response answer =
              stranger
                  .tenant
                  .as(client)
                  .contentType(operation.bodyType())
                  .body(body(operation, account, stranger).getBytes(StandardCharsets.UTF_8))
                  .request(operation.method(), path(operation, ids));
          compare(expected, told(answer), operation + " as a stranger's " + client);
        }
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(asked > 200, "asked " + asked);
  }

  private static String body(
      Contract.Operation operation, BookedAccount account, BookedAccount stranger) {
    JsonNode first =
        operation.requests().isEmpty() ? null : operation.requests().values().iterator().next();
    return first == null
        ? ""
        : first
            .toString()
            .replaceAll("cli_[0-9a-z]+", stranger.tenant.publicClient("tracker"))
            .replaceAll("cns_[0-9a-z]+", account.connection.consent())
            .replaceAll("20\\d\\d-[^\"]+Z", Instant.now().plus(Duration.ofDays(50)).toString());
  }
}

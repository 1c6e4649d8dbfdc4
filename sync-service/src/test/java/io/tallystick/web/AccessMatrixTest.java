package io.tallystick.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Reviews;
import io.tallystick.tenancy.Role;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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

  // Made once: whoever is refused changes nothing of them, and reading changes nothing either.
  private static Map<Standing, BookedAccount> accounts = Map.of();

  @Inject BookedAccount.Maker maker;

  private final Contract contract = Contract.read();
  private final List<String> faults = new ArrayList<>();
  private final Asking asking = new Asking();
  private int asked;

  @BeforeEach
  void accounts() {
    if (accounts.isEmpty()) {
      accounts = Standing.accounts(maker);
    }
  }

  @AfterEach
  void hangUp() {
    asking.close();
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

  /** What is expected of a read by a client of the holder's own tenant. */
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
      return sees ? "200" : NAMED.contains(client) ? aboutBooks(path, standing) : NOT_NAMED;
    }
    if (sees || !path.contains("{")) {
      return "200";
    }
    if (path.equals("/v1/holders/{holder}")) {
      return NAMED.contains(client) && standing.active() ? "200" : "404 not-found";
    }
    return NAMED.contains(client) ? "200" : "404 not-found";
  }

  /** What a client that the consent names is told of a connection besides its books. */
  private static String aboutBooks(String path, Standing standing) {
    return switch (standing) {
      case PRESENT, OUTSIDE_LOOK_BACK -> "200";
      case WRONG_DOMAIN -> path.endsWith("/ledger-hash") ? "403 wrong-domain" : "200";
      default -> "403 " + standing.reason();
    };
  }

  private String told(BookedAccount account, String client, String path) {
    return asking.told("GET", path, account.tenant.token(client), null);
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
      Map<String, String> ids = KnownIds.of(account);
      for (Contract.Operation operation : reads()) {
        for (String client : CLIENTS) {
          String told = told(account, client, path(operation, ids));
          String what = operation + " as " + client + " " + standing;
          compare(expected(operation, client, standing), told, what);
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
              told(account, client, operation.path() + "?holder=" + other),
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
      Map<String, String> ids = KnownIds.of(account);
      for (Contract.Operation operation : contract.operations()) {
        boolean ofNobody = operation.path().equals("/v1/access-log/consistency");
        if (path(operation, ids).equals(operation.path()) || ofNobody) {
          continue;
        }
        for (String client : CLIENTS) {
          String expected =
              operation.roles().contains(role(client)) ? "404 not-found" : "403 forbidden";
          String told =
              asking.told(
                  operation.method(),
                  path(operation, ids),
                  stranger.tenant.token(client),
                  body(operation, account, stranger));
          compare(expected, told, operation + " as a stranger's " + client);
        }
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(asked > 200, "asked " + asked);
  }

  @Test
  @DisplayName("F56 every route of clients, by a holder in his session and by a reviewer")
  void everyRouteOfClientsByWhoIsNone() {
    BookedAccount account = accounts.get(Standing.PRESENT);
    Map<String, String> ids = KnownIds.of(account);
    Map<String, String> tokens =
        Map.of(
            "holder",
            account.tenant.session(account.holder),
            "reviewer",
            Reviews.token(account, Instant.now().minusSeconds(600), Instant.now()));
    for (Contract.Operation operation : contract.operations()) {
      tokens.forEach((who, token) -> {
        if (!operation.roles().contains(who)) {
          String told =
              asking.told(
                  operation.method(),
                  path(operation, ids),
                  token,
                  body(operation, account, account));
          compare("403 forbidden", told, operation + " as a " + who);
        }
      });
    }
    assertEquals(List.of(), faults);
    assertTrue(asked > 120, "asked " + asked);
  }

  private static Asking.Body body(
      Contract.Operation operation, BookedAccount account, BookedAccount stranger) {
    JsonNode first =
        operation.requests().isEmpty() ? null : operation.requests().values().iterator().next();
    String text = first == null ? "" : text(first, account, stranger);
    return new Asking.Body(operation.bodyType(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonNode first, BookedAccount account, BookedAccount stranger) {
    return first
        .toString()
        .replaceAll("cli_[0-9a-z]+", stranger.tenant.publicClient("tracker"))
        .replaceAll("cns_[0-9a-z]+", account.connection.consent())
        .replaceAll("20\\d\\d-[^\"]+Z", Instant.now().plus(Duration.ofDays(50)).toString());
  }
}

package io.tallystick.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.report.Reporting;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How the consent of an account stands. */
enum Standing {
  PRESENT,
  OUTSIDE_LOOK_BACK,
  PAUSED,
  EXPIRED,
  WITHDRAWN,
  REVOKED,
  INVALIDATED,
  WRONG_PURPOSE,
  WRONG_DOMAIN;

  /** A domain for each list of records. */
  private static final List<String> DOMAINS =
      List.of(
          "balances",
          "trades",
          "orders",
          "deposits",
          "withdrawals",
          "converts",
          "earn",
          "auto-invest");

  /** The reason that a refused read tells. */
  String reason() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  boolean active() {
    return switch (this) {
      case PRESENT, OUTSIDE_LOOK_BACK, WRONG_PURPOSE, WRONG_DOMAIN -> true;
      case PAUSED, EXPIRED, WITHDRAWN, REVOKED, INVALIDATED -> false;
    };
  }

  /** An account with a few records for each standing, in tenants of their own. */
  static Map<Standing, BookedAccount> accounts(BookedAccount.Maker maker) {
    Map<Standing, BookedAccount> accounts = new EnumMap<>(Standing.class);
    for (Standing standing : values()) {
      BookedAccount account =
          switch (standing) {
            case OUTSIDE_LOOK_BACK -> maker.fresh(DOMAINS, 1);
            // No list of one kind of record has any that were read from these.
            case WRONG_DOMAIN -> maker.fresh(List.of("rebates"), 3650);
            default -> maker.fresh(DOMAINS, 3650);
          };
      Instant then = Instant.now().minus(Duration.ofDays(3));
      account.trade(Fill.buy("BTCUSDT", 1, then), Fill.buy("ETHBTC", 2, then));
      account.run(
          """
          insert into sync_run (tenant_id, holder_id, run_id, connection_id, trigger, state,
            started_at, updated_at)
          values (?, ?, ?, ?, 'manual', 'finished', now(), now())
          """,
          new UUID(0, 1),
          account.connection.key());
      // Nothing that anybody could read: it is kept as refused, whatever the consent covers.
      account.tenant.upload(
          account.connection.id(), "page.csv", "<!DOCTYPE html><html><body></body></html>");
      Reporting.make(account, "generic");
      accounts.put(standing, account);
    }
    accounts.forEach(Standing::bring);
    return accounts;
  }

  private static void bring(Standing standing, BookedAccount account) {
    switch (standing) {
      case PRESENT, OUTSIDE_LOOK_BACK, WRONG_DOMAIN -> account.in(tx -> true);
      case PAUSED -> step(account, "steps", "{\"step\": \"pause\"}");
      case REVOKED -> step(account, "steps", "{\"step\": \"revoke\", \"reason\": \"test\"}");
      case INVALIDATED ->
          step(account, "steps", "{\"step\": \"invalidate\", \"reason\": \"test\"}");
      case WITHDRAWN -> account.withdraw();
      case WRONG_PURPOSE -> amend(account, "marketing", Duration.ofDays(90));
      case EXPIRED -> {
        amend(account, "portfolio", Duration.ofSeconds(1));
        // The database's clock cannot be driven: let it pass the moment, in the database.
        account.in(tx -> tx.sql("select pg_sleep(1.1)").list(row -> true));
      }
    }
  }

  private static Response step(BookedAccount account, String route, String body) {
    Response answer =
        account
            .tenant
            .as("owner")
            .contentType("application/json")
            .body(body)
            .post("/v1/consents/" + account.connection.consent() + "/" + route);
    assertTrue(answer.statusCode() < 300, answer.asString());
    return answer;
  }

  private static void amend(BookedAccount account, String purpose, Duration time) {
    String body =
        """
        {"recipients": ["%s", "%s"], "purposes": ["%s"], "look_back_days": 3650,
         "domains": ["%s"],
         "expires_at": "%s", "jurisdiction": "DE",
         "given": {"by": "holder", "method": "signed-form",
          "notice": {"version": "1", "language": "en", "words": "We read your account."}}}
        """
            .formatted(
                account.tenant.publicClient("tracker"),
                account.tenant.publicClient("accountant"),
                purpose,
                String.join("\", \"", DOMAINS),
                Instant.now().plus(time));
    step(account, "amendment", body);
  }
}

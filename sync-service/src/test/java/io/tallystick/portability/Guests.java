package io.tallystick.portability;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.records.BookedAccount;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Holders who go with an archive and arrive elsewhere. */
@ApplicationScoped
class Guests {
  private final BookedAccount.Maker maker;
  private final Provisioning provisioning;

  Guests(BookedAccount.Maker maker, Provisioning provisioning) {
    this.maker = maker;
    this.provisioning = provisioning;
  }

  /** The archive of all that is kept of the account's holder. */
  static byte[] export(BookedAccount account) {
    return account.ask("owner", "/v1/holders/" + account.holder + "/export").asByteArray();
  }

  /** Brings an archive to a tenant. */
  static Response arrive(TestTenant there, byte[] archive) {
    return there.as("owner").contentType("application/zip").body(archive).post("/v1/arrivals");
  }

  /** The account where its holder arrived with an archive and consented again. */
  BookedAccount arrived(byte[] archive) {
    TestTenant there = TestTenant.fresh(provisioning);
    JsonPath arrived = arrive(there, archive).then().statusCode(201).extract().jsonPath();
    String holder = arrived.getString("holder");
    String connection = arrived.getString("ledgers[0].connection");
    String consent =
        there
            .as("owner")
            .contentType("application/json")
            .body(
                """
                {"holder": "%s", "recipients": ["%s", "%s"], "purposes": ["portfolio", "tax"],
                 "domains": ["balances", "trades", "orders", "deposits", "withdrawals"],
                 "look_back_days": 3650, "expires_at": "%s", "jurisdiction": "DE",
                 "given": {"by": "holder", "method": "signed-form"}}
                """
                    .formatted(
                        holder,
                        there.publicClient("tracker"),
                        there.publicClient("accountant"),
                        Instant.now().plus(Duration.ofDays(50))))
            .post("/v1/consents")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    there
        .as("owner")
        .contentType("application/json")
        .body("{\"consent\": \"" + consent + "\"}")
        .post("/v1/connections/" + connection + "/consent")
        .then()
        .statusCode(200);
    return maker.behind(there, holder, connection, consent);
  }
}

package io.tallystick.portability;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Transfers;
import io.tallystick.report.Reporting;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person declared counts where he arrives, and what nobody can read does not arrive. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ArrivedDeclarationsTest {
  private static final String MEMBER = "rows/declaration.jsonl";

  @Inject BookedAccount.Maker maker;
  @Inject Provisioning provisioning;
  @Inject Guests guests;

  // One came in with its history, one was there before the books, and three are sold.
  private BookedAccount declared() {
    BookedAccount account = maker.fresh();
    account.page(
        account.connection,
        "deposits",
        "",
        List.of(Transfers.deposit("d", "BTC", "2", 1, Reporting.START.minusSeconds(60))));
    account.trade(Reporting.fill(3, false, "3", "3000", 20));
    Reporting.supply(account, Reporting.DOLLAR);
    Reporting.declare(
        account,
        """
        "kind": "lots", "entry": "%s", "lots": [
          {"quantity": "1", "cost": "10", "acquired_at": "2024-01-05T00:00:00.000Z"},
          {"quantity": "1", "cost": "200", "acquired_at": "2024-01-06T00:00:00.000Z"}]
        """
            .formatted(Reporting.transferOf(account)));
    Reporting.declare(
        account,
        """
        "kind": "opening", "connection": "%s", "asset": "BTC", "at": "2025-01-01T00:00:00.000Z",
        "lots": [{"quantity": "1", "cost": "100"}]
        """
            .formatted(account.connection.id()));
    return account;
  }

  @Test
  void whatWasDeclaredCountsWhereHeArrives() {
    BookedAccount account = declared();
    String taken =
        Reporting.declare(
            account,
            "\"kind\": \"opening\", \"connection\": \""
                + account.connection.id()
                + "\","
                + """
                "asset": "ETH", "at": "2025-01-01T00:00:00.000Z",
                "lots": [{"quantity": "1", "cost": "7"}]
                """);
    Reporting.post(account, "/v1/declarations/" + taken + "/reversal", "{}", 201);
    assertEquals("4190", Reporting.make(account, "generic").getString("years[0].net"));

    // Twice: what was stated here counts from wherever he comes.
    BookedAccount guest = guests.arrived(Guests.export(guests.arrived(Guests.export(account))));
    Reporting.supply(guest, Reporting.DOLLAR);
    JsonPath shown = guest.get("accountant", "/v1/declarations?holder=" + guest.holder);
    assertEquals(
        List.of("lots", "opening", "opening", "reversal"),
        shown.getList("items.kind"),
        shown.prettify());
    assertEquals(guest.connection.id(), shown.getString("items[1].connection"));
    assertEquals(Reporting.transferOf(guest), shown.getString("items[0].entry"));
    JsonPath report = Reporting.make(guest, "generic");
    assertEquals("4190", report.getString("years[0].net"), report.prettify());
    assertEquals("0", report.getString("years[0].undetermined_proceeds"));
    assertEquals(
        List.of(shown.getString("items[0].id"), shown.getString("items[1].id")).stream()
            .sorted()
            .toList(),
        report.getList("declarations"));
  }

  @Test
  void whatNobodyCanReadIsRefusedByItsFileAndRow() throws Exception {
    Forgery forgery = new Forgery(Guests.export(declared()));
    TestTenant there = TestTenant.fresh(provisioning);
    for (Map.Entry<String, String> broken :
        Map.of(
                "\\\"kind\\\":\\\"LOTS\\\"", "\\\"kind\\\":\\\"OPENING\\\"",
                "\\\"declaredBy\\\":\\\"Ada\\\"", "\\\"declaredBy\\\":null",
                "\\\"quantity\\\":\\\"1\\\"", "\\\"quantity\\\":\\\"one\\\"",
                "2024-01-05T00:00:00Z", "soon",
                "{\"text\":\"{", "{\"text\":\"[",
                "\"kind\":\"lots\"", "\"kind\":\"reversal\"")
            .entrySet()) {
      byte[] archive = forgery.of(MEMBER, text -> text.replace(broken.getKey(), broken.getValue()));
      Guests.arrive(there, archive)
          .then()
          .statusCode(400)
          .body("field", equalTo(MEMBER))
          .body("detail", startsWith("Row "));
    }
    byte[] nothing =
        forgery.of(
            MEMBER, text -> text.replaceAll("\\{\"text\":\"\\{.*?\\}\"\\}", "{\"text\":\"null\"}"));
    Guests.arrive(there, nothing).then().statusCode(400).body("field", equalTo(MEMBER));
  }
}

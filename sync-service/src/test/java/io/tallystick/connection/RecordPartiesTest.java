package io.tallystick.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.boot.TestDatabase;
import io.tallystick.tenancy.TestTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who takes part and on what it rests, as it was said when a version of a consent was made. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RecordPartiesTest extends AtTheExchange {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyPartyIsNamedWithItsRoleAndHowToReachIt() throws Exception {
    PortableRecord told = PortableRecord.ofALivedOne(world);
    JsonNode record = told.json();
    assertEquals(record.path("data_subject"), told.party("subject").path("id"));
    JsonNode controller = told.party("controller");
    assertEquals(world.tenant.name(), controller.path("name").asText());
    assertEquals("dpv:DataController", controller.path("type").asText());
    assertEquals("privacy@controller.example", controller.path("contact").asText());
    assertEquals("1 Main Street, 10115 Berlin", controller.path("address").asText());
    assertEquals("DE", controller.path("country").asText());
    assertEquals(record.at("/controllers/0"), controller.path("id"));
    JsonNode processor = told.party("processor");
    assertEquals("Example Hosting Ltd", processor.path("name").asText());
    assertEquals("hosting", processor.path("task").asText());
    assertEquals("dpo@hosting.example", processor.path("contact").asText());
    assertEquals("2 Quay, Dublin", processor.path("address").asText());
    assertEquals("IE", processor.path("country").asText());
    assertEquals(record.at("/processors/0"), processor.path("id"));
    JsonNode recipient = told.party("recipient");
    assertEquals("tracker", recipient.path("name").asText());
    assertEquals("tracker", recipient.path("task").asText());
    assertEquals("portfolio", recipient.path("works_for").asText());
    assertEquals("not stated", recipient.path("contact").asText());
    assertEquals(record.at("/recipients/0"), recipient.path("id"));
    JsonNode venue = told.party("venue");
    assertEquals("binance", venue.path("name").asText());
    assertEquals(record.at("/sources/0"), venue.path("id"));
  }

  @Test
  void theReceiptNamesThePartiesTheBasisAndWhereToWithdraw() throws Exception {
    List<String> notes =
        world.get("/v1/consents/" + world.consent + "/receipts").path("items.note");
    SignedNote note = Objects.requireNonNull(SignedNote.parse(notes.getFirst()));
    JsonNode receipt = JSON.readTree(note.text());
    assertEquals("consent", receipt.path("lawful_basis").asText());
    List<String> roles =
        receipt.path("parties").valueStream().map(one -> one.path("role").asText()).toList();
    assertEquals(List.of("controller", "recipient", "processor"), roles);
    assertEquals("privacy@controller.example", receipt.at("/parties/0/contact").asText());
    assertEquals("Example Hosting Ltd", receipt.at("/parties/2/name").asText());
    assertEquals("https://controller.example/withdraw", receipt.at("/rights/withdraw_at").asText());
    assertEquals("BfDI, Bonn", receipt.at("/rights/authority").asText());
    world
        .get("/v1/consents/" + world.consent)
        .then()
        .body("lawful_basis", org.hamcrest.Matchers.equalTo("consent"))
        .body(
            "withdrawal_url", org.hamcrest.Matchers.equalTo("https://controller.example/withdraw"));
  }

  @Test
  void whatIsSaidLaterChangesNoRecordAndOlderOnesReadAsConsent() throws Exception {
    // As rows are that were written under other settings, and before there were any.
    for (String basis :
        List.of(
            "contract",
            "legal-obligation",
            "vital-interest",
            "public-interest",
            "legitimate-interest")) {
      change("lawful_basis = '" + basis + "'");
      String term =
          Stream.of(basis.split("-"))
              .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
              .reduce("", String::concat);
      assertTrue(
          PortableRecord.of(world, world.consent)
              .expanded()
              .contains("\"https://w3id.org/dpv#" + term + "\""),
          term);
    }
    change("stated = replace(stated, 'Example Hosting Ltd', 'Former Hosting')");
    PortableRecord told = PortableRecord.of(world, world.consent);
    assertEquals("Former Hosting", told.party("processor").path("name").asText());
    String receipts = world.get("/v1/consents/" + world.consent + "/receipts").asString();
    assertTrue(receipts.contains("Example Hosting Ltd"), "a receipt stays as it was signed");
    change("lawful_basis = default, stated = null");
    told = PortableRecord.of(world, world.consent);
    JsonNode record = told.json();
    assertEquals("dpv:Consent", record.path("legal_basis").asText());
    assertEquals("not stated", told.party("controller").path("contact").asText());
    assertEquals(0, record.path("processors").size());
    assertEquals("not stated", record.at("/storage_locations/0/location").asText());
    assertTrue(told.expanded().contains("https://w3id.org/dpv#Consent"));
    // A step of such a version has its receipt too.
    world.post("/v1/consents/" + world.consent + "/withdrawal", "{}").then().statusCode(200);
    assertEquals(
        2, world.get("/v1/consents/" + world.consent + "/receipts").<List<?>>path("items").size());
  }

  @Test
  void whatIsSaidOfATenantGoesBeforeWhatIsSaidOfAllAndChangesNothingThatIsAllowed()
      throws Exception {
    provisioning.apply(
        TestTenant.write(
            """
            {"tenants": [{"name": "%s", "environments": ["sandbox"], "contact": "law@acme.example",
              "country": "AT", "lawful_basis": "contract", "clients": [%s, %s, %s]}]}
            """
                .formatted(
                    world.tenant.name(),
                    world.tenant.client("owner", "owner", "administration"),
                    world.tenant.client("compliance", "compliance", "review"),
                    world.tenant.client("tracker", "tracker", "portfolio"))));
    String later = world.newConsent(world.holder);
    PortableRecord told = PortableRecord.of(world, later);
    assertEquals("law@acme.example", told.party("controller").path("contact").asText());
    assertEquals("AT", told.party("controller").path("country").asText());
    assertEquals("1 Main Street, 10115 Berlin", told.party("controller").path("address").asText());
    assertEquals("dpv:Contract", told.json().path("legal_basis").asText());
    assertTrue(told.expanded().contains("\"https://w3id.org/dpv#Contract\""));
    List<String> facts =
        world.get("/v1/access-log?kind=consent.granted").path("items.facts.lawful_basis");
    assertEquals(List.of("consent", "contract"), facts);
    List<List<String>> bases = world.get("/v1/retention/register").path("items.lawful_bases");
    assertEquals(List.of(List.of("consent", "contract")), bases);
    // The earlier version stands as it was made, and so does everything that it says.
    told = PortableRecord.of(world, world.consent);
    assertEquals("dpv:Consent", told.json().path("legal_basis").asText());
    assertEquals("privacy@controller.example", told.party("controller").path("contact").asText());
    // Without an act of the holder the basis stays; with one it is what it is now.
    String less = amended(world.consent, 100, "");
    assertEquals("consent", world.get("/v1/consents/" + less).path("lawful_basis"));
    String given = ", \"given\": {\"by\": \"holder\", \"method\": \"signed-form\"}";
    String more = amended(less, 400, given);
    assertEquals("contract", world.get("/v1/consents/" + more).path("lawful_basis"));
    // Withdrawal is what it is under consent.
    String trades = "/v1/trades?holder=" + world.holder;
    world.post("/v1/consents/" + more + "/withdrawal", "{}").then().statusCode(200);
    assertEquals(200, world.tenant.as("tracker").get(trades).statusCode());
    world.post("/v1/consents/" + later + "/withdrawal", "{}").then().statusCode(200);
    assertEquals(403, world.tenant.as("tracker").get(trades).statusCode());
  }

  private String amended(String consent, int days, String given) {
    String terms =
        """
        {"recipients": ["%s"], "purposes": ["portfolio"], "domains": ["trades"],
         "look_back_days": %d, "expires_at": "%s", "jurisdiction": "DE"%s}
        """
            .formatted(
                world.tenant.publicClient("tracker"),
                days,
                Instant.now().plus(Duration.ofDays(50)),
                given);
    return world
        .post("/v1/consents/" + consent + "/amendment", terms)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void change(String what) throws Exception {
    try (java.sql.Connection admin = TestDatabase.admin();
        java.sql.Statement statement = admin.createStatement()) {
      assertEquals(
          1,
          statement.executeUpdate(
              "update tallystick.consent set " + what + " where tenant_id = " + world.tenant.id()));
    }
  }
}

package io.tallystick.consent;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.boot.TestDatabase;
import jakarta.json.JsonArray;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a holder gets to prove what he allowed, and the record that other systems read. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReceiptTest extends WithAHolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private String consent;

  @BeforeEach
  void give() {
    consent =
        calls
            .grant(
                calls
                    .consentJson(holder)
                    .replace("\"evidence\"", "\"authentication\": \"in-person\", \"evidence\""))
            .path("id");
  }

  private List<String> notes() {
    return tenant.as("compliance").get("/v1/consents/" + consent + "/receipts").path("items.note");
  }

  private static SignedNote parsed(String note) {
    return Objects.requireNonNull(SignedNote.parse(note));
  }

  private static JsonNode text(String note) throws Exception {
    return JSON.readTree(parsed(note).text());
  }

  @Test
  void everyStepHasAReceiptAndEveryReceiptIsSigned() throws Exception {
    String steps = "/v1/consents/" + consent + "/steps";
    calls.post("owner", steps, "{\"step\": \"pause\"}").then().statusCode(200);
    calls.post("owner", steps, "{\"step\": \"resume\"}").then().statusCode(200);
    calls
        .post(
            "owner",
            "/v1/consents/" + consent + "/withdrawal",
            "{\"deletion\": \"delete\", \"reason\": \"enough\"}")
        .then()
        .statusCode(200)
        .body("deletion", equalTo("delete"));
    List<String> notes = notes();
    assertEquals(4, notes.size());
    String key =
        tenant
            .as("owner")
            .get("/v1/consents/" + consent + "/receipts")
            .path("items[0].verifier_key");
    SignedNote.Verifier verifier = Objects.requireNonNull(SignedNote.Verifier.parse(key));
    List<String> took = List.of("grant", "pause", "resume", "withdraw");
    List<String> states = List.of("active", "paused", "active", "withdrawn");
    for (int i = 0; i < notes.size(); i++) {
      SignedNote note = parsed(notes.get(i));
      assertTrue(note.signedBy(verifier));
      SignedNote forged =
          parsed(notes.get(i).replace("\"look_back_days\":365", "\"look_back_days\":366"));
      assertFalse(forged.signedBy(verifier));
      assertEquals(took.get(i), text(notes.get(i)).path("step").asText());
      assertEquals(states.get(i), text(notes.get(i)).at("/state/name").asText());
    }
    assertEquals("delete", text(notes.getLast()).at("/rights/deletion_chosen").asText());
    assertFalse(text(notes.getLast()).path("rights").has("next_notice_at"));
  }

  @Test
  void aReceiptSaysEverythingThatTheConsumerDataRulesAskFor() throws Exception {
    JsonNode receipt = text(notes().getFirst());
    // The lasting arrangement, and which version of it.
    assertEquals(consent, receipt.path("arrangement").asText());
    assertEquals(1, receipt.path("version").asInt());
    // Person.
    assertEquals(holder, receipt.at("/person/holder").asText());
    assertEquals("ada", receipt.at("/person/reference").asText());
    // Purpose, parties, data.
    assertEquals("[\"portfolio\"]", receipt.path("purposes").toString());
    assertEquals(tenant.name(), receipt.at("/parties/0/name").asText());
    assertEquals("controller", receipt.at("/parties/0/role").asText());
    assertEquals(tenant.publicClient("tracker"), receipt.at("/parties/1/client").asText());
    assertEquals("tracker", receipt.at("/parties/1/name").asText());
    assertEquals("portfolio", receipt.at("/parties/1/purpose").asText());
    assertEquals("[\"balances\",\"trades\"]", receipt.path("data").toString());
    assertEquals(365, receipt.path("look_back_days").asInt());
    assertTrue(receipt.has("records_from"));
    // Duration, at most a year and a day.
    assertEquals("until", receipt.at("/duration/kind").asText());
    assertTrue(receipt.at("/duration/from").asText().endsWith("Z"));
    Instant until = Instant.parse(receipt.at("/duration/until").asText());
    assertEquals(ConsentCalls.SOON.getEpochSecond(), until.getEpochSecond());
    assertTrue(receipt.at("/duration/days").asLong() <= 366);
    // How to review and withdraw, what withdrawal does, the choice of deletion.
    for (String right : List.of("review", "withdraw", "withdrawal_means", "deletion")) {
      assertFalse(receipt.path("rights").path(right).asText().isBlank(), right);
    }
    // Notice every 90 days.
    assertEquals(90, receipt.at("/rights/notice_every_days").asInt());
    assertFalse(receipt.at("/rights/next_notice_at").asText().isBlank());
    // History of amendments.
    assertEquals(1, receipt.path("history").size());
    assertEquals("signed-form", receipt.at("/given/method").asText());
    assertEquals("DE", receipt.path("jurisdiction").asText());
    assertEquals("in-person", receipt.at("/given/authentication").asText());
    assertFalse(receipt.toString().contains("document 4711"), "what proves it stays in the record");
  }

  @Test
  void whereARecipientWorksIsOnTheReceiptAndInTheRecord() throws Exception {
    String client =
        """
        {"name": "%s", "role": "tracker", "purpose": "portfolio", "country": "%s",
         "contact": "desk@alpine.example", "address": "3 Gasse, Chur"}
        """;
    ConsentCalls.refused(
        calls.post("owner", "/v1/clients", client.formatted("no", "ZZ")), "country");
    String swiss =
        calls
            .post("owner", "/v1/clients", client.formatted("alpine", "CH"))
            .then()
            .statusCode(201)
            .body("country", equalTo("CH"))
            .extract()
            .path("id");
    String named = tenant.publicClient("tracker") + "\", \"" + swiss;
    consent =
        calls
            .grant(calls.consentJson(holder).replace(tenant.publicClient("tracker"), named))
            .path("id");
    JsonNode parties = text(notes().getFirst()).path("parties");
    assertFalse(parties.get(1).has("country"), "nobody said it of this one");
    assertEquals("CH", parties.get(2).path("country").asText());
    List<JsonNode> told =
        JSON.readTree(record())
            .path("parties")
            .valueStream()
            .filter(one -> one.path("role").asText().equals("recipient"))
            .toList();
    assertEquals(2, told.size());
    assertFalse(told.getFirst().has("country"), "nobody said it of this one");
    assertEquals("urn:tallystick:" + swiss, told.getLast().path("id").asText());
    assertEquals("CH", told.getLast().path("country").asText());
    assertEquals("desk@alpine.example", told.getLast().path("contact").asText());
    assertEquals("3 Gasse, Chur", told.getLast().path("address").asText());
    assertTrue(
        expand(record()).toString().contains("https://w3id.org/dpv#hasCountry"), "a known term");
  }

  private String record() {
    return tenant
        .as("compliance")
        .accept("application/ld+json")
        .get("/v1/consents/" + consent + "/record")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private static JsonArray expand(String document) throws JsonLdError {
    JsonLdOptions strict = new JsonLdOptions();
    strict.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
    return JsonLd.expand(JsonDocument.of(new StringReader(document))).options(strict).get();
  }

  @Test
  void theRecordExpandsWithoutATermThatMeansNothing() throws Exception {
    JsonArray expanded = expand(record());
    String whole = expanded.toString();
    assertEquals(1, expanded.size());
    assertTrue(whole.contains("urn:tallystick:consent:authentication"), whole);
    for (String term :
        List.of(
            "hasDataSubject", "hasPurpose", "hasRecipient", "hasPersonalData", "ConsentGiven")) {
      assertTrue(whole.contains("https://w3id.org/dpv#" + term), term);
    }
    assertFalse(whole.contains("\"ada\""), "the record is pseudonymous");
    String planted = record().replaceFirst("\"given_by\"", "\"given_byy\"");
    assertThrows(JsonLdError.class, () -> expand(planted));
  }

  @Test
  void aConsentForOneReadingSaysSoOnReceiptAndRecord() throws Exception {
    String end = Instant.now().plus(Duration.ofHours(20)).toString();
    consent =
        calls
            .grant(
                calls
                    .consentJson(holder)
                    .replace(ConsentCalls.SOON.toString(), end)
                    .replace("\"jurisdiction\"", "\"duration\": \"once\", \"jurisdiction\""))
            .path("id");
    assertEquals("once", text(notes().getFirst()).at("/duration/kind").asText());
    String whole = expand(record()).toString();
    assertTrue(whole.contains("https://w3id.org/dpv#FixedOccurrencesDuration"), whole);
    assertTrue(whole.contains("https://w3id.org/dpv#hasDuration"), whole);
    assertFalse(whole.contains("usedAt"), whole);
    transactions.as(
        tenant.id(),
        tx -> tx.sql("update consent set used_at = now() where duration = 'once'").update());
    assertTrue(expand(record()).toString().contains("urn:tallystick:consent:usedAt"));
  }

  @Test
  void theRecordUsesTheContextThatIsKeptInTheProject() throws Exception {
    JsonNode kept =
        JSON.readTree(
            Objects.requireNonNull(PortableConsent.class.getResourceAsStream("context.jsonld")));
    assertNotNull(kept.get("@context"));
    assertEquals(kept.get("@context"), JSON.readTree(record()).get("@context"));
  }
}

package io.tallystick.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The record of a consent tells the accounts that were connected under it, as they were judged. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentRecordTest extends AtTheExchange {
  private static final ObjectMapper JSON = new ObjectMapper();

  private String record(String consent) {
    return PortableRecord.of(world, consent).text();
  }

  @Test
  void theRecordTellsTheAccountsAsTheyWereJudgedWhenTheyWereConnected() throws Exception {
    assertEquals(0, JSON.readTree(record(world.consent)).path("accounts").size());
    ApiKey key = world.key(KeyGrant.hmac());
    String connection = world.connect(key).then().statusCode(201).extract().path("id");
    String record = record(world.consent);
    JsonNode accounts = JSON.readTree(record).path("accounts");
    assertEquals(1, accounts.size(), record);
    JsonNode account = accounts.get(0);
    assertEquals("urn:tallystick:" + connection, account.path("id").asText());
    assertEquals("binance", account.path("venue").asText());
    assertEquals("sandbox", account.path("environment").asText());
    assertEquals("read_only", account.path("key_verdict").asText());
    Map<String, String> judged = world.leaves("rights.checked").getFirst();
    List<String> rights = new ArrayList<>();
    account.path("key_rights").forEach(right -> rights.add(right.asText()));
    assertFalse(rights.isEmpty());
    assertEquals(judged.get("rights"), String.join(",", rights));
    List<String> entries =
        world.tenant.as("compliance").get("/v1/access-log?kind=rights.checked").path("items.id");
    assertEquals("urn:tallystick:" + entries.getFirst(), account.at("/evidence/id").asText());
    assertTrue(account.at("/evidence/digest").asText().matches("[0-9a-f]{64}"), record);
    assertTrue(account.path("account_digest").asText().matches("[0-9a-f]{32,128}"), record);
    for (String secret : List.of(key.key(), key.secret(), "\"" + world.account.uid() + "\"")) {
      assertFalse(record.contains(secret), secret);
    }
    String expanded = new PortableRecord(record).expanded();
    assertTrue(expanded.contains("urn:tallystick:consent:keyVerdict"), expanded);
    // It is told of the consent under which it was made, also when it has ended, and of no other.
    world.post("/v1/consents/" + world.consent + "/withdrawal", "{}").then().statusCode(200);
    assertEquals(1, JSON.readTree(record(world.consent)).path("accounts").size());
    String other = world.newConsent(world.holder);
    assertEquals(0, JSON.readTree(record(other)).path("accounts").size());
    assertFalse(
        world.get("/v1/consents/" + world.consent + "/receipts").asString().contains("key_verdict"),
        "not on receipts");
  }
}

package io.tallystick.connection;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/** The portable record of a consent, as it came. */
record PortableRecord(String text) {
  static final String WORDS = "Wir lesen Ihre Bestände.\nSie können jederzeit widerrufen.";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** That of a consent of a world. */
  static PortableRecord of(World world, String consent) {
    return new PortableRecord(
        world
            .tenant
            .as("compliance")
            .accept("application/ld+json")
            .get("/v1/consents/" + consent + "/record")
            .then()
            .statusCode(200)
            .extract()
            .asString());
  }

  /** That of a consent which was connected, amended with all that can be said, and paused. */
  static PortableRecord ofALivedOne(World world) {
    String terms =
        """
        {"recipients": ["%s"], "purposes": ["portfolio"],
         "domains": ["balances", "trades"], "look_back_days": 365, "expires_at": "%s",
         "jurisdiction": "DE", "given": {"by": "holder", "method": "signed-form",
           "authentication": "in-person", "ip": "192.0.2.7", "agent": "a booth",
           "notice": {"version": "2026-1", "language": "de", "words": "%s"}}}
        """
            .formatted(
                world.tenant.publicClient("tracker"),
                Instant.now().plus(Duration.ofDays(100)),
                WORDS.replace("\n", "\\n"));
    world.connect(world.key(KeyGrant.hmac())).then().statusCode(201);
    String consent =
        world
            .post("/v1/consents/" + world.consent + "/amendment", terms)
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    String step = "{\"step\": \"pause\", \"reason\": \"planned\"}";
    world.post("/v1/consents/" + consent + "/steps", step).then().statusCode(200);
    return of(world, consent);
  }

  /** The document. */
  JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first party of a role. */
  JsonNode party(String role) {
    return json()
        .path("parties")
        .valueStream()
        .filter(one -> one.path("role").asText().equals(role))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + role));
  }

  /** Expanded by a processor that refuses terms without a meaning. */
  String expanded() throws JsonLdError {
    JsonLdOptions strict = new JsonLdOptions();
    strict.setUndefinedTermsPolicy(JsonLdOptions.ProcessingPolicy.Fail);
    return JsonLd.expand(JsonDocument.of(new StringReader(text))).options(strict).get().toString();
  }
}

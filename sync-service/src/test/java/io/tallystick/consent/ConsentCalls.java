package io.tallystick.consent;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tallystick.tenancy.TestTenant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Requests of one tenant about holders and consents. */
record ConsentCalls(TestTenant tenant) {
  /** When the consents of these calls expire. */
  // Finer than a database keeps, and rounded down by it: what is sent twice must stay one instant.
  static final Instant SOON =
      Instant.now()
          .truncatedTo(ChronoUnit.SECONDS)
          .plus(Duration.ofDays(200))
          .plusNanos(123_456_499);

  String holder(String reference) {
    return post("owner", "/v1/holders", "{\"reference\": \"" + reference + "\"}").path("id");
  }

  Response post(String client, String path, String body) {
    return tenant.as(client).contentType("application/json").body(body).post(path);
  }

  String consentJson(String holder) {
    return """
    {"holder": "%s", "recipients": ["%s"], "purposes": ["portfolio"],
     "domains": ["balances", "trades"], "look_back_days": 365, "expires_at": "%s",
     "jurisdiction": "DE",
     "given": {"by": "holder", "method": "signed-form", "evidence": "document 4711"}}\
    """
        .formatted(holder, tenant.publicClient("tracker"), SOON);
  }

  static ValidatableResponse refused(Response response, String field) {
    return response
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-request"))
        .body("field", equalTo(field));
  }

  Response grant(String body) {
    return post("owner", "/v1/consents", body);
  }

  Response step(String consent, String step) {
    return post(
        "compliance",
        "/v1/consents/" + consent + "/steps",
        "{\"step\": \"%s\", \"reason\": \"planned\"}".formatted(step));
  }

  Response withdraw(String consent) {
    return post("owner", "/v1/consents/" + consent + "/withdrawal", "{\"deletion\": \"delete\"}");
  }

  Response amend(String holder, String consent, String... changes) {
    String body = consentJson(holder).replace("\"holder\": \"" + holder + "\", ", "");
    for (int i = 0; i < changes.length; i += 2) {
      assertTrue(body.contains(changes[i]), changes[i]);
      body = body.replace(changes[i], changes[i + 1]);
    }
    return post("owner", "/v1/consents/" + consent + "/amendment", body);
  }

  String state(String consent) {
    return tenant.as("owner").get("/v1/consents/" + consent).path("state");
  }
}

package io.tallystick.consent;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.tenancy.TestTenant;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a holder was shown when he consented, and what the record of a consent must say. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class NoticeTest extends WithAHolder {
  private static final String WORDS = "Wir lesen Ihr Konto, für sonst nichts.\n\n— „Nur lesen“ ✓";

  private String shown(String words) throws Exception {
    String notice =
        "{\"version\": \"2026-1\", \"language\": \"de\", \"words\": %s}"
            .formatted(new JsonMapper().writeValueAsString(words));
    String body =
        calls
            .consentJson(holder)
            .replace("\"given\": {", "\"given\": {\"notice\": " + notice + ", ");
    return calls.grant(body).path("id");
  }

  @Test
  void theTextThatWasShownIsTheOneWhoseDigestIsInTheRecord() throws Exception {
    String consent = shown(WORDS);
    byte[] bytes =
        tenant
            .as("compliance")
            .get("/v1/consents/" + consent + "/notice")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    assertArrayEquals(WORDS.getBytes(StandardCharsets.UTF_8), bytes);
    tenant
        .as("owner")
        .get("/v1/consents/" + consent)
        .then()
        .statusCode(200)
        .body("given.notice.version", equalTo("2026-1"))
        .body("given.notice.language", equalTo("de"))
        .body("given.notice.digest", equalTo(TestTenant.sha256(WORDS)));
    tenant.as("tracker").get("/v1/consents/" + consent + "/notice").then().statusCode(403);
    String none = calls.grant(calls.consentJson(holder)).path("id");
    tenant.as("owner").get("/v1/consents/" + none).then().body("given.notice", nullValue());
    tenant.as("owner").get("/v1/consents/" + none + "/notice").then().statusCode(404);
  }
}

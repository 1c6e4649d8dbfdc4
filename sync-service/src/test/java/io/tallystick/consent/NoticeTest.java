package io.tallystick.consent;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a holder was shown when he consented, and what the record of a consent must say. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class NoticeTest {
  private static final String WORDS = "Wir lesen Ihr Konto, für sonst nichts.\n\n— „Nur lesen“ ✓";

  @Inject Provisioning provisioning;

  private TestTenant tenant;
  private ConsentCalls calls;
  private String holder;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
    calls = new ConsentCalls(tenant);
    holder = calls.holder("ada");
  }

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

  /** The mandatory fields of ISO/IEC TS 27560, by the names that the record gives them. */
  @Test
  void theRecordHasEveryFieldThatTheStandardAsksFor() throws Exception {
    String consent = shown(WORDS);
    JsonNode record =
        new JsonMapper()
            .readTree(tenant.as("owner").get("/v1/consents/" + consent + "/record").asByteArray());
    for (String field :
        List.of(
            "/schema_version",
            "/identifier",
            "/data_subject",
            "/notice/notice_version",
            "/notice/language",
            "/purposes/0",
            "/data/0",
            "/controllers/0/name",
            "/controllers/0/contact",
            "/controllers/0/type",
            "/storage",
            "/retention",
            "/jurisdiction",
            "/recipients/0",
            "/withdrawal/method",
            "/given_at",
            "/expires_at",
            "/given_by",
            "/given_method",
            "/status")) {
      assertTrue(!record.at(field).asText().isBlank(), field);
    }
    assertEquals(TestTenant.sha256(WORDS), record.at("/notice/digest").asText());
  }
}

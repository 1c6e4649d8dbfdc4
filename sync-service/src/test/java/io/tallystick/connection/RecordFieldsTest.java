package io.tallystick.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.tenancy.TestTenant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Walks the table of what a record of a consent has to tell (ISO/IEC TS 27560 and what we add to
 * it), row by row, on a record that was amended, connected, and paused.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RecordFieldsTest extends AtTheExchange {
  private static final String ID = "urn:tallystick:[a-z:]*[A-Za-z0-9_:-]+";
  private static final String TIME = "[0-9-]{10}T[0-9:.]+Z";
  private static final String DIGEST = "[0-9a-f]{64}";

  /** Where the record has what a row of the table asks for, and what it looks like there. */
  private record Row(String field, List<String> pointers, List<String> forms) {
    static Row of(String field, String... pairs) {
      List<String> pointers = new ArrayList<>();
      List<String> forms = new ArrayList<>();
      for (int i = 0; i < pairs.length; i += 2) {
        pointers.add(pairs[i]);
        forms.add(pairs[i + 1]);
      }
      return new Row(field, pointers, forms);
    }
  }

  private static final List<Row> TABLE =
      List.of(
          Row.of("schemaVersion", "/schema_version", "tallystick/consent-record/[0-9]+"),
          Row.of("recordId", "/record_id", "urn:uuid:[0-9a-f-]{36}"),
          Row.of("arrangementId", "/arrangement", "cns_.+"),
          Row.of("version", "/version", "2"),
          Row.of("previousRecordId", "/replaces", "cns_.+"),
          Row.of("subjectRef", "/data_subject", "urn:tallystick:hld_.+"),
          Row.of("tenantId", "/tenant", "urn:tallystick:tenant:[0-9]+"),
          Row.of("connectionId", "/accounts/0/id", "urn:tallystick:con_.+"),
          Row.of(
              "purposes[] code, text shown, necessary",
              "/purposes/0/code",
              "portfolio",
              "/purposes/0/type/1",
              "dpv:RequestedServiceProvision",
              "/purposes/0/text",
              "Showing you what you own\\.",
              "/purposes/0/necessity",
              "dpv:Required"),
          Row.of("lawfulBasis", "/legal_basis", "dpv:Consent"),
          Row.of("streams[]", "/accounts/0/streams/0", "[a-z-]+"),
          Row.of("dataCategories[]", "/data/0", "balances", "/data/1", "trades"),
          Row.of("lookbackDays", "/look_back_days", "365"),
          Row.of("earliest", "/records_from", TIME),
          Row.of("venue", "/accounts/0/venue", "binance"),
          Row.of("venueAccountDigest", "/accounts/0/account_digest", "[0-9a-f]{32,128}"),
          Row.of("keyRightsSeen[]", "/accounts/0/key_rights/0", ".+"),
          Row.of("keyVerdict", "/accounts/0/key_verdict", "read_only"),
          Row.of("evidenceDigest", "/accounts/0/evidence/digest", DIGEST),
          Row.of("recipients[]", "/recipients/0", "urn:tallystick:cli_.+"),
          Row.of(
              "storageLocations[]",
              "/storage_locations/0/location",
              "Falkenstein, Germany",
              "/storage_locations/1/location",
              "Nuremberg, Germany"),
          Row.of(
              "retentionClass + period",
              "/retention/0/retention_class",
              "access",
              "/retention/0/period",
              "P3Y",
              "/retention/1/retention_class",
              "books",
              "/retention/1/period",
              "P10Y from the year's end"),
          Row.of("jurisdictionProfile", "/jurisdiction", "DE", "/retention_profile", "de/[0-9]+"),
          Row.of("transfers[]", "/transfers/0", "none"),
          Row.of("automatedDecisions = none", "/automated_decisions", "false"),
          Row.of(
              "withdrawal {method, URL, consequence text}",
              "/withdrawal/method",
              "One act, in the place where it was given.+",
              "/withdrawal/url",
              "https://controller\\.example/withdraw",
              "/withdrawal/consequence",
              ".+five seconds.+"),
          Row.of("rights", "/rights/0/title", "review", "/rights/4/method", "https://.+/rights"),
          Row.of("authority", "/authority/name", "BfDI, Bonn"),
          Row.of("dpiaRef", "/dpia/identifier", "DPIA-2026-1"),
          Row.of("codesOfConduct", "/codes_of_conduct/0/name", "Example Code 3"),
          Row.of(
              "notice {id, version, language, SHA-256}",
              "/notice/id",
              ID,
              "/notice/notice_version",
              "2026-1",
              "/notice/language",
              "de",
              "/notice/digest",
              TestTenant.sha256(PortableRecord.WORDS)),
          Row.of(
              "given {at, method, actor, authentication}",
              "/given_at",
              TIME,
              "/given_method",
              "signed-form",
              "/given_by",
              "holder",
              "/recorded_by",
              "urn:tallystick:cli_.+",
              "/given_authentication",
              "in-person"),
          Row.of("validUntil", "/expires_at", TIME),
          Row.of("durationType", "/duration", "dpv:UntilTimeDuration"),
          Row.of(
              "state, stateReason, stateAt, stateBy",
              "/status",
              "ts:ConsentPaused",
              "/status_reason",
              "planned",
              "/status_since",
              TIME,
              "/status_by",
              "urn:tallystick:cli_.+"),
          Row.of("history[]", "/history/0/version", "1", "/history/1/version", "2"),
          Row.of(
              "receipt {id, signature, issuedAt}",
              "/receipts/0/identifier",
              "[0-9a-f-]{36}",
              "/receipts/0/signed_note",
              "(?s)\\{.+\n\n. tallystick/consent-receipts .+\n",
              "/receipts/0/issued_at",
              TIME));

  @Test
  @DisplayName("acceptance 1: every row of the table of fields is in the record, and expands")
  void everyRowOfTheTableIsInTheRecord() throws Exception {
    PortableRecord told = PortableRecord.ofALivedOne(world);
    String text = told.text();
    JsonNode record = told.json();
    List<String> missing = new ArrayList<>();
    for (Row row : TABLE) {
      for (int i = 0; i < row.pointers().size(); i++) {
        String there = record.at(row.pointers().get(i)).asText();
        if (!there.matches(row.forms().get(i))) {
          missing.add(row.field() + " at " + row.pointers().get(i) + ": '" + there + "'");
        }
      }
    }
    assertEquals(List.of(), missing, text);
    String whole = told.expanded();
    for (String term :
        List.of("hasLegalBasis", "hasRight", "hasEntity", "hasStorageCondition", "hasNecessity")) {
      assertTrue(whole.contains("https://w3id.org/dpv#" + term), term);
    }
    for (String personal : List.of("192.0.2.7", "a booth", "\"ada\"", world.account.uid() + "")) {
      assertFalse(text.contains("\"" + personal + "\""), personal);
    }
  }
}

package io.tallystick.sync;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tallystick.access.proof.LogCheck;
import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.access.proof.Verdict;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.portability.FreshInstance;
import io.tallystick.sandbox.account.Account;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A holder goes from one installation to another with all that is kept of him. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class MovingTest extends OnStage {
  private static final String OUT_OF_ORDER =
      """
      select count(*) from (select
        row_number() over (order by arrival) as told,
        row_number() over (order by recorded_at, leaf_id) as written from outbox) o
      where told <> written
      """;

  private static final String ZIP = "application/zip";
  private static final List<String> DOMAINS =
      List.of("balances", "trades", "orders", "deposits", "withdrawals");

  @Inject TransactionManager manager;
  @Inject TransactionSynchronizationRegistry registry;

  @TempDir Path folder;

  private Subject subject;

  private Subject synced() {
    Account account = stage.small(31);
    subject = stage.subject(account, DOMAINS, 365).connect();
    subject.runWell();
    // The log proves what is sealed: the consent was the first act.
    Awaitility.await()
        .until(
            () -> subject.tenant.as("owner").get("/v1/access-log/checkpoint").statusCode() == 200);
    return subject;
  }

  private byte[] exported() {
    Response answer = subject.tenant.as("owner").get("/v1/holders/" + subject.holder + "/export");
    answer.then().statusCode(200).contentType(ZIP);
    return answer.asByteArray();
  }

  private static Map<String, String> members(byte[] archive) throws IOException {
    Map<String, String> members = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return members;
  }

  @Test
  void aFreshInstanceComesToTheSameLedgerHashAndKnowsEveryRecord() throws Exception {
    synced();
    byte[] archive = exported();
    Path file = Files.write(folder.resolve("holder.zip"), archive);
    long connection = Objects.requireNonNull(PublicIds.connection(subject.connection)).key();
    try (FreshInstance elsewhere = new FreshInstance(folder.resolve("keys"), manager, registry)) {
      FreshInstance.Guest guest = elsewhere.take(file);
      assertEquals(Map.of(connection, subject.hash()), guest.ledgers());
      assertEquals(subject.hash(), elsewhere.hash(guest.holder(), connection));
      for (String table :
          List.of("evidence", "entry", "posting", "balance", "gap", "consent_receipt", "claim")) {
        String all = "select count(*) from " + table;
        assertEquals(subject.count(all), elsewhere.count(all), table);
      }
      assertEquals(0, elsewhere.count("select count(*) from credential"));
      assertEquals(0, elsewhere.count("select count(*) from consent where state = 'active'"));
      assertTrue(elsewhere.count("select count(*) from outbox") > 0, "the feed will tell of it");
      assertEquals(0, elsewhere.count(OUT_OF_ORDER));
      assertTrue(subject.count("select count(*) from evidence") > 60);
    }
  }

  @Test
  void theArchiveHoldsNoSecretIsVerifiedOfflineAndIsTheSameForTheHolderHimself() throws Exception {
    synced();
    Map<String, String> members = members(exported());
    sameForHimself(members);
    String all = String.join("\n", members.values());
    assertFalse(all.contains(subject.key.key()), "the API key");
    assertFalse(all.contains(subject.key.secret()), "the secret");
    assertTrue(all.contains("\"reference\":\"ada\""));
    assertTrue(members.get("csv/entries.csv").lines().count() > 60);
    assertTrue(members.get("consents/" + subject.consent + ".jsonld").contains("dpv:"));
    assertTrue(members.get("access-log/leaves.jsonl").contains("\"consent.granted\""));
    LogCheck check =
        new LogCheck(
            Objects.requireNonNull(
                TrustedCheckpoints.parse(members.get("access-log/checkpoint.note"))),
            null);
    members.get("access-log/proofs.ndjson").lines().forEach(check::line);
    assertInstanceOf(Verdict.Verified.class, check.verdict());
    List<Map<String, String>> reads = subject.leaves("read");
    assertTrue(
        reads.stream()
            .anyMatch(facts -> "GET /v1/holders/{holder}/export".equals(facts.get("route"))));
  }

  private void sameForHimself(Map<String, String> theirs) throws IOException {
    String session = subject.tenant.session(subject.holder);
    Response own = subject.tenant.as(session).get("/v1/self/export");
    own.then().statusCode(200).contentType(ZIP);
    Map<String, String> his = members(own.asByteArray());
    assertEquals(theirs.keySet(), his.keySet());
    assertEquals(theirs.get("rows/entry.jsonl"), his.get("rows/entry.jsonl"));
    assertEquals(theirs.get("rows/evidence.jsonl"), his.get("rows/evidence.jsonl"));
  }

  @Test
  void readingGoesOnWhereHeArrivesAndCountsNothingTwice() {
    synced();
    byte[] archive = exported();
    String hash = subject.hash();
    long evidence = subject.count("select count(*) from evidence where stream = 'spot-trades'");
    TestTenant there = stage.tenant();
    Response arrived = there.as("owner").contentType(ZIP).body(archive).post("/v1/arrivals");
    arrived.then().statusCode(201).body("ledgers[0].hash", equalTo(hash));
    Subject guest =
        subject.at(there, arrived.path("holder"), arrived.path("ledgers[0].connection"));
    assertEquals("consent-missing", guest.link().state().code());
    there.as("owner").contentType(ZIP).body(archive).post("/v1/arrivals").then().statusCode(409);
    guest.moveTo(guest.consent(DOMAINS, 365));
    guest.changeKey();
    guest.runWell();
    assertEquals(hash, guest.hash());
    assertEquals(
        evidence, guest.count("select count(*) from evidence where stream = 'spot-trades'"));
    assertEquals(Map.of(), guest.differences());
  }
}

package io.tallystick.access;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.access.proof.Checkpoint;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProofsApiTest {
  private static final long HOLDER = 4711;

  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject AccessLog log;
  @Inject Sealing sealing;

  private TestTenant tenant;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
  }

  private String append(long holder) {
    UUID id = transactions.as(tenant.id(), tx -> log.append(tx, LogRig.leaf(holder)));
    return PublicIds.leaf(holder, id);
  }

  /** The proof, as soon as the service has sealed the leaf by itself. */
  private JsonPath proof(String leaf) {
    String path = "/v1/access-log/inclusion?leaf=" + leaf;
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> tenant.as("compliance").get(path).statusCode() == 200);
    return tenant.as("compliance").get(path).jsonPath();
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static Checkpoint checkpoint(String note) {
    return Objects.requireNonNull(
        Checkpoint.parse(Objects.requireNonNull(SignedNote.parse(note)).text()));
  }

  private static boolean includes(Checkpoint under, JsonPath proof) {
    return MerkleTree.includes(
        under.root(),
        under.size(),
        proof.getLong("position"),
        bytes(proof.getString("leaf_hash")),
        proof.getList("hashes", String.class).stream().map(ProofsApiTest::bytes).toList());
  }

  @Test
  void theServiceSealsByItselfAndProvesAnEntryOffline() {
    JsonPath proof = proof(append(HOLDER));
    SignedNote note = Objects.requireNonNull(SignedNote.parse(proof.getString("note")));
    JsonPath newest = tenant.as("owner").get("/v1/access-log/checkpoint").jsonPath();
    SignedNote.Verifier verifier =
        Objects.requireNonNull(SignedNote.Verifier.parse(newest.getString("verifier_key")));
    assertTrue(note.signedBy(verifier));
    Checkpoint signed = checkpoint(proof.getString("note"));
    assertEquals(proof.getLong("size"), signed.size());
    assertTrue(includes(signed, proof));
    assertEquals(new Sealing.State(Duration.ZERO, "").trouble(), sealing.state().trouble());
  }

  @Test
  @DisplayName("F86 an old receipt is verified offline, also against a later checkpoint")
  void anOldReceiptIsVerifiedOffline() {
    String leaf = append(HOLDER);
    JsonPath receipt = proof(leaf);
    Checkpoint old = checkpoint(receipt.getString("note"));
    proof(append(HOLDER + 1));
    JsonPath later = proof(leaf);
    Checkpoint now = checkpoint(later.getString("note"));
    assertTrue(now.size() > old.size());
    assertEquals(receipt.getString("leaf_hash"), later.getString("leaf_hash"));
    assertEquals(receipt.getLong("position"), later.getLong("position"));
    assertTrue(includes(now, later));
    JsonPath grown =
        tenant
            .as("compliance")
            .get("/v1/access-log/consistency?from=" + old.size() + "&to=" + now.size())
            .jsonPath();
    List<byte[]> hashes =
        grown.getList("hashes", String.class).stream().map(ProofsApiTest::bytes).toList();
    assertTrue(MerkleTree.consistent(old.size(), old.root(), now.size(), now.root(), hashes));
    assertFalse(includes(old, later) && later.getList("hashes").size() > 1);
  }

  @Test
  void anExportVerifiesAgainstTheKeptCheckpointAndOnlyThen() throws IOException {
    for (int i = 0; i < 5; i++) {
      append(HOLDER + i);
    }
    proof(append(HOLDER));
    Response kept = tenant.as("compliance").get("/v1/access-log/checkpoint");
    kept.then().statusCode(200);
    String note = kept.path("note");
    Checkpoint trusted = checkpoint(note);
    proof(append(HOLDER));
    Response exported = tenant.as("compliance").get("/v1/access-log/export?at=" + trusted.size());
    exported.then().statusCode(200).contentType(startsWith("application/x-ndjson"));
    Path folder = Files.createTempDirectory("export");
    Path export = Files.writeString(folder.resolve("export.ndjson"), exported.asString());
    Path checkpoint = Files.writeString(folder.resolve("checkpoint"), kept.asString());
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    java.io.PrintStream print = new java.io.PrintStream(out, true, StandardCharsets.UTF_8);
    assertEquals(0, Verify.run(print, export.toString(), checkpoint.toString()), out.toString());
    Files.writeString(
        export, exported.asString().replaceFirst("\"kind\":\"pull\"", "\"kind\":\"read\""));
    assertEquals(1, Verify.run(print, export.toString(), checkpoint.toString()));
  }

  @Test
  void anExportOfOneHolderHoldsHisLeavesAlone() {
    append(HOLDER + 1);
    proof(append(HOLDER));
    String path = "/v1/access-log/export?holder=" + PublicIds.holder(HOLDER);
    String exported = tenant.as("owner").get(path).asString();
    String note =
        tenant
            .as("owner")
            .get("/v1/access-log/checkpoint?holder=" + PublicIds.holder(HOLDER))
            .path("note");
    assertTrue(exported.contains("\"holder\":\"" + HOLDER + "\""));
    assertFalse(exported.contains("\"holder\":\"" + (HOLDER + 1) + "\""));
    TrustedCheckpoints trusted = Objects.requireNonNull(TrustedCheckpoints.parse(note));
    assertNotNull(
        TrustedCheckpoints.leaves(
            trusted.bySize().firstEntry().getValue(),
            Long.toString(tenant.id()),
            Long.toString(HOLDER)));
  }

  @Test
  void exportsAndProofsOfEntriesAreThemselvesWrittenDown() {
    proof(append(HOLDER));
    tenant.as("compliance").get("/v1/access-log/export").then().statusCode(200);
    List<String> routes =
        tenant
            .as("compliance")
            .get("/v1/access-log?kind=read")
            .jsonPath()
            .getList("items.facts.route", String.class);
    assertTrue(routes.contains("GET /v1/access-log/export"), routes.toString());
    assertTrue(routes.contains("GET /v1/access-log/inclusion"), routes.toString());
  }

  @Test
  @DisplayName("F47 another tenant's entry is answered like one that is not there")
  void entriesOfOtherTenantsAreNotFound() {
    String leaf = append(HOLDER);
    proof(leaf);
    TestTenant other = TestTenant.fresh(provisioning);
    String unknown = PublicIds.leaf(HOLDER, new UUID(1, 2));
    String theirs =
        other
            .as("compliance")
            .get("/v1/access-log/inclusion?leaf=" + leaf)
            .then()
            .statusCode(404)
            .extract()
            .path("type");
    other
        .as("compliance")
        .get("/v1/access-log/inclusion?leaf=" + unknown)
        .then()
        .statusCode(404)
        .body("type", equalTo(theirs));
  }

  @Test
  void badRequestsNameTheParameter() {
    proof(append(HOLDER));
    for (String bad :
        List.of(
            "consistency?from=1#to",
            "consistency?from=x&to=2#from",
            "consistency?from=2&to=1#from",
            "consistency?from=1&to=99999999#to",
            "inclusion#leaf",
            "export?at=-1#at",
            "export?holder=cli_1#holder")) {
      String[] parts = bad.split("#");
      tenant
          .as("compliance")
          .get("/v1/access-log/" + parts[0])
          .then()
          .statusCode(400)
          .body("field", equalTo(parts[1]));
    }
    tenant.as("compliance").get("/v1/access-log/inclusion?leaf=x").then().statusCode(404);
  }

  @Test
  void rolesThatReadDataSeeNoProofs() {
    for (String role : List.of("tracker", "accountant", "operator")) {
      for (String path : List.of("checkpoint", "inclusion", "consistency", "export")) {
        tenant.as(role).get("/v1/access-log/" + path).then().statusCode(403);
      }
    }
  }

  @Test
  void sealingIsToldToMonitoring() {
    proof(append(HOLDER));
    assertFalse(sealing.state().late());
    io.restassured.RestAssured.get("/q/health/well")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'access log sealing' }.status", equalTo("UP"));
  }
}

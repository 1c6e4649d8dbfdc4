package io.tallystick.access;

import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is left of entries whose keys were destroyed. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ErasedLeafTest {
  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject AccessLog log;
  @Inject Seals seals;

  private TestTenant tenant;
  private long holder;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
    // Keys are named by holder, so each test takes one that no other has.
    holder = UUID.randomUUID().getMostSignificantBits() & Long.MAX_VALUE;
  }

  private String append(long of) {
    UUID id = transactions.as(tenant.id(), tx -> log.append(tx, LogRig.leaf(of)));
    return PublicIds.leaf(of, id);
  }

  private JsonPath proof(String leaf) {
    String path = "/v1/access-log/inclusion?leaf=" + leaf;
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> tenant.as("compliance").get(path).statusCode() == 200);
    return tenant.as("compliance").get(path).jsonPath();
  }

  @Test
  @DisplayName("F92 an entry that was shredded keeps its place and proofs, and is called erased")
  void aShreddedEntryKeepsItsProofs() throws Exception {
    String theirs = append(holder);
    String others = append(holder + 1);
    JsonPath before = proof(theirs);
    assertEquals("trades", facts(theirs, "stream"));
    Response kept = tenant.as("compliance").get("/v1/access-log/checkpoint");

    seals.destroy(holder, RetentionClass.ACCESS);

    assertEquals("the key of this entry was destroyed", facts(theirs, "erased"));
    assertEquals("trades", facts(others, "stream"));
    JsonPath after = proof(theirs);
    assertEquals(before.getString("leaf_hash"), after.getString("leaf_hash"));
    assertEquals(before.getLong("position"), after.getLong("position"));
    String at = Long.toString(kept.jsonPath().getLong("size"));
    String exported = tenant.as("compliance").get("/v1/access-log/export?at=" + at).asString();
    Path folder = Files.createTempDirectory("erased");
    Path export = Files.writeString(folder.resolve("export.ndjson"), exported);
    Path checkpoint = Files.writeString(folder.resolve("checkpoint"), kept.asString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertEquals(0, Verify.run(print, export.toString(), checkpoint.toString()), out.toString());
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("VERIFIED"));
  }

  @Test
  void anEntryThatStaysClosedKeepsNoneFromBeingRead() {
    String whole = append(holder);
    UUID altered = UUID.randomUUID();
    transactions.as(
        tenant.id(),
        tx ->
            tx.sql(
                    """
                    insert into access_leaf (tenant_id, holder_id, leaf_id, recorded_at, kind,
                      version, header, body)
                    select tenant_id, holder_id, ?, recorded_at, kind, version, header,
                      set_byte(body, length(body) - 1, get_byte(body, length(body) - 1) # 1)
                    from access_leaf where tenant_id = ? and holder_id = ?
                    """)
                .bind(altered, tenant.id(), holder)
                .update());
    assertEquals("trades", facts(whole, "stream"));
    assertEquals(
        "the sealed bytes do not belong here or were altered",
        facts(PublicIds.leaf(holder, altered), "unopenable"));
  }

  @Test
  void whatIsWrittenOfAnErasedHolderLaterCanBeRead() {
    seals.destroy(holder, RetentionClass.ACCESS);
    String later = append(holder);
    assertEquals("trades", facts(later, "stream"));
    tenant
        .as("owner")
        .get("/v1/access-log?holder=" + PublicIds.holder(holder))
        .then()
        .statusCode(200)
        .body("items[0].facts", not(hasKey("erased")));
  }

  private String facts(String leaf, String name) {
    return tenant
        .as("owner")
        .get("/v1/access-log?limit=1000")
        .then()
        .statusCode(200)
        .extract()
        .path("items.find { it.id == '%s' }.facts.%s".formatted(leaf, name));
  }
}

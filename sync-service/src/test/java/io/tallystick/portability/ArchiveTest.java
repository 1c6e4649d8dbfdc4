package io.tallystick.portability;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.records.Fill;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.web.Csv;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What of an archive is believed, and what is carried at all. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ArchiveTest {
  private static final long SEED = 20_260_301;

  @Inject BookedAccount.Maker maker;
  @Inject Provisioning provisioning;

  private BookedAccount account;
  private TestTenant there;
  private byte[] archive;

  @BeforeEach
  void export() {
    account = maker.fresh();
    Instant then = Instant.now().minus(Duration.ofDays(3));
    account.trade(Fill.buy("BTCUSDT", 1, then), Fill.buy("ETHBTC", 2, then));
    there = TestTenant.fresh(provisioning);
    archive =
        account.tenant.as("owner").get("/v1/holders/" + account.holder + "/export").asByteArray();
  }

  private Response arrive(byte[] bytes) {
    return there.as("owner").contentType("application/zip").body(bytes).post("/v1/arrivals");
  }

  private void refused(byte[] bytes, String member) {
    arrive(bytes).then().statusCode(400).body("field", equalTo(member));
  }

  private void nothingStayed() {
    there.as("owner").get("/v1/holders").then().statusCode(200).body("items", hasSize(0));
    there.as("owner").get("/v1/connections").then().statusCode(200).body("items", hasSize(0));
  }

  @Test
  void aFlippedByteOfAnyFileIsRefusedByItsName() throws IOException {
    Random random = new Random(SEED);
    List<ZipArchiveEntry> files = new ArrayList<>();
    try (ZipFile zip = ZipFile.builder().setByteArray(archive).get()) {
      files.addAll(Collections.list(zip.getEntries()));
    }
    int flipped = 0;
    for (ZipArchiveEntry file : files) {
      if (file.getSize() == 0) {
        continue;
      }
      byte[] changed;
      do {
        changed = archive.clone();
        int at = (int) (file.getDataOffset() + random.nextLong(file.getCompressedSize()));
        changed[at] ^= (byte) (1 << random.nextInt(8));
        // A few bits only fill the last byte up: without them the file is the same.
      } while (Arrays.equals(content(archive, file), content(changed, file)));
      Response answer = arrive(changed);
      assertEquals(400, answer.statusCode(), file.getName() + " seed " + SEED);
      assertEquals(file.getName(), answer.path("field"), "seed " + SEED);
      flipped++;
    }
    assertTrue(flipped > 20, "flipped " + flipped);
    refused(Arrays.copyOf(archive, archive.length / 2), "archive");
    nothingStayed();
    arrive(archive).then().statusCode(201).body("ledgers[0].hash", equalTo(account.hash()));
  }

  // What a file unpacks to; null when it does not.
  private static byte @Nullable [] content(byte[] zipped, ZipArchiveEntry file) {
    try (ZipFile zip = ZipFile.builder().setByteArray(zipped).get()) {
      return zip.getInputStream(zip.getEntry(file.getName())).readAllBytes();
    } catch (IOException damaged) {
      return null;
    }
  }

  @Test
  void whatSomebodySignsAnewIsJudgedAllTheSame() throws Exception {
    refused(
        forged("rows/asset.jsonl", text -> text.replace("\"BTC\"", "\"ETX\"")), "rows/asset.jsonl");
    refused(
        forged("rows/account.jsonl", text -> text.replace("trading", "opening")),
        "rows/account.jsonl");
    refused(
        forged(
            "rows/entry.jsonl",
            text -> text.replace("{\"entry_id\"", "{\"tenant_id\":\"1\",\"entry_id\"")),
        "rows/entry.jsonl");
    refused(
        forged("rows/entry.jsonl", text -> text.replace("\"kind\":", "\"kind) select 1; --\":")),
        "rows/entry.jsonl");
    refused(
        forged("rows/entry.jsonl", text -> text.replace("\"amounts\":[\"", "\"amounts\":[\"-")),
        "rows/entry.jsonl");
    refused(
        forged("rows/entry.jsonl", text -> text.replace("\"amounts\":[\"", "\"amounts\":[\"1")),
        Manifest.NAME);
    refused(
        forged("rows/evidence.jsonl", text -> text.substring(text.indexOf('\n') + 1)),
        "rows/evidence.jsonl");
    refused(forged("rows/evidence.jsonl", text -> "[" + text), "rows/evidence.jsonl");
    refused(
        forged("rows/connection.jsonl", text -> text.replace("\"sandbox\"", "\"production\"")),
        "rows/connection.jsonl");
    arrive(forged("rows/connection.jsonl", text -> text.replace("\"binance\"", "\"mtgox\"")))
        .then()
        .statusCode(400)
        .body("field", equalTo("rows/connection.jsonl"))
        .body("detail", containsString("mtgox"));
    refused(
        forged("rows/entry.jsonl", text -> text.replace("\"trade\"", "\"theft\"")),
        "rows/entry.jsonl");
    refused(new Forgery(archive).stating(_ -> List.of()), Manifest.NAME);
    arrive(new Forgery(archive).ofForm("tallystick/export/1"))
        .then()
        .statusCode(400)
        .body("field", equalTo(Manifest.NAME))
        .body("detail", containsString(Manifest.FORMAT));
    refused(forged(Naming.MEMBER, text -> "{\"digest_key\":\"AAAA\"}\n"), Naming.MEMBER);
    nothingStayed();
    // A consent that was in force names clients of the other instance: here it opens nothing.
    String arrived = arrive(archive).then().statusCode(201).extract().path("holder");
    there
        .as("owner")
        .get("/v1/consents?holder=" + arrived)
        .then()
        .statusCode(200)
        .body("items[0].state", equalTo("revoked"));
    there.as("tracker").get("/v1/trades?holder=" + arrived).then().statusCode(403);
  }

  private byte[] forged(String member, UnaryOperator<String> change) throws Exception {
    return new Forgery(archive).of(member, change);
  }

  @Test
  @DisplayName("F71 an archive that lists more than it can hold is refused before it is unpacked")
  void anArchiveThatWouldBurstIsRefused() throws Exception {
    refused(forged("csv/gaps.csv", text -> " ".repeat(60_000_000)), Manifest.NAME);
    nothingStayed();
  }

  @Test
  void aHolderWhoWasErasedHasNothingToTakeAway() {
    account
        .tenant
        .as("owner")
        .contentType("application/json")
        .body("{\"books\": \"keep\", \"duty\": \"tax law\"}")
        .post("/v1/holders/" + account.holder + "/erasure")
        .then()
        .statusCode(200);
    account.ask("owner", "/v1/holders/" + account.holder + "/export").then().statusCode(409);
  }

  @Test
  void everyTableOfHoldersIsCarriedOrStaysForAReason() {
    TreeSet<String> named = new TreeSet<>(Carried.STAYS.keySet());
    Carried.ALL.forEach(carried -> assertTrue(named.add(carried.table()), carried.table()));
    named.removeAll(List.of("asset", "notice"));
    List<String> tables =
        account.in(tx ->
            tx.sql(
                    """
                    select c.relname::text from pg_class c
                    join pg_attribute a on a.attrelid = c.oid
                    where a.attname = 'holder_id' and not a.attisdropped and c.relkind = 'r'
                      and c.relnamespace = 'tallystick'::regnamespace
                    """)
                .list(row -> row.getString(1)));
    TreeSet<String> undecided = new TreeSet<>(tables);
    undecided.removeAll(named);
    assertEquals(new TreeSet<>(), undecided, "tables of holders that nobody decided about");
    assertTrue(tables.size() > 30, "the catalogue was really read");
  }

  @Test
  void everySealedColumnThatGoesIsNamed() {
    // A column of bytes that nobody opens would arrive as bytes that nobody can ever open.
    TreeSet<String> digests =
        new TreeSet<>(
            List.of(
                "evidence.content_mac",
                "import_batch.digest",
                "consent.notice_sha256",
                "notice.sha256"));
    TreeSet<String> found = new TreeSet<>();
    for (Carried carried : Carried.ALL) {
      Map<String, String> columns = account.in(tx -> Rows.columns(tx, carried.table()));
      columns.forEach((column, type) -> {
        boolean opened =
            carried.sealed().stream().anyMatch(sealed -> sealed.column().equals(column));
        assertTrue(!opened || type.equals("bytea"), column);
        if (type.equals("bytea") && !opened) {
          found.add(carried.table() + "." + column);
        }
      });
    }
    assertEquals(digests, found);
  }

  @Test
  @DisplayName("F74 a text that a spreadsheet takes for a formula is no formula in the archive")
  void noCellIsAFormula() {
    assertEquals("'=1+1,2\r\n", Csv.row(List.of("=1+1", 2)));
    assertEquals("'@x,\r\n", Csv.row(java.util.Arrays.asList("@x", null)));
  }
}

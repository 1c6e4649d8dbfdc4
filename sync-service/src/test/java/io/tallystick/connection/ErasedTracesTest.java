package io.tallystick.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.records.BookedAccount;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.vault.Opened;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import io.tallystick.vault.Unopenable;
import io.tallystick.venue.Raw;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What can be found of a holder on disks and in logs, before and after he was erased. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ErasedTracesTest extends AtTheExchange {
  @Inject BookedAccount.Maker maker;
  @Inject Seals seals;

  private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();

  /** Everything personal bears it, so that one search finds any of it. */
  private final String canary = "Qx" + UUID.randomUUID().toString().replace("-", "") + "Zw";

  private final class Ear extends Handler {
    private final PatternFormatter format = new PatternFormatter("%s%n%e");

    @Override
    public void publish(LogRecord line) {
      logged.add(format.format(line));
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  /** A deposit as the venue tells it, with an address and a transaction id of the holder. */
  private Raw deposit() {
    String json =
        """
        {"id":"76984512","amount":"5","coin":"BTC","network":"BTC","status":1,\
        "address":"%1$saddress","addressTag":"","txId":"%1$stxid","insertTime":%2$d,\
        "transferType":0,"confirmTimes":"2/2","unlockConfirm":2,"walletType":0}\
        """
            .formatted(canary, Instant.now().toEpochMilli() - 86_400_000L);
    return new Raw(
        "76984512", Instant.now().minusSeconds(86_400), json.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean holds(Path file, byte[] wanted) {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < wanted.length || size > Integer.MAX_VALUE) {
        return false;
      }
      MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
      int last = (int) size - wanted.length;
      for (int i = 0; i <= last; i++) {
        if (bytes.get(i) == wanted[0] && bytes.get(i + 1) == wanted[1] && at(bytes, i, wanted)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // The server removes files of its own while it works.
      return false;
    }
  }

  private static boolean at(MappedByteBuffer bytes, int from, byte[] wanted) {
    for (int k = 0; k < wanted.length; k++) {
      if (bytes.get(from + k) != wanted[k]) {
        return false;
      }
    }
    return true;
  }

  // What a base backup would take: every file of the server, its write-ahead log included, after a
  // checkpoint has written everything out.
  private static List<Path> files() throws SQLException, IOException {
    try (Connection admin = TestDatabase.admin();
        Statement statement = admin.createStatement()) {
      statement.execute("checkpoint");
    }
    try (Stream<Path> files = Files.walk(TestDatabase.folder().resolve("postgres"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static List<Path> found(List<Path> files, String wanted) {
    byte[] bytes = wanted.getBytes(StandardCharsets.UTF_8);
    return files.stream().filter(file -> holds(file, bytes)).toList();
  }

  /** The sealed bytes of a query, as a backup holds them. */
  private List<byte[]> sealed(BookedAccount account, String query) {
    return account.in(tx ->
        tx.sql(query + " where holder_id = ?")
            .bind(account.holderKey)
            .list(row -> Objects.requireNonNullElse(row.getBytes(1), new byte[0])));
  }

  private BookedAccount account() {
    String holder = world.post("/v1/holders", "{\"reference\": \"" + canary + "\"}").path("id");
    String consent = world.newConsent(holder);
    String connection =
        world
            .post(
                "/v1/connections",
                """
                {"consent": "%s", "venue": "binance", "environment": "sandbox", "key": %s}
                """
                    .formatted(consent, World.hmac(world.key(KeyGrant.hmac()))))
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    BookedAccount account = maker.behind(world.tenant, holder, connection, consent);
    assertEquals(1, account.page(account.connection, "deposits", "", List.of(deposit())));
    world.tenant.upload(connection, canary + ".csv", "<!DOCTYPE html><p>" + canary + "</p>");
    world
        .post("/v1/holders/" + holder + "/holds", "{\"reason\": \"" + canary + "\"}")
        .then()
        .statusCode(201);
    return account;
  }

  private void release(BookedAccount account) {
    String holds = "/v1/holders/" + account.holder + "/holds";
    String hold = world.get(holds).path("items[0].id");
    world.post(holds + "/" + hold + "/release", "").then().statusCode(200);
  }

  @Test
  @DisplayName(
      "F95 nothing of an erased holder is in files of the database, in a backup or in logs")
  void nothingOfAnErasedHolderIsFound() throws Exception {
    Logger root = Logger.getLogger("");
    Ear ear = new Ear();
    root.addHandler(ear);
    BookedAccount account;
    List<byte[]> evidence;
    List<byte[]> details;
    try {
      account = account();
      String uid = Long.toString(world.account.uid());
      List<Path> before = files();
      assertFalse(found(before, world.tenant.name()).isEmpty(), "the search finds what is there");
      assertEquals(List.of(), found(before, canary), "a backup taken before");
      assertEquals(List.of(), found(before, uid));
      // What such a backup brings back, beside the keys that are then destroyed.
      evidence = sealed(account, "select payload from evidence");
      details = sealed(account, "select details from entry");
      assertEquals(1, evidence.size());
      release(account);
      world
          .post(
              "/v1/holders/" + account.holder + "/erasure",
              "{\"books\": \"keep\", \"duty\": \"tax law\"}")
          .then()
          .statusCode(200);
      assertEquals(List.of(), found(files(), canary));
    } finally {
      root.removeHandler(ear);
    }
    assertFalse(logged.stream().anyMatch(line -> line.contains(canary)), "logs name nobody");
    unopenable(account, evidence, details);
    gone(account);
  }

  private void unopenable(BookedAccount account, List<byte[]> evidence, List<byte[]> details)
      throws IOException {
    for (byte[] payload : evidence) {
      Opened.Closed closed =
          assertInstanceOf(
              Opened.Closed.class,
              seals.open(account.holderKey, RetentionClass.RAW, payload, "anything"));
      // Not for a wrong context: without its key it opens in none.
      assertEquals(Unopenable.Reason.KEY_DESTROYED, closed.why().reason());
    }
    assertFalse(details.isEmpty());
    Path keys = TestDatabase.folder().resolve("keystore/holder/" + account.holderKey);
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(keys)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    for (String kind : List.of("credential", "identity", "raw", "access")) {
      assertFalse(names.contains(kind + ".keys"), kind);
      assertTrue(names.contains(kind + ".destroyed"), kind);
    }
  }

  private static void gone(BookedAccount account) {
    for (String table :
        List.of("evidence", "import_batch", "import_piece", "import_row", "venue_account")) {
      long left =
          account.in(tx ->
              Objects.requireNonNull(
                  tx.sql("select count(*) from " + table + " where holder_id = ?")
                      .bind(account.holderKey)
                      .first(row -> row.getLong(1))));
      assertEquals(0, left, table);
    }
    long detailed =
        account.in(tx ->
            Objects.requireNonNull(
                tx.sql("select count(*) from entry where details is not null")
                    .first(row -> row.getLong(1))));
    assertEquals(0, detailed);
  }
}

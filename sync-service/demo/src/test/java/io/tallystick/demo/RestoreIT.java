package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A base backup that was taken before an erasure: what it holds, and what comes of it. */
class RestoreIT {
  /** In everything personal, so that one search finds any of it. */
  private final String canary = "Qx" + UUID.randomUUID().toString().replace("-", "") + "Zw";

  @Test
  @DisplayName(
      "F115 a base backup of before an erasure tells nothing, and restored is erased again")
  void aBackupOfBeforeTellsNothingAndRestoredIsErasedAgain() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
        DataFolder data = DataFolder.create()) {
      Path backup = Files.createTempDirectory("tallystick-backup");
      ServiceProcess service =
          ServiceProcess.service(data.path(), sandbox.baseUrl().toString()).begin().awaitReady();
      String holder;
      Account account = sandbox.addAccount(AccountPlan.small("restored", 17));
      try {
        holder = synced(service.api("demo-owner"), sandbox, account);
        base(data, backup.resolve("postgres"));
        Api owner = service.api("demo-owner");
        JsonNode done =
            owner
                .post(
                    "/v1/holders/" + holder + "/erasure",
                    Map.of("books", "keep", "duty", "tax law"))
                .expect(200);
        assertEquals(4, done.path("erased").size(), done.toString());
        assertEquals(0, service.stop(Duration.ofSeconds(20)));
      } finally {
        service.close();
      }
      assertFalse(found(backup, "demo-owner").isEmpty(), "the search finds what is there");
      for (String personal : List.of(canary, Long.toString(account.uid()))) {
        assertEquals(List.of(), found(backup, personal), "in the backup of before: " + personal);
      }
      restore(backup.resolve("postgres"), data.path().resolve("postgres"));
      erasedAgain(data, sandbox, holder);
      remove(backup);
    }
  }

  private String synced(Api owner, Sandbox sandbox, Account account) throws Exception {
    String consent = owner.consent(canary, Api.TRADING);
    String connection =
        owner
            .post("/v1/connections", Api.wish(consent, sandbox.addKey(account, KeyGrant.hmac())))
            .expect(201)
            .path("id")
            .asText();
    owner.awaitFinished(connection, 0, Duration.ofMinutes(2));
    byte[] page = ("<!DOCTYPE html><p>" + canary + "</p>").getBytes(StandardCharsets.UTF_8);
    owner.postFile("/v1/connections/" + connection + "/imports", canary + ".csv", page);
    return owner.get("/v1/consents/" + consent).expect(200).path("holder").asText();
  }

  // As pg_basebackup does it: the files while the server works, then the log that makes them whole.
  private static void base(DataFolder data, Path to) throws IOException, SQLException {
    Path from = data.path().resolve("postgres");
    try (Connection admin = data.admin();
        Statement statement = admin.createStatement()) {
      statement.execute("select pg_backup_start('before', true)");
      copy(from, to, "postmaster.pid", "pg_wal");
      try (ResultSet label =
          statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        assertTrue(label.next());
        Files.writeString(to.resolve("backup_label"), label.getString(1));
      }
    }
    copy(from.resolve("pg_wal"), to.resolve("pg_wal"));
  }

  private static void restore(Path backup, Path to) throws IOException {
    remove(to);
    copy(backup, to);
  }

  private void erasedAgain(DataFolder data, Sandbox sandbox, String holder) throws Exception {
    try (ServiceProcess service =
        ServiceProcess.service(data.path(), sandbox.baseUrl().toString()).begin().awaitReady()) {
      Api owner = service.api("demo-owner");
      JsonNode shown = owner.get("/v1/holders/" + holder).expect(200);
      assertFalse(shown.has("reference"), shown.toString());
      JsonNode erased = owner.get("/v1/holders/" + holder + "/erasure").expect(200).path("erased");
      assertEquals(4, erased.size(), erased.toString());
      assertEquals(
          List.of("0|0|0"),
          data.rows(
              """
              select (select count(*) from tallystick.evidence),
                (select count(*) from tallystick.import_piece),
                (select count(*) from tallystick.entry where details is not null)
              """));
      assertEquals(
          List.of("replay"), data.rows("select distinct cause from tallystick.erased_class"));
      String leaves = owner.get("/v1/access-log?kind=erasure").expect(200).toString();
      assertTrue(leaves.contains("replay"), leaves);
      assertFalse(service.output().contains(canary));
    }
  }

  private static void copy(Path from, Path to, String... without) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(from)) {
      all = files.toList();
    }
    for (Path file : all) {
      Path name = from.relativize(file);
      if (Stream.of(without).anyMatch(name::startsWith)) {
        continue;
      }
      try {
        Files.copy(
            file,
            to.resolve(name.toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException gone) {
        // The server removes files of its own while it works; its log makes up for them.
        assertTrue(Files.notExists(file), gone.toString());
      }
    }
  }

  private static List<Path> found(Path below, String wanted) throws IOException {
    byte[] bytes = wanted.getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, bytes)).toList();
    }
  }

  private static boolean holds(Path file, byte[] wanted) {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      int last = bytes.limit() - wanted.length;
      for (int i = 0; i <= last; i++) {
        if (bytes.get(i) == wanted[0]
            && bytes.slice(i, wanted.length).equals(ByteBuffer.wrap(wanted))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

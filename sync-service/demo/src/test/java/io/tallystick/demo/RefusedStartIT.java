package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the service will not start with, and how it says so. */
class RefusedStartIT {
  private static final String SHORT = Base64.getEncoder().encodeToString(new byte[16]);

  @Test
  @DisplayName("F117 every missing, unknown and contradictory setting is told at once")
  void allFaultsAreToldAtOnce() throws Exception {
    try (DataFolder data = DataFolder.create()) {
      String said =
          refusal(
              ServiceProcess.service(data.path())
                  .with("QUARKUS_HTTP_HOST", "0.0.0.0")
                  .with("TALLYSTICK_VAULT_MASTERKEY", "canary-of-a-misspelt-name")
                  .with("TALLYSTICK_SYNC_INTERVALL", "PT1M")
                  .with("TALLYSTICK_DATABASE_OWNER_USERNAME", "someone")
                  .with("QUARKUS_DATASOURCE_USERNAME", "someone")
                  .option("-Dtallystick.no-such-thing=1"));
      for (String fault :
          List.of(
              "no master key",
              "the listener 0.0.0.0 is open to others",
              "unknown setting: TALLYSTICK_VAULT_MASTERKEY",
              "unknown setting: TALLYSTICK_SYNC_INTERVALL",
              "unknown setting: tallystick.no-such-thing",
              "owner-username and tallystick.database.owner-password go together",
              "username is set without quarkus.datasource.jdbc.url")) {
        assertTrue(said.contains(fault), fault + " is missing in: " + said);
      }
      assertEquals(7, said.lines().filter(line -> line.startsWith("  - ")).count(), said);
      assertFalse(said.contains("canary"), said);
      assertFalse(Files.exists(data.path().resolve("postgres")), "nothing was started");
    }
  }

  @Test
  @DisplayName("F117 two master keys are one too many, even when both are the same")
  void twoMasterKeysAreRefused() throws Exception {
    try (DataFolder data = DataFolder.create()) {
      Path file = DemoFiles.in(data.path()).masterKey();
      String key = Files.readString(file).trim();
      String said =
          refusal(
              ServiceProcess.service(data.path())
                  .with("TALLYSTICK_VAULT_MASTER_KEY", key)
                  .with("TALLYSTICK_VAULT_MASTER_KEY_FILE", file.toString()));
      assertTrue(said.contains("two master keys"), said);
      assertFalse(said.contains(key), "the key is repeated");
    }
  }

  @Test
  void aMasterKeyThatIsShortOpenOrNotTheStoresOwnIsRefused() throws Exception {
    try (DataFolder data = DataFolder.create()) {
      ServiceProcess.Start fits = ServiceProcess.service(data.path(), "http://127.0.0.1:1");
      String tooShort =
          refusal(ServiceProcess.service(data.path()).with("TALLYSTICK_VAULT_MASTER_KEY", SHORT));
      assertTrue(tooShort.contains("32 bytes long"), tooShort);
      assertFalse(tooShort.contains(SHORT), "the key is repeated");
      try (ServiceProcess service = fits.begin().awaitReady()) {
        assertTrue(service.isAlive());
      }
      String other = Base64.getEncoder().encodeToString(new byte[32]);
      String wrong =
          refusal(ServiceProcess.service(data.path()).with("TALLYSTICK_VAULT_MASTER_KEY", other));
      assertTrue(wrong.contains("master key"), wrong);
      assertFalse(wrong.contains(other), "the key is repeated");
      Path file = data.path().resolve("master.key");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      String open =
          refusal(
              ServiceProcess.service(data.path())
                  .with("TALLYSTICK_VAULT_MASTER_KEY_FILE", file.toString()));
      assertTrue(open.contains("open to others"), open);
      assertTrue(data.server().isEmpty(), "a refused start leaves no database running");
    }
  }

  @Test
  void aCommandNobodyKnowsIsAnsweredWithTheUsage() throws Exception {
    try (DataFolder data = DataFolder.create()) {
      String said = refusal(ServiceProcess.service(data.path()).command("ledgerhash"));
      assertTrue(said.contains("usage: ledger-hash <tenant name> <connection id>"), said);
    }
  }

  /** Starts what must not start; the result is everything it said. */
  static String refusal(ServiceProcess.Start start) throws Exception {
    try (ServiceProcess process = start.begin()) {
      assertNotEquals(0, process.awaitEnd(ServiceProcess.START));
      String said = process.output();
      assertFalse(said.lines().anyMatch(line -> line.startsWith("\tat ")), said);
      return said;
    }
  }
}

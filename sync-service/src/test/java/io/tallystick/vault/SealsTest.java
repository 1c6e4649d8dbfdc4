package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealsTest {
  private static final byte[] PLAIN = "{\"id\":28457}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path home;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void whatIsSealedOpensForItsRow() {
    Seals seals = seals(1);
    byte[] sealed = seals.seal(5, RetentionClass.RAW, PLAIN, 1L, "row", "payload");
    assertArrayEquals(
        PLAIN, seals.open(5, RetentionClass.RAW, sealed, 1L, "row", "payload").bytes());
    assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("28457"));
  }

  @Test
  @DisplayName("F40 sealed bytes open in no other row, tenant, holder, class or purpose")
  void f40SealedBytesOpenNowhereElse() {
    Seals seals = seals(1);
    byte[] sealed = seals.seal(5, RetentionClass.RAW, PLAIN, 1L, "row", "payload");
    seals.seal(6, RetentionClass.RAW, PLAIN, 1L, "row", "payload");
    seals.seal(5, RetentionClass.ACCESS, PLAIN, 1L, "row", "payload");
    List<Opened> tries =
        List.of(
            seals.open(6, RetentionClass.RAW, sealed, 1L, "row", "payload"),
            seals.open(5, RetentionClass.ACCESS, sealed, 1L, "row", "payload"),
            seals.open(5, RetentionClass.RAW, sealed, 2L, "row", "payload"),
            seals.open(5, RetentionClass.RAW, sealed, 1L, "row2", "payload"),
            seals.open(5, RetentionClass.RAW, sealed, 1L, "row", "details"),
            seals.open(5, RetentionClass.RAW, sealed, 1L, "rowp", "ayload"),
            seals.open(5, RetentionClass.RAW, sealed, 1L, "row", "payload", null),
            seals.open(5, RetentionClass.RAW, sealed));
    for (Opened opened : tries) {
      assertEquals(Unopenable.Reason.TAMPERED, reason(opened));
      assertThrows(Unopenable.class, opened::bytes);
    }
  }

  @Test
  @DisplayName("F40 flipped bits and cut bytes do not open")
  void f40AlteredBytesDoNotOpen() {
    Seals seals = seals(1);
    byte[] sealed = seals.seal(5, RetentionClass.RAW, PLAIN, 1L);
    for (int i = 0; i < sealed.length; i++) {
      byte[] flipped = sealed.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      assertEquals(
          Unopenable.Reason.TAMPERED, reason(seals.open(5, RetentionClass.RAW, flipped, 1L)));
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertEquals(Unopenable.Reason.TAMPERED, reason(seals.open(5, RetentionClass.RAW, cut, 1L)));
    }
  }

  @Test
  void digestsAreEqualForEqualContentAndKeyedByHolderAndClass() {
    Seals seals = seals(1);
    byte[] digest = seals.mac(5, RetentionClass.RAW, PLAIN);
    assertEquals(32, digest.length);
    assertArrayEquals(digest, seals(1).mac(5, RetentionClass.RAW, PLAIN));
    assertFalse(Arrays.equals(digest, seals.mac(6, RetentionClass.RAW, PLAIN)));
    assertFalse(Arrays.equals(digest, seals.mac(5, RetentionClass.BOOKS, PLAIN)));
    assertFalse(Arrays.equals(digest, seals.mac("holder-reference", PLAIN)));
    assertArrayEquals(
        seals.mac("holder-reference", PLAIN), seals(1).mac("holder-reference", PLAIN));
  }

  @Test
  void oneDestroyedClassLeavesTheOthersReadable() {
    Seals seals = seals(1);
    byte[] raw = seals.seal(5, RetentionClass.RAW, PLAIN, 1L);
    byte[] books = seals.seal(5, RetentionClass.BOOKS, PLAIN, 1L);
    byte[] other = seals.seal(6, RetentionClass.RAW, PLAIN, 1L);
    seals.destroy(5, RetentionClass.RAW);
    seals.destroy(5, RetentionClass.RAW);
    assertEquals(
        Unopenable.Reason.KEY_DESTROYED, reason(seals.open(5, RetentionClass.RAW, raw, 1L)));
    assertArrayEquals(PLAIN, seals.open(5, RetentionClass.BOOKS, books, 1L).bytes());
    assertArrayEquals(PLAIN, seals.open(6, RetentionClass.RAW, other, 1L).bytes());
    assertEquals(
        Unopenable.Reason.KEY_DESTROYED,
        assertThrows(Unopenable.class, () -> seals.seal(5, RetentionClass.RAW, PLAIN, 1L)).reason(),
        "what was in flight does not bring the key back");
    seals.renew(5, RetentionClass.RAW);
    byte[] again = seals.seal(5, RetentionClass.RAW, PLAIN, 1L);
    assertArrayEquals(PLAIN, seals.open(5, RetentionClass.RAW, again, 1L).bytes());
    assertEquals(Unopenable.Reason.TAMPERED, reason(seals.open(5, RetentionClass.RAW, raw, 1L)));
  }

  @Test
  void aDestructionByAnotherProcessCountsHereWithinASecond() {
    Seals here = seals(1);
    byte[] raw = here.seal(5, RetentionClass.RAW, PLAIN, 1L);
    seals(1).destroy(5, RetentionClass.RAW);
    now = now.plus(Duration.ofSeconds(1));
    assertEquals(
        Unopenable.Reason.KEY_DESTROYED, reason(here.open(5, RetentionClass.RAW, raw, 1L)));
    assertThrows(Unopenable.class, () -> here.seal(5, RetentionClass.RAW, PLAIN, 1L));
  }

  @Test
  void aRestoredDatabaseWithAForeignKeyStoreOpensNothingAndMakesNoKey() {
    byte[] raw = seals(1).seal(5, RetentionClass.RAW, PLAIN, 1L);
    Seals foreign = new Seals(FileKeyStore.open(home.resolve("other"), master(1), () -> now));
    assertEquals(
        Unopenable.Reason.KEY_MISSING, reason(foreign.open(5, RetentionClass.RAW, raw, 1L)));
    assertFalse(Files.exists(home.resolve("other/holder")));
  }

  @Test
  void anotherMasterKeyDoesNotStart() {
    seals(1);
    assertEquals(
        Unopenable.Reason.MASTER_KEY, assertThrows(Unopenable.class, () -> seals(2)).reason());
  }

  @Test
  void aKeyFileUnderAnotherNameOrDamagedDoesNotOpen() throws Exception {
    Seals seals = seals(1);
    byte[] raw = seals.seal(5, RetentionClass.RAW, PLAIN, 1L);
    Path folder = home.resolve("keystore/holder");
    OwnerOnly.directory(folder.resolve("6"));
    Files.copy(folder.resolve("5/raw.keys"), folder.resolve("6/raw.keys"));
    assertEquals(Unopenable.Reason.MASTER_KEY, reason(seals.open(6, RetentionClass.RAW, raw, 1L)));
    Files.writeString(folder.resolve("5/raw.keys"), "tallystick-keys 1\nAAAA\nnot base64!\n");
    now = now.plus(Duration.ofSeconds(1));
    assertEquals(Unopenable.Reason.MASTER_KEY, reason(seals.open(5, RetentionClass.RAW, raw, 1L)));
  }

  @Test
  @DisplayName("F41 a key store that goes away and returns is used again without a restart")
  void f41AKeyStoreThatGoesAwayAndReturnsIsUsedAgain() throws Exception {
    Seals seals = seals(1);
    byte[] raw = seals.seal(5, RetentionClass.RAW, PLAIN, 1L);
    Path file = home.resolve("keystore/holder/5/raw.keys");
    Path away = home.resolve("away");
    Files.move(file, away);
    Files.createDirectory(file);
    now = now.plus(Duration.ofSeconds(1));
    assertEquals(
        Unopenable.Reason.STORE_UNAVAILABLE, reason(seals.open(5, RetentionClass.RAW, raw, 1L)));
    Files.delete(file);
    Files.move(away, file);
    assertArrayEquals(PLAIN, seals.open(5, RetentionClass.RAW, raw, 1L).bytes());
  }

  @Test
  void manyMakersAtOnceEndWithOneKey() throws Exception {
    List<Seals> stores = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      stores.add(seals(1));
    }
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long holder = 100; holder < 120; holder++) {
        long each = holder;
        List<Future<byte[]>> sealed = new ArrayList<>();
        for (Seals store : stores) {
          Callable<byte[]> work = () -> store.seal(each, RetentionClass.RAW, PLAIN, 1L);
          sealed.add(workers.submit(work));
        }
        for (Future<byte[]> one : sealed) {
          for (Seals store : stores) {
            assertArrayEquals(PLAIN, store.open(each, RetentionClass.RAW, one.get(), 1L).bytes());
          }
        }
      }
    }
    try (var files = Files.walk(home.resolve("keystore"))) {
      assertEquals(0, files.filter(f -> f.toString().contains(".draft-")).count());
    }
  }

  @Test
  void foldersAndFilesAreTheOwnersAlone() throws Exception {
    Seals seals = seals(1);
    seals.seal(5, RetentionClass.RAW, PLAIN, 1L);
    try (var files = Files.walk(home.resolve("keystore"))) {
      for (Path path : files.toList()) {
        assertEquals(
            Files.isDirectory(path) ? "rwx------" : "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
            path.toString());
      }
    }
    Files.setPosixFilePermissions(
        home.resolve("keystore"), PosixFilePermissions.fromString("rwxr-x---"));
    assertThrows(MasterKey.BadMasterKey.class, () -> seals(1));
  }

  @Test
  void masterKeysOfAnotherLengthOrFormAreRefused() {
    for (String bad :
        List.of("", "   ", "c2hvcnQ=", "not base64 at all, CANARY!", "A".repeat(88))) {
      MasterKey.BadMasterKey refusal =
          assertThrows(MasterKey.BadMasterKey.class, () -> MasterKey.parse(Secret.of(bad)), bad);
      assertFalse(String.valueOf(refusal.getMessage()).contains("CANARY"));
    }
    assertEquals("[master key]", master(1).toString());
  }

  @Test
  void aMasterKeyFileOpenToOthersIsRefused() throws Exception {
    Path file = home.resolve("secrets/master.key");
    MasterKey made = MasterKey.readOrMake(file, new SplittableRandom(7));
    byte[] text = Files.readAllBytes(file);
    byte[] sealed =
        new Seals(FileKeyStore.open(home.resolve("k"), made, () -> now))
            .seal(1, RetentionClass.RAW, PLAIN, 1L);
    MasterKey again = MasterKey.readOrMake(file, new SplittableRandom(8));
    assertArrayEquals(text, Files.readAllBytes(file));
    assertArrayEquals(
        PLAIN,
        new Seals(FileKeyStore.open(home.resolve("k"), again, () -> now))
            .open(1, RetentionClass.RAW, sealed, 1L)
            .bytes());
    for (String permissions : List.of("rw----r--", "rw-r-----", "rw--w----")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      assertThrows(MasterKey.BadMasterKey.class, () -> MasterKey.read(file), permissions);
    }
    assertThrows(MasterKey.BadMasterKey.class, () -> MasterKey.read(home.resolve("absent")));
  }

  @Test
  void sealingAPageCostsMilliseconds() {
    Seals seals = seals(1);
    byte[] record = new byte[250];
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 30; round++) {
      long start = System.nanoTime();
      for (long i = 0; i < 1000; i++) {
        seals.seal(5, RetentionClass.RAW, record, 1L, i, "payload");
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.printf("sealing 1,000 records of 250 bytes: %.1f ms%n", best / 1e6);
    assertTrue(best < 100_000_000L, "far beyond what a page may cost: " + best + " ns");
  }

  private Seals seals(int master) {
    return new Seals(FileKeyStore.open(home.resolve("keystore"), master(master), () -> now));
  }

  private static MasterKey master(int seed) {
    byte[] raw = new byte[MasterKey.LENGTH];
    Arrays.fill(raw, (byte) seed);
    return MasterKey.parse(Secret.of(Base64.getEncoder().encodeToString(raw) + "\n"));
  }

  private static Unopenable.Reason reason(Opened opened) {
    return switch (opened) {
      case Opened.Closed closed -> closed.why().reason();
      case Opened.Plain plain -> throw new AssertionError("opened: " + plain);
    };
  }
}

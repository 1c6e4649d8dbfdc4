package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master key is replaced while the store is in use. */
class MasterKeyChangeTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final int HOLDERS = 12;

  @TempDir Path folder;

  private final MasterKey old = master(1);
  private final MasterKey fresh = master(2);
  private final List<byte[]> sealed = new ArrayList<>();
  private Instant filled = Instant.EPOCH;

  private static MasterKey master(int seed) {
    byte[] bytes = new byte[MasterKey.LENGTH];
    new Random(seed).nextBytes(bytes);
    try (Secret text = Secret.of(Base64.getEncoder().encodeToString(bytes))) {
      return MasterKey.parse(text);
    }
  }

  private FileKeyStore both() {
    return FileKeyStore.open(folder, fresh, old, CLOCK);
  }

  @BeforeEach
  void fill() {
    Seals seals = new Seals(FileKeyStore.open(folder, old, CLOCK));
    for (int holder = 1; holder <= HOLDERS; holder++) {
      sealed.add(seals.seal(holder, RetentionClass.RAW, new byte[] {(byte) holder}, "row"));
    }
    filled = Instant.now();
  }

  private void everythingOpens(FileKeyStore store) {
    Seals seals = new Seals(store);
    for (int holder = 1; holder <= HOLDERS; holder++) {
      byte[] plain = seals.open(holder, RetentionClass.RAW, sealed.get(holder - 1), "row").bytes();
      assertArrayEquals(new byte[] {(byte) holder}, plain);
    }
  }

  @Test
  @DisplayName("F43 a change of the master key that is cut off half way goes on, run twice, by two")
  void aChangeThatIsCutOffGoesOn() {
    // Half way: some keys were met in use, the process ended.
    Seals half = new Seals(both());
    for (int holder = 1; holder <= HOLDERS / 2; holder++) {
      half.open(holder, RetentionClass.RAW, sealed.get(holder - 1), "row").bytes();
    }
    everythingOpens(both());
    FileKeyStore one = both();
    FileKeyStore two = both();
    Thread beside = Thread.ofVirtual().start(two::rewrap);
    int keys = one.rewrap();
    assertEquals(keys, one.rewrap());
    joined(beside);
    assertEquals(HOLDERS + 1, keys, "the holders' and the probe");
    everythingOpens(FileKeyStore.open(folder, fresh, CLOCK));
    assertThrows(Unopenable.class, () -> FileKeyStore.open(folder, old, CLOCK));
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatWasDestroyedStaysSoThroughAChange() {
    FileKeyStore store = both();
    KeyName gone = KeyName.holder(3, RetentionClass.RAW);
    store.destroy(gone);
    store.rewrap();
    assertThrows(Unopenable.class, () -> store.existing(gone));
    FileKeyStore after = FileKeyStore.open(folder, fresh, CLOCK);
    assertThrows(Unopenable.class, () -> after.obtain(gone));
  }

  @Test
  void aDamagedFileHoldsNoOtherUp() throws IOException {
    FileKeyStore store = both();
    Path damaged = folder.resolve(KeyName.holder(5, RetentionClass.RAW).text() + KeyFiles.SUFFIX);
    Files.writeString(damaged, "no keys");
    assertThrows(Unopenable.class, store::rewrap);
    assertThrows(Unopenable.class, () -> store.rotate(Instant.now().plusSeconds(1)));
    Files.delete(damaged);
    FileKeyStore after = FileKeyStore.open(folder, fresh, CLOCK);
    for (long holder = 1; holder <= HOLDERS; holder++) {
      if (holder != 5) {
        Keys keys = after.existing(KeyName.holder(holder, RetentionClass.RAW));
        assertTrue(keys.since().isAfter(filled), "rotated too: " + holder);
      }
    }
  }

  @Test
  void whatADeadProcessLeftHalfWrittenGoesWithTheKey() throws IOException {
    KeyName name = KeyName.holder(4, RetentionClass.RAW);
    Path keys = folder.resolve(name.text() + KeyFiles.SUFFIX);
    Path other = folder.resolve(KeyName.holder(4, RetentionClass.BOOKS).text() + KeyFiles.SUFFIX);
    FileKeyStore store = both();
    store.obtain(KeyName.holder(4, RetentionClass.BOOKS));
    Path left = Files.copy(keys, keys.resolveSibling(".draft-1"));
    // Cut off between the two names of a new file: it has both.
    Path linked = Files.createLink(keys.resolveSibling(".draft-2"), other);
    Path writing = Files.copy(keys, keys.resolveSibling(".draft-3"));
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    Files.setLastModifiedTime(left, before);
    Files.setLastModifiedTime(linked, before);
    store.destroy(name);
    assertFalse(Files.exists(left));
    assertFalse(Files.exists(linked));
    assertTrue(Files.exists(writing), "another process may be at it");
    store.existingNow(KeyName.holder(4, RetentionClass.BOOKS));
  }
}

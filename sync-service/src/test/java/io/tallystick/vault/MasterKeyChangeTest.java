package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallystick.kernel.Secret;
import java.nio.file.Path;
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
}

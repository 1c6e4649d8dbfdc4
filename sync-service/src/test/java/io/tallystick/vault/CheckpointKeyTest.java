package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.access.proof.Checkpoint;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointKeyTest {
  @TempDir Path folder;

  private CheckpointKey key(String store) throws IOException {
    MasterKey master = MasterKey.parse(Secret.of(Base64.getEncoder().encodeToString(new byte[32])));
    Path place = folder.resolve(store);
    return new CheckpointKey(new Seals(FileKeyStore.open(place, master, () -> Instant.EPOCH)));
  }

  @Test
  void whatItSignsVerifiesByItsPublicHalf() throws IOException {
    CheckpointKey key = key("one");
    Checkpoint checkpoint = Checkpoint.of("test.example/log", 3, new byte[32]);
    SignedNote.Verifier verifier = new SignedNote.Verifier("test.example/log", key.publicKey());
    SignedNote note = SignedNote.of(checkpoint.text(), verifier, key.sign(checkpoint));
    assertTrue(note.signedBy(verifier));
    assertFalse(
        SignedNote.of(
                Checkpoint.of("test.example/log", 4, new byte[32]).text(),
                verifier,
                key.sign(checkpoint))
            .signedBy(verifier));
  }

  @Test
  void everyNodeOfOneKeyStoreHasTheSameKeyAndNoOther() throws IOException {
    assertArrayEquals(key("one").publicKey(), key("one").publicKey());
    assertFalse(Arrays.equals(key("one").publicKey(), key("two").publicKey()));
    assertEquals("[checkpoint key]", key("one").toString());
    try (var files = Files.walk(folder.resolve("one"))) {
      assertTrue(files.anyMatch(file -> file.endsWith("access-log-signer.keys")));
    }
  }
}

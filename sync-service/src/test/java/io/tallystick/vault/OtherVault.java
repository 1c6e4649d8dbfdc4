package io.tallystick.vault;

import io.tallystick.access.BodySealer;
import io.tallystick.consent.HolderSeal;
import io.tallystick.kernel.Secret;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;

/** The vault of an installation beside the running one: a master key and a store of its own. */
public record OtherVault(Seals seals) {
  /** A vault whose store is in this folder. */
  public static OtherVault in(Path folder, int seed) {
    byte[] bytes = new byte[MasterKey.LENGTH];
    new java.util.Random(seed).nextBytes(bytes);
    try (Secret text = Secret.of(Base64.getEncoder().encodeToString(bytes))) {
      MasterKey master = MasterKey.parse(text);
      return new OtherVault(new Seals(FileKeyStore.open(folder, master, InstantSource.system())));
    }
  }

  /** What seals holders there. */
  public HolderSeal holders() {
    return new RowSealers().holders(seals);
  }

  /** What seals the log there. */
  public BodySealer bodies() {
    return new RowSealers().accessBodies(seals);
  }
}

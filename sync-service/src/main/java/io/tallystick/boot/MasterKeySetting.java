package io.tallystick.boot;

import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Secret;
import io.tallystick.vault.FileKeyStore;
import io.tallystick.vault.MasterKey;
import io.tallystick.vault.Unopenable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The master key as it was given. It is tried before a database is started or migrated: a service
 * that cannot open its key store has nothing to do there.
 *
 * @param text the key itself; null when none was given
 * @param file the file that holds it; null when none was given
 */
record MasterKeySetting(@Nullable Secret text, @Nullable Path file, Path keystore) {
  /** Whether exactly one was given; looks at nothing outside. */
  List<String> faults() {
    if (text == null && file == null) {
      return List.of(
          "no master key: set TALLYSTICK_VAULT_MASTER_KEY_FILE to an owner-only file that holds 32"
              + " random bytes in base64 (openssl rand -base64 32)");
    }
    if (text != null && file != null) {
      return List.of(
          "two master keys: set either tallystick.vault.master-key or"
              + " tallystick.vault.master-key-file");
    }
    return List.of();
  }

  /** Whether the key is one and opens the store; makes the store when there is none. */
  List<String> storeFaults() {
    try {
      FileKeyStore.open(keystore, key(), Pace.SYSTEM);
      return List.of();
    } catch (MasterKey.BadMasterKey | Unopenable e) {
      return List.of(Faults.sentence(e));
    }
  }

  private MasterKey key() {
    if (text != null) {
      return MasterKey.parse(text);
    }
    if (file != null) {
      return MasterKey.read(file);
    }
    throw new IllegalStateException("asked for a key that was not given");
  }
}

package io.tallystick.vault;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the keys are. */
@ConfigMapping(prefix = "tallystick.vault")
public interface VaultSettings {
  /** The master key, 32 bytes in base64; exactly one of this and the file is given. */
  Optional<String> masterKey();

  /** A file with the master key in base64, readable by its owner only. */
  Optional<Path> masterKeyFile();

  /** An owner-only file with the master key that is being replaced; left out when none is. */
  Optional<Path> formerMasterKeyFile();

  /** How long a key seals before a new one takes its place; zero: for ever. */
  @WithDefault("P365D")
  Duration rotateKeysAfter();

  /** The folder of the key store: outside the database, backed up apart from it. */
  @WithDefault("${tallystick.data:data}/keystore")
  Path keystore();
}

package io.tallystick.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the access log is sealed. */
@ConfigMapping(prefix = "tallystick.access")
public interface AccessSettings {
  /** The log's name in checkpoints, and its key's; a name of your own tells it from others. */
  @WithDefault("tallystick/access-log")
  String origin();

  /** How soon waiting leaves get their positions and a checkpoint is signed. */
  @WithDefault("PT1S")
  Duration sealInterval();

  /** The file in which the signer keeps its last note: outside the database and its backups. */
  @WithDefault("${tallystick.data:data}/access-log.signed")
  Path signerState();

  /** A file to which every checkpoint is appended, to be carried elsewhere. */
  Optional<Path> checkpointFile();
}

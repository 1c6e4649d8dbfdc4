package io.tallystick.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where erasures are remembered, and whether periods are enforced. */
@ConfigMapping(prefix = "tallystick.retention")
public interface RetentionSettings {
  /** The list of erasures: outside the database, the key store and the backups of both. */
  @WithDefault("${tallystick.data:data}/erasures.list")
  Path erasureList();

  /** Whether what is due is erased; without it, it is reported only. */
  @WithDefault("true")
  boolean enforce();
}

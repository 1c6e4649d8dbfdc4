package io.tallystick.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the engine runs. */
@ConfigMapping(prefix = "tallystick.sync")
public interface SyncSettings {
  /** How often each connection is synced. */
  @WithDefault("PT15M")
  Duration interval();

  /** Whether this process listens to what venues tell as it happens. */
  @WithDefault("true")
  boolean live();

  /** How many markets that nothing points to one run asks for trades, and as many for orders. */
  @WithDefault("400")
  int sweep();
}

package io.tallystick.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** When the engine runs. */
@ConfigMapping(prefix = "tallystick.sync")
public interface SyncSettings {
  /** How often each connection is synced. */
  @WithDefault("PT15M")
  @DurationMin(seconds = 1)
  Duration interval();

  /** Whether this process listens to what venues tell as it happens. */
  @WithDefault("true")
  boolean live();

  /** How many markets that nothing points to one run asks for trades, and as many for orders. */
  @WithDefault("400")
  @Min(0)
  int sweep();

  /**
   * How long runs can be looked at. Of what is older each run takes its connection's away, but for
   * the newest that came to its end, which tells how far the books are read.
   */
  @WithDefault("P90D")
  @DurationMin(days = 1)
  Duration keepRuns();
}

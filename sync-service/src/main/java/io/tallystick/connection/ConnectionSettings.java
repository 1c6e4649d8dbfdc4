package io.tallystick.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What an operator decides about connections. */
@ConfigMapping(prefix = "tallystick.connection")
public interface ConnectionSettings {
  /**
   * Names of environments in which a key whose rights cannot be read may be connected, with the
   * holder's recorded acknowledgement. None unless named.
   */
  Optional<Set<String>> allowUnverifiable();

  /** The address venues see us at, which holders put on their keys' lists; shown where it helps. */
  Optional<@Pattern(regexp = "[0-9A-Fa-f.:,/ ]{2,200}") String> egressAddress();

  /** How long a key pair that the service made waits for its API key. */
  @WithDefault("PT24H")
  @DurationMin(minutes = 1)
  @DurationMax(days = 7)
  Duration offerLife();

  /** After how long a holder is advised to make a new key. */
  @WithDefault("P180D")
  @DurationMin(days = 1)
  Duration keyAge();

  /** How long a former key stays known beside a new one, unless its change says otherwise. */
  @WithDefault("PT1H")
  @DurationMin(seconds = 0)
  @DurationMax(days = 7)
  Duration keyOverlap();
}

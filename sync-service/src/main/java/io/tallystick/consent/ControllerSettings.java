package io.tallystick.consent;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What only the operator can say of whoever answers for the data. */
@ConfigMapping(prefix = "tallystick.register")
public interface ControllerSettings {
  /** How to reach him: an address, a name, a mailbox. */
  Optional<String> contact();

  /** Where the data is kept. */
  Optional<String> storage();

  /** To which other countries it goes, and under which guarantees; {@code none} where to none. */
  Optional<String> transfers();
}

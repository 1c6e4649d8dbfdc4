package io.tallystick.retention;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What only the operator can say of the processing, for the register of it. */
@ConfigMapping(prefix = "tallystick.register")
public interface RegisterSettings {
  /** How to reach whoever answers for the data. */
  Optional<String> contact();

  /** Where the data is kept. */
  Optional<String> storage();

  /** To which other countries it goes, and under which guarantees; {@code none} where to none. */
  Optional<String> transfers();
}

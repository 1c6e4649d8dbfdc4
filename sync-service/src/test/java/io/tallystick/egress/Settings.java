package io.tallystick.egress;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.util.HashMap;
import java.util.Map;

/** The real settings with their real defaults, some overridden, held to their real bounds. */
final class Settings {
  private Settings() {}

  static EgressSettings with(String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put("tallystick.egress." + pairs[i], pairs[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, "test", 500))
        .withMapping(EgressSettings.class)
        .withValidator(new BeanValidationConfigValidatorImpl())
        .build()
        .getConfigMapping(EgressSettings.class);
  }
}

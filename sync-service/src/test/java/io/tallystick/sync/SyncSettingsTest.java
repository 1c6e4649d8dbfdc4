package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncSettingsTest {
  private static SyncSettings with(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, "test", 500))
        .withMapping(SyncSettings.class)
        .withValidator(new BeanValidationConfigValidatorImpl())
        .build()
        .getConfigMapping(SyncSettings.class);
  }

  @Test
  void whatIsAllowedIsTaken() {
    assertEquals(Duration.ofMinutes(15), with(Map.of()).interval());
    SyncSettings least =
        with(Map.of("tallystick.sync.interval", "PT1S", "tallystick.sync.sweep", "0"));
    assertEquals(Duration.ofSeconds(1), least.interval());
    assertEquals(0, least.sweep());
  }

  @ParameterizedTest(name = "{0}={1} is out of bounds")
  @CsvSource({"interval,PT0S", "interval,PT-15M", "sweep,-1", "keep-runs,PT1H"})
  void everySettingHasBounds(String name, String value) {
    Map<String, String> values = Map.of("tallystick.sync." + name, value);
    assertThrows(ConfigValidationException.class, () -> with(values));
  }
}

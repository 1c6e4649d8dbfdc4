package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressSettingsTest {
  @Test
  void theDefaultsAreCautious() {
    EgressSettings settings = Settings.with();
    assertEquals(new BigDecimal("0.70"), settings.share());
    assertEquals(Duration.ofSeconds(5), settings.connectTimeout());
    assertEquals(Duration.ofSeconds(30), settings.callTimeout());
    assertEquals(16 * 1024 * 1024, settings.bodyLimit());
  }

  @ParameterizedTest(name = "{0}={1} is out of bounds")
  @CsvSource({
    "share,1.01",
    "share,0",
    "reserve,0.9",
    "address,a b",
    "call-timeout,PT1H",
    "connect-timeout,PT0S",
    "clock-refresh,PT1H",
    "clock-guard,PT1M",
    "body-limit,1",
    "tries,0",
    "tries,100",
    "parallel,0",
    "patience,PT24H",
    "retry-for,PT0S"
  })
  void everySettingHasBounds(String name, String value) {
    assertThrows(ConfigValidationException.class, () -> Settings.with(name, value));
  }

  @Test
  void aSandboxIsSetByVenue() {
    VenueSettings settings =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of("tallystick.venues.scripted.sandbox-url", "http://127.0.0.1:8090"),
                    "test",
                    500))
            .withMapping(VenueSettings.class)
            .build()
            .getConfigMapping(VenueSettings.class);
    assertEquals(
        List.of(URI.create("http://127.0.0.1:8090")),
        settings.venues().get("scripted").sandboxUrl().orElseThrow());
  }
}

package io.tallystick.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tallystick.tenancy.LawfulBasis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator can say of the processing, and what stops the start. */
class ControllersTest {
  private static ControllerSettings settings(Map<String, String> variables, String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put("tallystick.register." + pairs[i], pairs[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .withSources(
            new EnvConfigSource(variables, 300), new PropertiesConfigSource(values, "test", 290))
        .withMapping(ControllerSettings.class)
        .build()
        .getConfigMapping(ControllerSettings.class);
  }

  private static List<String> faults(String... pairs) {
    return new Controllers(settings(Map.of(), pairs)).faults();
  }

  @Test
  void whoSaysNothingStartsAndRestsOnConsent() {
    ControllerSettings nothing = settings(Map.of());
    assertEquals(LawfulBasis.CONSENT, nothing.lawfulBasis());
    assertTrue(nothing.processors().isEmpty());
    Controllers controllers = new Controllers(nothing);
    assertEquals(List.of(), controllers.faults());
    assertNull(controllers.besides().withdrawAt());
    assertEquals(new Stated.Purpose("tax", null, null, null), controllers.purpose("tax"));
  }

  @Test
  void eachBasisHasAWordOfTheVocabularyAndOthersStopTheStart() {
    for (LawfulBasis basis : LawfulBasis.values()) {
      assertEquals(basis, settings(Map.of(), "lawful-basis", basis.code()).lawfulBasis());
      assertEquals(basis, LawfulBasis.of(basis.code()));
      assertTrue(basis.term().matches("dpv:[A-Z][A-Za-z]+"), basis.term());
    }
    assertThrows(RuntimeException.class, () -> settings(Map.of(), "lawful-basis", "whim"));
  }

  @Test
  void whatCannotBeIsToldBeforeTheFirstRecordIsMade() {
    List<String> faults =
        faults(
            "country", "Germany",
            "processors.host.country", "ZZ",
            "purposes.tax.category", "tax things",
            "withdrawal-url", "http://controller.example/withdraw");
    assertEquals(4, faults.size(), faults.toString());
    for (String name :
        List.of("country", "processors.host.country", "purposes.tax.category", "withdrawal-url")) {
      assertTrue(
          faults.stream().anyMatch(one -> one.contains("tallystick.register." + name + " ")),
          name + " in " + faults);
    }
    for (String page :
        List.of("ftp://x.example/", "https://user@x.example/", "mailto:a@x.example", "/withdraw")) {
      assertEquals(1, faults("withdrawal-url", page).size(), page);
    }
    for (String page :
        List.of("https://x.example/w?client=1#end", "http://127.0.0.1:8280/withdraw")) {
      assertEquals(List.of(), faults("withdrawal-url", page), page);
    }
  }

  @Test
  void processorsCanBeNamedByVariables() {
    ControllerSettings said =
        settings(
            Map.of(
                "TALLYSTICK_REGISTER_PROCESSORS_HOST_NAME", "Example Hosting Ltd",
                "TALLYSTICK_REGISTER_PROCESSORS_HOST_COUNTRY", "IE"));
    assertEquals("Example Hosting Ltd", said.processors().get("host").name().orElseThrow());
    assertEquals(List.of(), new Controllers(said).faults());
  }
}

package io.tallystick.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Thing(String someName, int count, BigDecimal amount, Instant at, Object extra) {}

  private final ObjectMapper mapper = new ObjectMapper();

  JsonTest() {
    new Json().customize(mapper);
  }

  private static final String GOOD =
      """
      {"some_name": "n", "count": 1, "amount": "1.50", "at": "2026-01-02T05:04:05.6789+02:00",
       "extra": null}\
      """;

  @Test
  void valuesAreReadAndWrittenInOneForm() throws Exception {
    Thing thing = mapper.readValue(GOOD, Thing.class);
    assertEquals(new BigDecimal("1.50"), thing.amount());
    assertEquals(
        """
        {"some_name":"n","count":1,"amount":"1.5","at":"2026-01-02T03:04:05.678Z"}\
        """,
        mapper.writeValueAsString(thing));
  }

  @Test
  @DisplayName("F58 unknown, repeated, coerced and trailing members are refused")
  void looseJsonIsRefused() {
    for (String bad :
        List.of(
            GOOD.replace("{", "{\"__proto__\": {}, "),
            GOOD.replace("{", "{\"tenantId\": 1, "),
            GOOD.replace("{", "{\"count\": 1, "),
            GOOD.replace("\"count\": 1", "\"count\": \"1\""),
            GOOD.replace("\"count\": 1", "\"count\": 1.5"),
            GOOD.replace("\"count\": 1", "\"count\": null"),
            GOOD.replace("\"n\"", "7"),
            GOOD.replace("\"n\"", "true"),
            GOOD + " {}",
            GOOD + "]")) {
      assertThrows(JacksonException.class, () -> mapper.readValue(bad, Thing.class), bad);
    }
  }

  @Test
  void amountsAreStringsOfOurGrammarAndNothingElse() {
    for (String bad : List.of("1.5", "\"1e5\"", "\"NaN\"", "\"\"", "\" 1\"", "\"+1\"", "\"١\"")) {
      assertThrows(
          JacksonException.class,
          () -> mapper.readValue(GOOD.replace("\"1.50\"", bad), Thing.class),
          bad);
    }
  }

  @Test
  void instantsNeedAnOffsetAndAYearThatMakesSense() {
    for (String bad :
        List.of(
            "2026-01-01",
            "2026-01-01T00:00:00",
            "+1000000-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "2026-02-30T00:00:00Z",
            "1767225600000",
            "now",
            "")) {
      assertNull(Times.parse(bad), bad);
    }
    assertEquals(Instant.EPOCH, Times.parse("1970-01-01T00:00:00Z"));
  }

  @Test
  void nestingBeyondThirtyTwoLevelsIsRefused() throws Exception {
    mapper.readTree("[".repeat(32) + "]".repeat(32));
    assertThrows(JacksonException.class, () -> mapper.readTree("[".repeat(33) + "]".repeat(33)));
    assertThrows(JacksonException.class, () -> mapper.readTree("1".repeat(71)));
  }

  @Test
  @DisplayName("F118 locale and time zone of the host change nothing")
  void hostSettingsChangeNothing() throws Exception {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    String expected = mapper.writeValueAsString(mapper.readValue(GOOD, Thing.class));
    try {
      for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
        ObjectMapper other = new ObjectMapper();
        new Json().customize(other);
        assertEquals(expected, other.writeValueAsString(other.readValue(GOOD, Thing.class)), tag);
        assertEquals("identity_id", Json.snakeCase("identityId"), tag);
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }
}

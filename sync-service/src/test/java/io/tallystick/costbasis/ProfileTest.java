package io.tallystick.costbasis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "generic, USD, FIFO,          UTC,              NONE,            --01-01",
    "us,      USD, FIFO,          America/New_York, US_YEAR,         --01-01",
    "uk,      GBP, UK_SHARES,     Europe/London,    NONE,            --04-06",
    "de,      EUR, FIFO,          Europe/Berlin,    GERMAN_YEAR,     --01-01",
    "ca,      CAD, ACB,           America/Toronto,  NONE,            --01-01",
    "ie,      EUR, FIFO,          Europe/Dublin,    NONE,            --01-01",
    "au,      AUD, FIFO,          Australia/Sydney, AUSTRALIAN_YEAR, --07-01",
    "jp,      JPY, TOTAL_AVERAGE, Asia/Tokyo,       NONE,            --01-01"
  })
  void everyProfileSaysItsDefaults(
      String id, String currency, Method method, String zone, TermRule term, String yearStart) {
    Profile profile = Profile.of(id);
    assertEquals(currency, profile.settings().currency());
    assertEquals(method, profile.settings().method());
    assertEquals(zone, profile.settings().calendar().zone().getId());
    assertEquals(term, profile.settings().calendar().term());
    assertEquals(yearStart, profile.settings().calendar().yearStart().toString());
    assertTrue(profile.methods().contains(method));
    assertTrue(profile.version() >= 1);
    assertFalse(profile.title().isEmpty());
    assertFalse(profile.notes().isEmpty());
    assertEquals(LocalDate.of(2026, 11, 1), profile.checked());
    assertTrue(Profile.IDS.contains(id));
  }

  @Test
  void everyMethodOfEveryProfileCanBeChosen() {
    for (String id : Profile.IDS) {
      Profile profile = Profile.of(id);
      for (Method method : profile.methods()) {
        Settings chosen = profile.settings(Map.of("method", method.name()));
        assertEquals(method, chosen.method(), id);
      }
    }
  }

  @Test
  void unitedStatesScopeTurnsToWalletsIn2025() {
    assertEquals(
        new Scope.WalletsFrom(LocalDate.of(2025, 1, 1)), Profile.of("us").settings().scope());
  }

  @Test
  void unitedStatesDoesNotPromiseAnAllocationThatNobodyCanTell() {
    String notes = String.join("\n", Profile.of("us").notes());
    assertFalse(notes.contains("as the holder recorded it"), notes);
    assertTrue(notes.contains("an allocation of the holder's own cannot be told"), notes);
  }

  @Test
  void methodOutsideTheProfileIsRefused() {
    Profile germany = Profile.of("de");
    assertThrows(IllegalArgumentException.class, () -> germany.settings(Map.of("method", "LIFO")));
    assertThrows(IllegalArgumentException.class, () -> Profile.of("atlantis"));
  }

  @Test
  void settingsRefuseWhatTheyDoNotKnow() {
    assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of("metod", "FIFO")));
    assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of("method", "FILO")));
    assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of("scope", "galaxy")));
    assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of("gift", "maybe")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Settings.of(Map.of("method", "UK_SHARES", "scope", "wallet")));
  }

  @Test
  void settingsAreEqualWhenTheirEntriesAre() {
    Settings one = Settings.of(Map.of("method", "HIFO"));
    Settings same = Settings.of(one.entries());
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertEquals("HIFO", one.entries().get("method"));
    assertFalse(one.equals(one.with(Map.of("method", "FIFO"))));
  }
}

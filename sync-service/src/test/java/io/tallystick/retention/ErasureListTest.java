package io.tallystick.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallystick.retention.ErasureList.Line;
import io.tallystick.vault.RetentionClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list outside: what it says after crashes and returns. */
class ErasureListTest {
  private static final Instant AT = Instant.parse("2026-04-01T10:00:00Z");

  @TempDir Path folder;

  private static Line line(long holder, RetentionClass retention, boolean renewed) {
    return new Line(7, holder, retention, AT, renewed);
  }

  @Test
  void whatWasBegunAnewIsNotErasedAgainAndWhatWasErasedAfterIs() {
    ErasureList list = new ErasureList(folder.resolve("deep/erasures.list"));
    assertEquals(List.of(), list.standing());
    Line raw = line(1, RetentionClass.RAW, false);
    Line access = line(1, RetentionClass.ACCESS, false);
    list.add(List.of(raw, access));
    list.add(List.of(line(1, RetentionClass.RAW, true)));
    assertEquals(List.of(access), list.standing());
    list.add(List.of(raw));
    assertEquals(List.of(raw, access), list.standing());
  }

  @Test
  void aLineThatACrashCutOffIsForgottenAndSpoilsNoOther() throws Exception {
    Path file = folder.resolve("erasures.list");
    ErasureList list = new ErasureList(file);
    Line first = line(1, RetentionClass.RAW, false);
    list.add(List.of(first));
    Files.writeString(file, "7 2 raw 2026-04", StandardOpenOption.APPEND);
    assertEquals(List.of(first), list.standing());
    Line next = line(3, RetentionClass.BOOKS, false);
    list.add(List.of(next));
    assertEquals(List.of(first, next), list.standing());
    Files.writeString(file, "something else\n", StandardOpenOption.APPEND);
    assertThrows(IllegalStateException.class, list::standing);
  }
}

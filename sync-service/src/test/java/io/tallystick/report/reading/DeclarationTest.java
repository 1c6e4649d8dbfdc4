package io.tallystick.report.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.PublicIds;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a declaration says of itself. */
class DeclarationTest {
  private static final Instant AT = Instant.parse("2025-03-01T12:00:00Z");

  @Test
  void aStatementNamesWhatIsItsHoldersWhereverItWasWritten() {
    UUID entry = new UUID(3, 4);
    UUID opening = new UUID(5, 6);
    List<String> lots =
        Stream.of(1L, 2L)
            .flatMap(holder ->
                Stream.of(
                    PublicIds.entry(holder, entry),
                    PublicIds.entry(holder, entry) + "#2",
                    PublicIds.declaration(holder, opening) + "#11",
                    "anything#1"))
            .toList();
    Declaration selection =
        new Declaration(
            PublicIds.declaration(1, new UUID(7, 8)),
            Declaration.Kind.SELECTION,
            PublicIds.entry(1, entry),
            null,
            null,
            null,
            PublicIds.connection(1, 9),
            null,
            null,
            lots.subList(0, 4).stream()
                .map(lot -> new Declaration.Lot(Decimals.of("5"), null, null, lot, null))
                .toList(),
            "Ada",
            "",
            AT,
            null);
    Declaration there = selection.of(2, new UUID(7, 8), entry);
    assertEquals(PublicIds.declaration(2, new UUID(7, 8)), there.id());
    assertEquals(PublicIds.entry(2, entry), there.entry());
    assertEquals(PublicIds.connection(2, 9), there.connection());
    assertEquals(lots.subList(4, 8), there.lots().stream().map(Declaration.Lot::lot).toList());
    assertEquals(selection, there.of(1, new UUID(7, 8), entry));
  }
}

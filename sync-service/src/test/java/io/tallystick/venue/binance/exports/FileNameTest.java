package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What names tell, and what renamed ones no longer do. */
final class FileNameTest {
  @Test
  void aDownloadedNameTellsItsZoneStampPartAndKind() {
    FileName name = FileName.of("Binance-Spot-Trade-History-202609151030(UTC+5:30)-part1-of2.csv");
    assertEquals(List.of(ZoneOffset.ofHoursMinutes(5, 30)), name.zones());
    assertEquals("202609151030", name.stamp());
    assertEquals(new FileName.Part(1, 2), name.part());
    assertEquals(ExportKind.SPOT_TRADES, name.kind());
  }

  @Test
  void aBrowsersCopyIsTheSameExport() {
    FileName first = FileName.of("Binance-Transaction-History-202604011200(UTC--6)_5e6f7a84.csv");
    FileName copy =
        FileName.of("Binance-Transaction-History-202604011200(UTC--6)_5e6f7a84 (1).csv");
    assertEquals(List.of(ZoneOffset.ofHours(-6)), copy.zones());
    assertEquals(first.stamp(), copy.stamp());
    FileName other = FileName.of("Binance-Transaction-History-202604011201(UTC--6).csv");
    assertNotEquals(first.export(), other.export());
  }

  @Test
  void anArchiveAndItsMemberSpeakTogether() {
    FileName both =
        FileName.of(
            "Binance-Transaction-History-202604011200(UTC--6)_5e6f7a84.zip",
            "Binance-Transaction-History-202604011200(UTC--6).csv");
    assertEquals(List.of(ZoneOffset.ofHours(-6)), both.zones());
    assertEquals(
        List.of(ZoneOffset.ofHours(-6)), FileName.of("x(UTC--6).zip", "table.csv").zones());
    assertEquals(2, FileName.of("x(UTC+2).zip", "x(UTC+3).csv").zones().size());
  }

  @Test
  void accentsStoredApartMakeNoDifference() {
    String composed = "Binance-Hist\u00f3rico-de-Dep\u00f3sitos-202604011202(UTC--3).csv";
    String apart = "Binance-Histo\u0301rico-de-Depo\u0301sitos-202604011202(UTC--3).csv";
    assertEquals(FileName.of(composed), FileName.of(apart));
    assertEquals(List.of(Direction.DEPOSIT), FileName.of(apart).directions());
  }

  @Test
  void aRenamedFileTellsNothing() {
    FileName name = FileName.of("binance trades (1).csv");
    assertEquals(List.of(), name.zones());
    assertNull(name.stamp());
    assertNull(name.part());
    assertEquals(List.of(), name.directions());
  }

  @Test
  void marginIsToldByTheNameAlone() {
    assertEquals(
        MarginMode.CROSS,
        FileName.of("Binance-Margin-Order-History-202609120532(UTC+4)-cross.csv").margin());
    assertEquals(
        MarginMode.ISOLATED,
        FileName.of("Binance-Margin-Order-History-202609120532(UTC+4)-isolated.csv").margin());
    assertNull(FileName.of("Binance-Margin-Order-History-202609120532(UTC+4).csv").margin());
    assertEquals(MarginMode.NONE, FileName.of("Export Order History.csv").margin());
  }

  @Test
  void sparkPartsOfOneExportShareItsId() {
    FileName first = FileName.of("part-00000-12345678-0000-0000-0000-000000000000-c000.csv");
    FileName second = FileName.of("part-00001-12345678-0000-0000-0000-000000000000-c000.csv");
    assertEquals(first.export(), second.export());
    assertEquals(new FileName.Part(1, 0), second.part());
  }

  @Test
  void aNameIsNeverAPath() {
    assertEquals(FileName.of("DepositHistory.csv"), FileName.of("../../x/DepositHistory.csv"));
  }
}

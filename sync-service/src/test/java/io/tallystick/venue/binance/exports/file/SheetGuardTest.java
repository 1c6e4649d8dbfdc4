package io.tallystick.venue.binance.exports.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tallystick.venue.binance.exports.file.Container.Opened;
import io.tallystick.venue.binance.exports.file.Container.Opening;
import io.tallystick.venue.binance.exports.file.Container.Reason;
import io.tallystick.venue.binance.exports.file.Container.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No way of writing a workbook hides from the guard what the reader would hold in memory. */
final class SheetGuardTest {
  private static final String STRINGS =
      "<Types><Override PartName=\"%s\" ContentType=\"application/vnd.openxmlformats-officedocument"
          + ".spreadsheetml.sharedStrings+xml\"/></Types>";

  @TempDir private Path folder;

  private Opening open(Map<String, byte[]> parts, Limits limits) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("[Content_Types].xml", bytes("<Types/>"));
    all.put("xl/workbook.xml", bytes("<x/>"));
    all.putAll(parts);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> part : all.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
      }
    }
    Path file = folder.resolve("upload");
    Files.write(file, bytes.toByteArray());
    return Container.open(file, "given.xlsx", limits);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void refused(String part, byte[] content) throws IOException {
    Opening opening = open(Map.of(part, content), Limits.STANDARD);
    assertEquals(Reason.HOSTILE_SHEET, assertInstanceOf(Refused.class, opening).reason());
  }

  private void taken(Map<String, byte[]> parts) throws IOException {
    Opening opening = open(parts, Limits.STANDARD);
    try (Container container =
        assertInstanceOf(Opened.class, opening, opening::toString).container()) {
      assertEquals(Content.XLSX, container.members().getFirst().content());
    }
  }

  private static byte[] sheet(String rows) {
    return bytes("<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<row><c r=\"AAAA1\"/></row>",
        "<row><c r =\"AAAA1\"/></row>",
        "<row><c r= 'AAAA1'/></row>",
        "<row><c s=\"1\"\nr\t=\n\"AAAA1\"/></row>",
        "<row><c r=\"aaaa1\"/></row>",
        "<row><c r=\"$A$1\"/></row>",
        "<row><c r=\"\u7b11\"/></row>",
        "<row><c r=\"&#65;AAA1\"/></row>",
        "<row><c s=\">\" r=\"AAAA1\"/></row>",
        "<row><x:c x:r=\"AAAA1\"/></row>",
        "<!-- it's --><row><c r=\"AAAA1\"/></row>",
        "<?x it's?><row><c r=\"AAAA1\"/></row>",
        "<row><c r=\"A1\" s='\"'/><c r=\"AAAA1\"/></row>",
        "<row><c><![CDATA[x]]></c></row>",
        "<row><c r=\"A12345678\"/></row>"
      })
  @DisplayName("F71 a cell beyond the last column is seen however its place is written")
  void cellsFarAwayAreSeen(String rows) throws IOException {
    refused("xl/worksheets/sheet1.xml", sheet(rows));
  }

  @Test
  @DisplayName("F71 a row of cells without places is no longer than Excel's")
  void rowsWithoutEndAreSeen() throws IOException {
    String most = "<row>" + "<c/>".repeat(16_384) + "</row>";
    taken(Map.of("xl/worksheets/sheet1.xml", sheet(most + most)));
    refused("xl/worksheets/sheet1.xml", sheet("<row>" + "<c/>".repeat(16_385) + "</row>"));
    String runs = "<row><c><f/><is>" + "<t>0123456789</t>".repeat(10_000) + "</is></c></row>";
    refused("xl/worksheets/sheet1.xml", sheet(runs));
  }

  @Test
  @DisplayName("F71 a part is looked into whatever it is called")
  void partsOfAnyNameAreSeen() throws IOException {
    String entities = "<!DOCTYPE x [<!ENTITY e \"e\">]><sst>&e;</sst>";
    refused("xl/strings.dat", bytes(entities));
    refused("xl/strings.dat", bytes("\ufeff" + entities));
    refused("xl/strings.dat", bytes("\n " + entities));
    refused("xl/strings.dat", entities.getBytes(StandardCharsets.UTF_16));
    refused("xl/strings.dat", entities.getBytes(StandardCharsets.UTF_16LE));
    refused("xl/strings.dat", entities.getBytes(StandardCharsets.UTF_16BE));
    refused("xl/strings.dat", bytes("<?xml version=\"1.0\" encoding='IBM037'?><sst/>"));
  }

  @Test
  @DisplayName("F71 the string table is bound by the limit under any name")
  void theStringTableIsBoundUnderAnyName() throws IOException {
    Limits standard = Limits.STANDARD;
    Limits few =
        new Limits(
            standard.bytes(),
            standard.ratio(),
            standard.members(),
            standard.line(),
            standard.columns(),
            standard.rows(),
            1_000);
    byte[] table = bytes("<sst>" + "<si><t>x</t></si>".repeat(100) + "</sst>");
    for (String name : new String[] {"xl/sharedStrings.xml", "xl/worksheets/s.xml", "xl/s.dat"}) {
      Map<String, byte[]> parts =
          Map.of("[Content_Types].xml", bytes(STRINGS.formatted("/" + name)), name, table);
      Opening opening = open(parts, few);
      assertEquals(Reason.HOSTILE_SHEET, assertInstanceOf(Refused.class, opening).reason(), name);
    }
    refused("[Content_Types].xml", bytes("<Types><Override"));
  }

  @Test
  void whatSpreadsheetProgramsWriteIsTaken() throws IOException {
    String sheet =
        "\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
            + "<!-- it's made <by> hand --><worksheet xmlns:r='x'><cols><col min=\"1\"/></cols>"
            + "<sheetData><row r=\"1048576\" spans='1:3'>"
            + "<c r=\"XFD1048576\" t=\"s\" ><v>1</v></c><c r='A1'/></row></sheetData><mergeCells>"
            + "<mergeCell ref=\"A1:B1\"/>".repeat(10_000)
            + "</mergeCells></worksheet>";
    String chain = "<calcChain>" + "<c r=\"A1\" i=\"1\"/>".repeat(20_000) + "</calcChain>";
    byte[] picture = {(byte) 0xff, (byte) 0xd8, 0, 0, '<', '!', 'D'};
    byte[] printer = "Printer".getBytes(StandardCharsets.UTF_16LE);
    taken(
        Map.of(
            "xl/worksheets/sheet1.xml",
            bytes(sheet),
            "xl/calcChain.xml",
            bytes(chain),
            "docProps/thumbnail.jpeg",
            picture,
            "xl/printerSettings/printerSettings1.bin",
            printer));
  }
}

package io.tallystick.venue.binance.exports.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells of a workbook that a spreadsheet program has written. */
final class SheetTest {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.";

  @TempDir private Path folder;

  private static byte[] workbook(String rows) throws IOException {
    return workbook(rows, "");
  }

  private static byte[] workbook(String rows, String properties) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\""
            + PACKAGE
            + "content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
            + "relationships+xml\"/>"
            + override("workbook.xml", "spreadsheetml.sheet.main")
            + override("worksheets/sheet1.xml", "spreadsheetml.worksheet")
            + override("sharedStrings.xml", "spreadsheetml.sharedStrings")
            + override("styles.xml", "spreadsheetml.styles")
            + "</Types>");
    parts.put("_rels/.rels", relations("officeDocument", "xl/workbook.xml"));
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns=\""
            + MAIN
            + "\" xmlns:r=\""
            + OFFICE
            + "\">"
            + properties
            + "<sheets>"
            + "<sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\""
            + PACKAGE
            + "relationships\">"
            + relation("rId1", "worksheet", "worksheets/sheet1.xml")
            + relation("rId2", "sharedStrings", "sharedStrings.xml")
            + relation("rId3", "styles", "styles.xml")
            + "</Relationships>");
    parts.put(
        "xl/sharedStrings.xml",
        "<sst xmlns=\""
            + MAIN
            + "\"><si><t>shared</t></si><si><r><t>in </t></r><r><t>runs</t>"
            + "</r></si></sst>");
    parts.put(
        "xl/styles.xml",
        "<styleSheet xmlns=\""
            + MAIN
            + "\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd hh:mm:ss\"/>"
            + "<numFmt numFmtId=\"165\" formatCode=\"[Red]0.00 &quot;day&quot;\"/></numFmts>"
            + "<cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/>"
            + "<xf numFmtId=\"165\"/></cellXfs></styleSheet>");
    parts.put(
        "xl/worksheets/sheet1.xml",
        "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows + "</sheetData></worksheet>");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"/xl/" + part + "\" ContentType=\"" + TYPE + type + "+xml\"/>";
  }

  private static String relations(String type, String target) {
    return "<Relationships xmlns=\""
        + PACKAGE
        + "relationships\">"
        + relation("rId1", type, target)
        + "</Relationships>";
  }

  private static String relation(String id, String type, String target) {
    return "<Relationship Id=\""
        + id
        + "\" Type=\""
        + OFFICE
        + "/"
        + type
        + "\" Target=\""
        + target
        + "\"/>";
  }

  private List<String> rows(byte[] workbook) throws IOException {
    Path file = folder.resolve("upload");
    Files.write(file, workbook);
    Container.Opening opening = Container.open(file, "x.xlsx", Limits.STANDARD);
    try (Container container = assertInstanceOf(Container.Opened.class, opening).container()) {
      Member member = container.members().getFirst();
      assertEquals(Content.XLSX, member.content());
      try (Table table = XlsxTable.open(member, Limits.STANDARD)) {
        assertNotNull(table);
        List<String> rows = new ArrayList<>();
        for (Table.Step step = table.next(); step != Table.Step.END; step = table.next()) {
          rows.add(
              table.line()
                  + (step == Table.Step.BROKEN
                      ? "!" + table.damage()
                      : ":" + new String(table.raw(), StandardCharsets.UTF_8)));
        }
        return rows;
      }
    }
  }

  @Test
  void cellsOfEveryTypeBecomeText() throws IOException {
    String rows =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
            + "<row r=\"3\"><c r=\"A3\"><v>1.4999999999999999E-2</v></c>"
            + "<c r=\"B3\"><v>8.40112E+18</v></c><c r=\"C3\" t=\"b\"><v>1</v></c>"
            + "<c r=\"D3\" t=\"str\"><f>A1</f><v>kept</v></c>"
            + "<c r=\"E3\" t=\"inlineStr\"><is><t>in, line</t></is></c></row>";
    assertEquals(
        List.of("1:shared,,in runs", "3:0.015,8.40112E+18,TRUE,kept,\"in, line\""),
        rows(workbook(rows)));
  }

  @Test
  void aSheetThatBreaksOffIsToldAfterItsGoodRows() throws IOException {
    String rows =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\"></row>";
    assertEquals(List.of("1:shared", "2!SHEET"), rows(workbook(rows)));
  }

  @Test
  void datesOfAWorkbookThatCountsFrom1904AreThoseOfAllOthers() throws IOException {
    String rows =
        "<row r=\"1\"><c r=\"A1\"><v>44064.5</v></c><c r=\"B1\" s=\"1\"><v>44064.5</v></c>"
            + "<c r=\"C1\" s=\"2\"><v>44064.5</v></c><c r=\"D1\" s=\"3\"><v>44064.5</v></c></row>";
    assertEquals(
        List.of("1:44064.5,45526.5,45526.5,44064.5"),
        rows(workbook(rows, "<workbookPr date1904=\"1\"/>")));
    assertEquals(
        List.of("1:44064.5,44064.5,44064.5,44064.5"),
        rows(workbook(rows, "<workbookPr date1904=\"0\"/>")));
  }
}

package io.tallystick.venue.binance.exports.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks of several sheets, whose cells are texts. */
public final class Workbook {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

  private Workbook() {}

  /** A workbook with these sheets, each as lines whose cells are told apart by commas. */
  @SafeVarargs
  public static byte[] of(List<String>... sheets) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\"%scontent-types\">".formatted(PACKAGE)
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
            + "relationships+xml\"/>"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"%ssheet.main+xml\"/>"
                .formatted(TYPE)
            + each(
                sheets.length,
                "<Override PartName=\"/xl/worksheets/sheet%1$d.xml\" ContentType=\""
                    + TYPE
                    + "worksheet+xml\"/>")
            + "</Types>");
    parts.put(
        "_rels/.rels",
        "<Relationships xmlns=\"%srelationships\">".formatted(PACKAGE)
            + "<Relationship Id=\"rId1\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/>"
                .formatted(OFFICE)
            + "</Relationships>");
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets>".formatted(MAIN, OFFICE)
            + each(sheets.length, "<sheet name=\"Sheet%1$d\" sheetId=\"%1$d\" r:id=\"rId%1$d\"/>")
            + "</sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"%srelationships\">".formatted(PACKAGE)
            + each(
                sheets.length,
                "<Relationship Id=\"rId%1$d\" Type=\""
                    + OFFICE
                    + "/worksheet\" Target=\"worksheets/sheet%1$d.xml\"/>")
            + "</Relationships>");
    for (int i = 0; i < sheets.length; i++) {
      parts.put("xl/worksheets/sheet" + (i + 1) + ".xml", sheet(sheets[i]));
    }
    return zip(parts);
  }

  private static String each(int count, String form) {
    return IntStream.rangeClosed(1, count).mapToObj(form::formatted).collect(Collectors.joining());
  }

  private static String sheet(List<String> lines) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      rows.append("<row r=\"%d\">".formatted(i + 1));
      String[] cells = lines.get(i).split(",", -1);
      for (int j = 0; j < cells.length; j++) {
        rows.append(
            "<c r=\"%c%d\" t=\"inlineStr\"><is><t>%s</t></is></c>"
                .formatted('A' + j, i + 1, cells[j]));
      }
      rows.append("</row>");
    }
    return "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows);
  }

  private static byte[] zip(Map<String, String> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

package io.tallystick.venue.binance.exports.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the first bytes of a file say it is; its name is not asked. */
public enum Content {
  /** Nothing at all. */
  EMPTY("an empty file"),
  /** Text that may be a table. */
  TEXT("text"),
  /** A zip file; whether it is a spreadsheet is told by its members. */
  ZIP("a zip archive"),
  /** A spreadsheet of the current Excel format. */
  XLSX("a spreadsheet"),
  /** A gzip stream. */
  GZIP("a gzip archive"),
  /** A tape archive. */
  TAR("a tar archive"),
  /** Another kind of archive. */
  ARCHIVE("an archive of another kind"),
  /** A PDF document. */
  PDF("a PDF document"),
  /** A web page, often an error or login page saved by mistake. */
  HTML("a web page"),
  /** An XML document. */
  XML("an XML document"),
  /** A JSON document. */
  JSON("a JSON document"),
  /** The Excel format of before 2007. */
  OLD_EXCEL("an old Excel workbook (.xls)"),
  /** A picture. */
  IMAGE("a picture"),
  /** None of these. */
  BINARY("a binary file");

  /** As many bytes as {@link #of} can make use of. */
  static final int HEAD = 1024;

  private static final int TAR_MAGIC = 257;

  private final String words;

  Content(String words) {
    this.words = words;
  }

  /** For a person: a noun with its article. */
  public String words() {
    return words;
  }

  /** Judges the first bytes, of which {@code length} are filled. */
  static Content of(byte[] head, int length) {
    if (length == 0) {
      return EMPTY;
    }
    String start = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    Content magic = byMagic(start);
    if (magic != BINARY) {
      return magic;
    }
    if (start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff")) {
      return TEXT;
    }
    String text = start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start;
    String lower = text.stripLeading().toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return HTML;
    }
    if (lower.startsWith("<?xml") || lower.startsWith("<!doctype")) {
      return lower.contains("<html") ? HTML : XML;
    }
    if (lower.startsWith("{") || lower.startsWith("[{") || lower.startsWith("[]")) {
      return JSON;
    }
    return looksBinary(text) ? BINARY : TEXT;
  }

  private static Content byMagic(String start) {
    if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
      return ZIP;
    }
    if (start.startsWith("\u001f\u008b")) {
      return GZIP;
    }
    if (start.startsWith("ustar", TAR_MAGIC)) {
      return TAR;
    }
    if (start.startsWith("%PDF")) {
      return PDF;
    }
    if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) {
      return OLD_EXCEL;
    }
    if (start.startsWith("\u0089PNG") || start.startsWith("\u00ff\u00d8\u00ff")) {
      return IMAGE;
    }
    if (start.startsWith("7z\u00bc\u00af")
        || start.startsWith("Rar!")
        || start.startsWith("BZh")
        || start.startsWith("\u00fd7zXZ")) {
      return ARCHIVE;
    }
    return BINARY;
  }

  // NUL stays text here: a single one is a damaged row, many are UTF-16 whose mark is missing.
  private static boolean looksBinary(String text) {
    int odd = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != 0) {
        odd++;
      }
    }
    return odd * 20 > text.length();
  }
}

package io.tallystick.venue.binance.exports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One file inside a container, or the container itself when it is no archive; of a workbook, one of
 * its sheets.
 */
public final class Member {
  /** Opens the member's bytes from their start. */
  interface Source {
    InputStream open() throws IOException;
  }

  private final String name;
  private final Content content;
  private final Source source;
  private final @Nullable Path file;
  private final int sheet;

  Member(String name, Content content, Source source, @Nullable Path file) {
    this(name, content, source, file, 0);
  }

  Member(String name, Content content, Source source, @Nullable Path file, int sheet) {
    this.name = name;
    this.content = content;
    this.source = source;
    this.file = file;
    this.sheet = sheet;
  }

  /** Which sheet of a workbook it is, from 0. */
  int sheet() {
    return sheet;
  }

  /** Its name as given, without folders. A label for people and for what it tells; never a path. */
  public String name() {
    return name;
  }

  /** What it is. */
  public Content content() {
    return content;
  }

  /** Its bytes from the start; may be called again. The caller closes the stream. */
  public InputStream open() throws IOException {
    return source.open();
  }

  /** Where a spreadsheet lies on disk. Only spreadsheets have a file of their own. */
  Path file() {
    if (file == null) {
      throw new IllegalStateException("only a spreadsheet lies in a file of its own");
    }
    return file;
  }
}

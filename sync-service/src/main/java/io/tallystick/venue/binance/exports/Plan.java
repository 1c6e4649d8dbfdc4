package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.file.Dialect;
import io.tallystick.venue.binance.exports.file.Encoding;
import io.tallystick.venue.binance.exports.file.Limits;
import org.jspecify.annotations.Nullable;

/** How a recognised file is read; made by recognition and used by {@link ExportFiles#rows}. */
public final class Plan {
  private final Columns columns;
  private final @Nullable Dialect dialect;
  private final long headerLine;
  private final Settings settings;
  private final Limits limits;

  Plan(
      Columns columns,
      @Nullable Dialect dialect,
      long headerLine,
      Settings settings,
      Limits limits) {
    this.columns = columns;
    this.dialect = dialect;
    this.headerLine = headerLine;
    this.settings = settings;
    this.limits = limits;
  }

  Columns columns() {
    return columns;
  }

  /** Null for spreadsheets. */
  @Nullable Dialect dialect() {
    return dialect;
  }

  /** Whether a fault in the encoding hides where the next character begins. */
  boolean isWide() {
    return dialect != null
        && (dialect.encoding() == Encoding.UTF_16LE || dialect.encoding() == Encoding.UTF_16BE);
  }

  long headerLine() {
    return headerLine;
  }

  Settings settings() {
    return settings;
  }

  Limits limits() {
    return limits;
  }
}

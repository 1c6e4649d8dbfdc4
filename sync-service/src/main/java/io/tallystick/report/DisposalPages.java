package io.tallystick.report;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Settings;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages through the disposals of a stored report. A page reads the parts that its disposals are in,
 * and not the report.
 */
final class DisposalPages {
  private final Parts parts;
  private final int count;
  private final Settings settings;
  private final @Nullable Integer year;

  /**
   * Pages of a report.
   *
   * @param count how many parts its lines are kept in
   * @param year the calendar year in which the tax year begins; null for all
   */
  DisposalPages(Parts parts, int count, Settings settings, @Nullable Integer year) {
    this.parts = parts;
    this.count = count;
    this.settings = settings;
    this.year = year;
  }

  /** The pages of a stored report. */
  static DisposalPages of(TenantTx tx, Reports.Made report, @Nullable Integer year) {
    List<byte[]> names = Kept.parts(report);
    return new DisposalPages(
        part -> Computation.LINES.read(ReportStore.content(tx, report.holder(), names.get(part))),
        names.size(),
        Settings.of(report.head().settings()),
        year);
  }

  /** Reads the lines of a part. */
  @FunctionalInterface
  interface Parts {
    /** The lines of the part of this number, from zero. */
    List<Line> lines(int part) throws SQLException;
  }

  /** Where the next line is: a part of the report, and how many of its lines were passed. */
  record Position(int part, int line) {
    /** As a cursor holds it. */
    List<String> texts() {
      return List.of(Integer.toString(part), Integer.toString(line));
    }

    /** Of a cursor's fields; null when there are none. */
    static @Nullable Position of(List<String> texts) {
      if (texts.isEmpty()) {
        return null;
      }
      if (texts.size() != 2) {
        throw Problem.invalid("cursor", "This cursor is not one of this list.");
      }
      return new Position(Integer.parseInt(texts.get(0)), Integer.parseInt(texts.get(1)));
    }
  }

  /** Disposals, and where those behind them begin; null when there are none. */
  record Found(List<Disposal> disposals, @Nullable Position next) {}

  /** So many disposals from a place on, in the order in which they were computed. */
  Found page(@Nullable Position after, int limit) throws SQLException {
    List<Disposal> found = new ArrayList<>();
    Position start = after == null ? new Position(begin(), 0) : after;
    for (int part = start.part(); part < count; part++) {
      List<Line> lines = parts.lines(part);
      for (int n = part == start.part() ? start.line() : 0; n < lines.size(); n++) {
        Line line = lines.get(n);
        if (past(line)) {
          return new Found(found, null);
        }
        if (line instanceof Disposal disposal && asked(line)) {
          if (found.size() == limit) {
            return new Found(found, new Position(part, n));
          }
          found.add(disposal);
        }
      }
    }
    return new Found(found, null);
  }

  private boolean asked(Line line) {
    return year == null || settings.calendar().taxYear(line.source().at()) == year;
  }

  // Lines come in order of time, except by rules that look ahead, which tell some later.
  private boolean past(Line line) {
    return year != null
        && !settings.method().looksAhead()
        && settings.calendar().taxYear(line.source().at()) > year;
  }

  // The last part that begins before the year; the year may begin in the middle of it.
  private int begin() throws SQLException {
    if (year == null || settings.method().looksAhead()) {
      return 0;
    }
    int begun = 0;
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int probe = middle;
      Instant first = first(probe);
      while (first == null && probe > low) {
        probe--;
        first = first(probe);
      }
      if (first != null && settings.calendar().taxYear(first) >= year) {
        high = probe;
      } else {
        begun = first == null ? begun : probe;
        low = middle + 1;
      }
    }
    return begun;
  }

  // What is said of an allocation of basis may be older than what made it due.
  private @Nullable Instant first(int part) throws SQLException {
    return parts.lines(part).stream()
        .filter(line -> line instanceof Disposal || line instanceof Line.Opened)
        .findFirst()
        .map(line -> line.source().at())
        .orElse(null);
  }
}

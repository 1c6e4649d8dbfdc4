package io.tallystick.report;

import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Settings;
import io.tallystick.kernel.Problem;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.Input;
import io.tallystick.tenancy.TenantTx;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What was kept of a stored report, and what it computes to. */
final class Kept {
  private Kept() {}

  /** The chapters of a report's input. */
  static List<Chapter> chapters(TenantTx tx, Reports.Made report) throws SQLException {
    List<Chapter> chapters = new ArrayList<>();
    for (byte[] id : current(report).inputs()) {
      byte[] packed = ReportStore.content(tx, report.holder(), id);
      chapters.add(Computation.CHAPTERS.read(packed).getFirst());
    }
    return chapters;
  }

  /** What no chapter of a report's input tells. */
  static Input.Rest rest(TenantTx tx, Reports.Made report) throws SQLException {
    byte[] text = ReportStore.content(tx, report.holder(), current(report).rest());
    return Canon.read(new String(text, StandardCharsets.UTF_8), Input.Rest.class);
  }

  /** The digests of the parts that a report's lines are kept in, in order. */
  static List<byte[]> parts(Reports.Made report) {
    return current(report).lines();
  }

  /** Reads the lines of a report, in order. */
  static void lines(TenantTx tx, Reports.Made report, Consumer<? super Line> into)
      throws SQLException {
    for (byte[] id : parts(report)) {
      Computation.LINES.read(ReportStore.content(tx, report.holder(), id)).forEach(into);
    }
  }

  /** Computes a report again from what was kept; the digest of what comes out. */
  static String again(TenantTx tx, Reports.Made report) throws SQLException {
    Settings settings = Settings.of(report.head().settings());
    return Computation.run(settings, chapters(tx, report), rest(tx, report).complete()).digest();
  }

  // The first forms were written before the first release, and nothing reads them any more.
  private static ReportStore.Stored current(Reports.Made report) {
    if (report.stored().format() != ReportStore.FORMAT) {
      throw new Problem(
          Problem.Kind.CONFLICT,
          "This report was kept by an earlier version, which alone can show more of it than its"
              + " totals. Make it again.");
    }
    return report.stored();
  }
}

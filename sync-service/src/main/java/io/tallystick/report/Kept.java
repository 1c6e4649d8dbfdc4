package io.tallystick.report;

import io.tallystick.costbasis.Settings;
import io.tallystick.report.reading.Input;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.valuation.PriceSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What was kept of a stored report, and what it computes to. */
final class Kept {
  private Kept() {}

  /** The input of a report, as it was kept. */
  static Input input(TenantTx tx, Reports.Made report) throws SQLException {
    byte[] packed = ReportStore.content(tx, report.holder(), report.stored().input());
    return Canon.read(Computation.unpack(packed), Input.class);
  }

  /** The prices of a report, as they were kept. */
  static PriceSet prices(TenantTx tx, Reports.Made report) throws SQLException {
    byte[] packed = ReportStore.content(tx, report.holder(), report.stored().prices());
    return new PriceSet(Computation.unpack(packed));
  }

  /** The packed lines of a report. */
  static List<byte[]> lines(TenantTx tx, Reports.Made report) throws SQLException {
    List<byte[]> parts = new ArrayList<>();
    for (byte[] id : report.stored().lines()) {
      parts.add(ReportStore.content(tx, report.holder(), id));
    }
    return parts;
  }

  /** Computes a report again from what was kept; the digest of what comes out. */
  static String again(TenantTx tx, Reports.Made report) throws SQLException {
    Settings settings = Settings.of(report.head().settings());
    return Computation.run(settings, input(tx, report)).digest();
  }
}

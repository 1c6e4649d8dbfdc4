package io.tallystick.report;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Settings;
import io.tallystick.ledger.Books;
import io.tallystick.report.layout.Beside;
import io.tallystick.report.layout.Facts;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.IdRows;
import io.tallystick.report.reading.Input;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays stored reports out as tables. */
final class Tables {
  private static final Set<Table> PRICED = EnumSet.of(Table.DISPOSALS, Table.INCOME);

  private Tables() {}

  /**
   * What was kept of a report.
   *
   * @param ids what the venue or the chain calls the entries of disposals
   */
  record Source(
      List<Chapter> chapters, Input.Rest rest, List<Line> lines, Map<String, String> ids) {}

  /** A table of a report; of one tax year, or of all when null. */
  static Sheet of(
      TenantTx tx, Books books, Reports.Made report, Table table, @Nullable Integer year)
      throws SQLException {
    Source source = kept(tx, books, report, table == Table.FORM_8949);
    return table.of(facts(report.head(), source, PRICED.contains(table), year));
  }

  /** Reads what was kept, with the ids where they are wanted. */
  static Source kept(TenantTx tx, Books books, Reports.Made report, boolean ids)
      throws SQLException {
    List<Line> lines = new ArrayList<>();
    Kept.lines(tx, report, lines::add);
    List<Chapter> chapters = Kept.chapters(tx, report);
    return new Source(
        chapters,
        Kept.rest(tx, report),
        lines,
        ids ? ids(tx, books, report, chapters, lines) : Map.of());
  }

  // Of the very revisions that the report was made of, which stay as they are.
  private static Map<String, String> ids(
      TenantTx tx, Books books, Reports.Made report, List<Chapter> chapters, List<Line> lines)
      throws SQLException {
    Set<String> entries = new HashSet<>();
    for (Line line : lines) {
      if (line instanceof Disposal disposal && disposal.recognised()) {
        entries.add(Input.origin(disposal.source().entry()));
      }
    }
    List<Input.Root> roots =
        chapters.stream()
            .flatMap(one -> one.sources().stream())
            .filter(root -> entries.contains(root.entry()))
            .toList();
    return IdRows.of(tx, books, report.holder(), roots);
  }

  /**
   * What tables are made of.
   *
   * @param priced whether it is wanted how each amount was valued
   */
  static Facts facts(ReportHead head, Source source, boolean priced, @Nullable Integer year) {
    Settings settings = Settings.of(head.settings());
    Input input = Input.of(source.chapters(), source.rest());
    return new Facts(
        settings,
        head.rounded(),
        head.figured(),
        year,
        source.lines(),
        input.events(),
        new Beside(
            input.unresolved().stream().map(Tables::open).toList(),
            input.assumptions().stream()
                .map(one -> new Beside.Assumed(one.entry(), one.what()))
                .toList(),
            input.trial().stream()
                .map(sum -> new Beside.Account(sum.account(), sum.asset(), sum.in(), sum.out()))
                .toList(),
            input.statements().stream().map(Tables::broker).toList(),
            input.worths().stream().map(Tables::worth).toList(),
            head.completeness().stream().map(Tables::place).toList(),
            priced ? PriceWords.of(source.chapters(), settings.currency()) : Map.of(),
            source.ids()));
  }

  private static Beside.Open open(Input.Unresolved open) {
    return new Beside.Open(
        open.kind(), open.entry(), open.at(), open.asset(), open.quantity(), open.remedy());
  }

  private static Beside.Broker broker(Input.Statement told) {
    return new Beside.Broker(
        told.wallet(),
        told.year(),
        told.asset(),
        told.units(),
        told.proceeds(),
        told.basisReported(),
        told.basis());
  }

  private static Beside.Worth worth(Input.Worth one) {
    return new Beside.Worth(
        one.end(),
        one.asset(),
        one.price(),
        one.quotes().stream().map(PriceWords::of).collect(Collectors.joining("; ")),
        one.quotes().isEmpty() ? null : one.quotes().getFirst().from());
  }

  private static Beside.Place place(ReportHead.Standing one) {
    return new Beside.Place(
        one.connection(),
        one.place(),
        one.held().stream()
            .map(held -> new Beside.Held(held.asset(), held.quantity(), held.at()))
            .toList());
  }
}

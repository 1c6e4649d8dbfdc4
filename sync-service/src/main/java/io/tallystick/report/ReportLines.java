package io.tallystick.report;

import io.tallystick.report.DeclarationViews.DeclarationView;
import io.tallystick.report.DeclarationViews.LotRequest;
import io.tallystick.report.ReportViews.DisposalView;
import io.tallystick.report.ReportViews.FractionView;
import io.tallystick.report.ReportViews.ReportView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports, disposals and declarations as lines of a table. */
public final class ReportLines {
  private ReportLines() {}

  /** A report without its sums, of which it has several. */
  public record ReportLine(
      String id,
      String holder,
      Instant createdAt,
      String recordedBy,
      String profile,
      int profileVersion,
      String currency,
      int events,
      @Nullable Instant firstAt,
      @Nullable Instant lastAt,
      String input,
      String priceSet,
      String result,
      boolean incomplete,
      boolean refused) {}

  /** A part of a disposal with the units that it took. */
  public record FractionLine(
      String entry,
      Instant occurredAt,
      int taxYear,
      String kind,
      String asset,
      boolean recognised,
      boolean provisional,
      String rule,
      List<String> lots,
      @Nullable Instant acquiredAt,
      BigDecimal quantity,
      @Nullable BigDecimal proceeds,
      @Nullable BigDecimal sellingCosts,
      @Nullable BigDecimal basis,
      @Nullable BigDecimal gain,
      String term) {}

  /** A lot of a declaration, or a declaration without lots; can be taken in as it is. */
  public record DeclarationLine(
      String id,
      String kind,
      @Nullable String entry,
      @Nullable String purpose,
      @Nullable String incomeKind,
      @Nullable BigDecimal value,
      @Nullable String currency,
      @Nullable String connection,
      @Nullable String asset,
      @Nullable Instant at,
      @Nullable BigDecimal quantity,
      @Nullable Instant acquiredAt,
      @Nullable BigDecimal cost,
      @Nullable String lot,
      @Nullable String source,
      String declaredBy,
      String note,
      Instant madeAt,
      Instant recordedAt,
      boolean reversed,
      @Nullable String reverses,
      String leaf) {}

  static ReportLine line(ReportView view) {
    return new ReportLine(
        view.id(),
        view.holder(),
        view.createdAt(),
        view.recordedBy(),
        view.profile(),
        view.profileVersion(),
        view.currency(),
        view.events(),
        view.firstAt(),
        view.lastAt(),
        view.input(),
        view.priceSet(),
        view.result(),
        view.incomplete(),
        view.refused());
  }

  static List<FractionLine> lines(DisposalView view) {
    List<FractionLine> lines = new ArrayList<>();
    for (FractionView part : view.fractions()) {
      lines.add(
          new FractionLine(
              view.entry(),
              view.occurredAt(),
              view.taxYear(),
              view.kind(),
              view.asset(),
              view.recognised(),
              view.provisional(),
              part.rule(),
              part.lots(),
              part.acquiredAt(),
              part.quantity(),
              part.proceeds(),
              part.sellingCosts(),
              part.basis(),
              part.gain(),
              part.term()));
    }
    return lines;
  }

  static List<DeclarationLine> lines(DeclarationView view) {
    return view.lots().isEmpty()
        ? List.of(line(view, null))
        : view.lots().stream().map(lot -> line(view, lot)).toList();
  }

  private static DeclarationLine line(DeclarationView view, @Nullable LotRequest lot) {
    return new DeclarationLine(
        view.id(),
        view.kind(),
        view.entry(),
        view.purpose(),
        view.incomeKind(),
        view.value(),
        view.currency(),
        view.connection(),
        view.asset(),
        view.at(),
        lot == null ? null : lot.quantity(),
        lot == null ? null : lot.acquiredAt(),
        lot == null ? null : lot.cost(),
        lot == null ? null : lot.lot(),
        lot == null ? null : lot.source(),
        view.declaredBy(),
        view.note(),
        view.madeAt(),
        view.recordedAt(),
        view.reversed(),
        view.reverses(),
        view.leaf());
  }
}

package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.engine.Engine;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables of what is held: at the end of a year, and how it came to be. */
final class StockTables {
  private StockTables() {}

  /** What was held at the end of the year, by asset and wallet. */
  static Sheet holdings(Facts facts) {
    Map<String, Stock> stocks = new TreeMap<>();
    for (OpenLot lot : lots(facts, facts.end())) {
      stocks.computeIfAbsent(lot.asset() + "\t" + lot.wallet(), _ -> new Stock()).add(lot, facts);
    }
    Sheet.Rows rows = new Sheet.Rows();
    stocks.forEach((key, stock) -> {
      String[] parts = key.split("\t", -1);
      Facts.Worth worth = facts.worth(parts[0]);
      Amount value = worth == null ? null : worth.of(stock.quantity);
      rows.add(
          parts[0],
          parts[1],
          stock.quantity,
          facts.cost(stock.cost),
          facts.settings().currency(),
          stock.oldest,
          stock.newest,
          stock.lots,
          !stock.cost.known() ? "missing_basis" : value == null ? "unpriced" : "ok",
          worth == null ? null : worth.price(),
          value == null ? null : facts.money(value),
          value == null ? null : facts.money(value.minus(stock.cost)),
          worth == null ? "" : worth.source(),
          worth == null ? null : worth.at());
    });
    rows.note("what has no price is worth what nobody said, and not nothing");
    return rows.sheet(
        "holdings",
        "asset",
        "wallet",
        "quantity",
        "cost",
        "currency",
        "oldest_lot",
        "newest_lot",
        "lots",
        "status",
        "market_price",
        "market_value",
        "unrealised_gain",
        "price_source",
        "price_at");
  }

  /** Opening and what came and went, for quantity and cost; the last column must be zero. */
  static Sheet rollForward(Facts facts) {
    Map<String, Flow> flows = new TreeMap<>();
    if (facts.begin() != null) {
      lots(facts, facts.begin()).forEach(lot -> flow(flows, lot.asset()).open(lot));
    }
    for (Line line : facts.lines()) {
      if (facts.asked(line.source().at())) {
        move(flows, line);
      }
    }
    lots(facts, facts.end()).forEach(lot -> flow(flows, lot.asset()).close(lot));
    Sheet.Rows rows = new Sheet.Rows();
    flows.forEach((asset, flow) ->
        rows.add(
            asset,
            flow.opening,
            flow.acquired,
            flow.shortfall,
            flow.disposed,
            flow.converted,
            flow.lost,
            flow.closing,
            flow.opening
                .add(flow.acquired)
                .add(flow.shortfall)
                .add(flow.converted)
                .subtract(flow.disposed)
                .subtract(flow.lost)
                .subtract(flow.closing),
            facts.cost(flow.openingCost),
            facts.cost(flow.closingCost)));
    rows.note("transfers between own wallets cancel out and are left out");
    return rows.sheet(
        "roll-forward",
        "asset",
        "opening",
        "acquired",
        "without_known_acquisition",
        "disposed",
        "converted",
        "lost",
        "closing",
        "difference",
        "opening_cost",
        "closing_cost");
  }

  /** Yearly totals an asset and kind, as crypto-asset reporting asks for them. */
  static Sheet carf(Facts facts) {
    Map<String, BigDecimal[]> sums = new TreeMap<>();
    for (Line line : facts.lines()) {
      if (!facts.asked(line.source().at())) {
        continue;
      }
      int year = facts.settings().calendar().taxYear(line.source().at());
      switch (line) {
        case Disposal d ->
            carf(
                sums,
                year + "\t" + d.asset() + "\tdisposed " + GenericTables.word(d.kind()),
                d.quantity(),
                d.gross());
        case Line.Opened o ->
            carf(
                sums,
                year + "\t" + o.asset() + "\tacquired " + GenericTables.word(o.kind()),
                o.quantity(),
                o.cost());
        case Line.Moved m ->
            carf(sums, year + "\t" + m.asset() + "\ttransferred", m.quantity(), Amount.Known.ZERO);
        case Line.Income _, Line.Expense _, Line.RingFenced _, Line.Converted _ -> {}
        case Line.Pooled _, Issue _ -> {}
      }
    }
    Sheet.Rows rows = new Sheet.Rows();
    sums.forEach((key, sum) -> {
      String[] parts = key.split("\t", -1);
      rows.add(
          Integer.valueOf(parts[0]),
          parts[1],
          parts[2],
          sum[0],
          facts.rounding().roundProceeds(sum[1]),
          sum[2].intValue());
    });
    rows.note("values of lines without a price are in no sum; the last column counts all lines");
    return rows.sheet("carf", "year", "asset", "kind", "quantity", "value", "transactions");
  }

  private static void carf(
      Map<String, BigDecimal[]> sums, String key, BigDecimal quantity, Amount value) {
    BigDecimal[] sum =
        sums.computeIfAbsent(
            key, _ -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO});
    sum[0] = sum[0].add(quantity);
    sum[1] = sum[1].add(Facts.orZero(value));
    sum[2] = sum[2].add(BigDecimal.ONE);
  }

  private static void move(Map<String, Flow> flows, Line line) {
    switch (line) {
      case Line.Opened opened -> {
        Flow flow = flow(flows, opened.asset());
        flow.acquired = flow.acquired.add(opened.quantity());
      }
      case Disposal disposal -> flow(flows, disposal.asset()).out(disposal);
      case Line.Converted c -> {
        Flow from = flow(flows, c.asset());
        from.converted = from.converted.subtract(c.quantity());
        Flow to = flow(flows, c.to());
        to.converted = to.converted.add(c.received());
      }
      case Issue issue -> {
        // More was moved than was there: the rest arrived without a known acquisition.
        if (issue.kind() == Issue.Kind.EXCESS_TRANSFER) {
          Flow flow = flow(flows, issue.asset());
          flow.shortfall = flow.shortfall.add(issue.quantity());
        }
      }
      case Line.Moved _, Line.Income _, Line.Expense _, Line.RingFenced _, Line.Pooled _ -> {}
    }
  }

  private static Flow flow(Map<String, Flow> flows, String asset) {
    return flows.computeIfAbsent(asset, _ -> new Flow());
  }

  // The lots before an instant; all there are when it is null.
  private static List<OpenLot> lots(Facts facts, @Nullable Instant before) {
    Engine engine = new Engine(facts.settings(), _ -> {});
    for (Event event : facts.events()) {
      if (before == null || event.source().at().isBefore(before)) {
        engine.apply(event);
      }
    }
    return engine.openLots();
  }

  private static final class Stock {
    private BigDecimal quantity = BigDecimal.ZERO;
    private Amount cost = Amount.Known.ZERO;
    private @Nullable LocalDate oldest;
    private @Nullable LocalDate newest;
    private int lots;

    void add(OpenLot lot, Facts facts) {
      quantity = quantity.add(lot.quantity());
      cost = cost.plus(lot.cost());
      lots++;
      if (!lot.acquired().equals(OpenLot.UNDATED)) {
        LocalDate day = facts.day(lot.acquired());
        oldest = oldest == null || day.isBefore(oldest) ? day : oldest;
        newest = newest == null || day.isAfter(newest) ? day : newest;
      }
    }
  }

  private static final class Flow {
    private BigDecimal opening = BigDecimal.ZERO;
    private BigDecimal acquired = BigDecimal.ZERO;
    private BigDecimal shortfall = BigDecimal.ZERO;
    private BigDecimal disposed = BigDecimal.ZERO;
    private BigDecimal converted = BigDecimal.ZERO;
    private BigDecimal lost = BigDecimal.ZERO;
    private BigDecimal closing = BigDecimal.ZERO;
    private Amount openingCost = Amount.Known.ZERO;
    private Amount closingCost = Amount.Known.ZERO;

    void open(OpenLot lot) {
      opening = opening.add(lot.quantity());
      openingCost = openingCost.plus(lot.cost());
    }

    void close(OpenLot lot) {
      closing = closing.add(lot.quantity());
      closingCost = closingCost.plus(lot.cost());
    }

    void out(Disposal disposal) {
      if (disposal.kind() == DisposalKind.LOST) {
        lost = lost.add(disposal.quantity());
      } else {
        disposed = disposed.add(disposal.quantity());
      }
      disposal.matches().stream()
          .filter(
              match -> match.rule() == Match.Rule.MISSING || match.rule() == Match.Rule.ZERO_BASIS)
          .forEach(match -> shortfall = shortfall.add(match.quantity()));
    }
  }
}

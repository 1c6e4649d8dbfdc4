package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Line;
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
      Beside.Worth worth = facts.beside().worth(parts[0], facts.end());
      Amount value = worth == null ? null : worth.of(stock.quantity);
      // A venue says what is there now, and nothing of the end of a year.
      Beside.Held told = facts.year() != null ? null : facts.beside().held(parts[1], parts[0]);
      BigDecimal reported = told == null ? null : told.quantity();
      rows.add(
          parts[0],
          parts[1],
          stock.quantity,
          facts.cost(stock.cost),
          GenericTables.unit(Facts.known(stock.cost), stock.quantity),
          facts.settings().currency(),
          stock.oldest,
          stock.newest,
          stock.lots,
          !stock.cost.known() ? "missing_basis" : value == null ? "unpriced" : "ok",
          worth == null ? null : worth.price(),
          value == null ? null : facts.money(value),
          value == null ? null : facts.money(value.minus(stock.cost)),
          worth == null ? "" : worth.source(),
          worth == null ? null : worth.at(),
          reported,
          reported == null ? null : reported.subtract(stock.quantity),
          told == null ? null : told.at());
    });
    rows.note("what has no price is worth what nobody said, and not nothing");
    if (facts.year() != null && facts.beside().unpriced(facts.end())) {
      rows.note("no price is known of this year's end; without a year, prices are the newest");
    }
    rows.note("a blank wallet stands for all: matched over all, or unmoved since each has its own");
    rows.note("venues report what is there when the report is made, so years have no comparison");
    return rows.sheet(
        "holdings",
        "asset",
        "wallet",
        "quantity",
        "cost",
        "unit_cost",
        "currency",
        "oldest_lot",
        "newest_lot",
        "lots",
        "status",
        "market_price",
        "market_value",
        "unrealised_gain",
        "price_source",
        "price_at",
        "venue_quantity",
        "venue_less_books",
        "venue_reported_at");
  }

  /** Opening and what came and went, for quantity and cost; the differences must be zero. */
  static Sheet rollForward(Facts facts) {
    Map<String, Flow> flows = flows(facts);
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
            flow.difference(),
            facts.cost(flow.openingCost),
            facts.cost(flow.acquiredCost),
            facts.cost(flow.disposedCost),
            facts.cost(flow.convertedCost),
            facts.cost(flow.lostCost),
            facts.cost(flow.denied),
            facts.cost(flow.closingCost),
            facts.cost(flow.costDifference())));
    rows.note("transfers between own wallets cancel out and are left out");
    rows.note("a blank cost is not known; then the difference is not, either");
    rows.note(
        "where a rule looks ahead, the costs of a year differ by what later purchases explained");
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
        "acquired_cost",
        "disposed_cost",
        "converted_cost",
        "lost_cost",
        "denied_and_rounded",
        "closing_cost",
        "cost_difference");
  }

  /** What an asset of all wallets opened with, what came and went, and what it closed with. */
  static Map<String, Flow> flows(Facts facts) {
    Map<String, Flow> flows = new TreeMap<>();
    if (facts.begin() != null) {
      lots(facts, facts.begin()).forEach(lot -> flow(flows, lot.asset()).open(lot));
    }
    for (Line line : facts.lines()) {
      if (facts.asked(line.source().at())) {
        Flow.add(line, (asset, _) -> flow(flows, asset));
      }
    }
    lots(facts, facts.end()).forEach(lot -> flow(flows, lot.asset()).close(lot));
    return flows;
  }

  private static Flow flow(Map<String, Flow> flows, String asset) {
    return flows.computeIfAbsent(asset, _ -> new Flow());
  }

  // The lots before an instant, as if nothing followed; all there are when it is null. Rules that
  // look ahead hold operations back: closed, they are what was held then.
  static List<OpenLot> lots(Facts facts, @Nullable Instant before) {
    Engine engine = new Engine(facts.settings(), _ -> {});
    for (Event event : facts.events()) {
      if (before == null || event.source().at().isBefore(before)) {
        engine.apply(event);
      }
    }
    engine.close();
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
}

package io.tallystick.report.layout;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Match;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the books say beside what brokers told the tax authority (US, Form 1099-DA). */
final class BrokerTables {
  // What a broker sees as a sale; all else is beside it.
  static final Set<DisposalKind> SALES =
      EnumSet.of(DisposalKind.SALE, DisposalKind.SWAP, DisposalKind.LIQUIDATION);

  private BrokerTables() {}

  private record Key(String wallet, int year, String asset) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byWallet = wallet.compareTo(other.wallet);
      int byYear = byWallet != 0 ? byWallet : Integer.compare(year, other.year);
      return byYear != 0 ? byYear : asset.compareTo(other.asset);
    }
  }

  private static final class Sales {
    private BigDecimal units = BigDecimal.ZERO;
    private BigDecimal proceeds = BigDecimal.ZERO;
    private BigDecimal unvalued = BigDecimal.ZERO;
    private BigDecimal otherwise = BigDecimal.ZERO;
    private Beside.@Nullable Broker told;
  }

  /** Units and net proceeds by venue, year and asset: ours, the broker's, and the difference. */
  static Sheet form1099da(Facts facts) {
    Map<Key, Sales> all = new TreeMap<>();
    for (Disposal disposal : facts.disposals()) {
      int year = facts.day(disposal.source().at()).getYear();
      Key key = new Key(disposal.source().wallet(), year, disposal.asset());
      add(all.computeIfAbsent(key, _ -> new Sales()), disposal);
    }
    for (Beside.Broker told : facts.beside().brokers()) {
      if (facts.year() == null || facts.year() == told.year()) {
        Key key = new Key(told.wallet(), told.year(), told.asset());
        all.computeIfAbsent(key, _ -> new Sales()).told = told;
      }
    }
    Sheet.Rows rows = new Sheet.Rows();
    all.forEach((key, sales) -> row(facts, rows, key, sales));
    rows.note("proceeds are after transaction costs, as in box 1f of the statement");
    rows.note("fees, payments and gifts are no sales of the broker; they stand in other_units");
    return rows.sheet(
        "form-1099-da",
        "connection",
        "year",
        "asset",
        "units",
        "net_proceeds",
        "units_without_value",
        "other_units",
        "statement_units_1c",
        "statement_proceeds_1f",
        "basis_reported",
        "units_difference",
        "proceeds_difference",
        "verdict");
  }

  private static void add(Sales sales, Disposal disposal) {
    if (!SALES.contains(disposal.kind())) {
      sales.otherwise = sales.otherwise.add(disposal.quantity());
      return;
    }
    sales.units = sales.units.add(disposal.quantity());
    for (Match match : disposal.matches()) {
      BigDecimal gross = Facts.known(match.gross());
      BigDecimal costs = Facts.known(match.sellingCosts());
      if (gross == null || costs == null) {
        sales.unvalued = sales.unvalued.add(match.quantity());
      } else {
        sales.proceeds = sales.proceeds.add(gross).subtract(costs);
      }
    }
  }

  private static void row(Facts facts, Sheet.Rows rows, Key key, Sales sales) {
    BigDecimal ours = facts.rounding().roundProceeds(sales.proceeds);
    Beside.Broker told = sales.told;
    BigDecimal units = told == null ? null : sales.units.subtract(told.units());
    BigDecimal money = told == null ? null : ours.subtract(told.proceeds());
    boolean same = units != null && money != null && units.signum() == 0 && money.signum() == 0;
    rows.add(
        key.wallet(),
        key.year(),
        key.asset(),
        sales.units,
        ours,
        sales.unvalued,
        sales.otherwise,
        told == null ? null : told.units(),
        told == null ? null : told.proceeds(),
        told == null ? "" : told.basisReported() ? "yes" : "no",
        units,
        money,
        told == null
            ? "no statement"
            : sales.unvalued.signum() > 0 ? "undetermined" : same ? "agrees" : "differs");
  }
}

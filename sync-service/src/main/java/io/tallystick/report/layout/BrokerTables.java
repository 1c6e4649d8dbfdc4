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

  /** A connection's sales of an asset in a calendar year. */
  record YearOfSales(String wallet, int year, String asset) implements Comparable<YearOfSales> {
    @Override
    public int compareTo(YearOfSales other) {
      int byWallet = wallet.compareTo(other.wallet);
      int byYear = byWallet != 0 ? byWallet : Integer.compare(year, other.year);
      return byYear != 0 ? byYear : asset.compareTo(other.asset);
    }
  }

  /** What the books say of them, exact, and what a broker told. */
  static final class Sales {
    private BigDecimal units = BigDecimal.ZERO;
    private BigDecimal gross = BigDecimal.ZERO;
    private BigDecimal costs = BigDecimal.ZERO;
    private BigDecimal basis = BigDecimal.ZERO;
    private BigDecimal unvalued = BigDecimal.ZERO;
    private BigDecimal uncosted = BigDecimal.ZERO;
    private BigDecimal otherwise = BigDecimal.ZERO;
    private Beside.@Nullable Broker told;

    Beside.@Nullable Broker told() {
      return told;
    }

    BigDecimal gross(Facts facts) {
      return facts.rounding().roundProceeds(gross);
    }

    BigDecimal net(Facts facts) {
      return facts.rounding().roundProceeds(gross.subtract(costs));
    }

    BigDecimal basis(Facts facts) {
      return facts.rounding().roundCosts(basis);
    }

    /** Whether the statement is of the same units, and all of them have a value. */
    boolean sameUnits() {
      return told != null && unvalued.signum() == 0 && units.compareTo(told.units()) == 0;
    }

    /** How much more basis the statement tells than the books; null when either is not known. */
    @Nullable BigDecimal basisMore(Facts facts) {
      BigDecimal theirs = told == null ? null : told.basis();
      return theirs == null || uncosted.signum() != 0 ? null : theirs.subtract(basis(facts));
    }
  }

  /** Our sales and the broker's by venue, year and asset. */
  static Map<YearOfSales, Sales> compared(Facts facts) {
    Map<YearOfSales, Sales> all = new TreeMap<>();
    for (Disposal disposal : facts.disposals()) {
      int year = facts.day(disposal.source().at()).getYear();
      YearOfSales key = new YearOfSales(disposal.source().wallet(), year, disposal.asset());
      add(all.computeIfAbsent(key, _ -> new Sales()), disposal);
    }
    for (Beside.Broker told : facts.beside().brokers()) {
      if (facts.year() == null || facts.year() == told.year()) {
        YearOfSales key = new YearOfSales(told.wallet(), told.year(), told.asset());
        all.computeIfAbsent(key, _ -> new Sales()).told = told;
      }
    }
    return all;
  }

  /** Units, net proceeds and basis: ours, the broker's, and the difference. */
  static Sheet form1099da(Facts facts) {
    Map<YearOfSales, Sales> all = compared(facts);
    Sheet.Rows rows = new Sheet.Rows();
    all.forEach((key, sales) -> row(facts, rows, key, sales));
    rows.note("proceeds are after transaction costs, as in box 1f of the statement");
    rows.note("a basis that the statement does not tell is compared with nothing");
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
        "basis",
        "units_without_basis",
        "statement_basis_1g",
        "basis_difference",
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
        sales.gross = sales.gross.add(gross);
        sales.costs = sales.costs.add(costs);
      }
      BigDecimal basis = Facts.known(match.cost());
      if (basis == null) {
        sales.uncosted = sales.uncosted.add(match.quantity());
      } else {
        sales.basis = sales.basis.add(basis);
      }
    }
  }

  private static void row(Facts facts, Sheet.Rows rows, YearOfSales key, Sales sales) {
    BigDecimal ours = sales.net(facts);
    Beside.Broker told = sales.told;
    BigDecimal units = told == null ? null : sales.units.subtract(told.units());
    BigDecimal money = told == null ? null : ours.subtract(told.proceeds());
    BigDecimal more = sales.basisMore(facts);
    BigDecimal basis = more == null ? null : more.negate();
    boolean asked = told != null && told.basis() != null;
    boolean open = sales.unvalued.signum() > 0 || (asked && basis == null);
    boolean same = nothing(units) && nothing(money) && nothing(basis);
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
        sales.basis(facts),
        sales.uncosted,
        told == null ? null : told.basis(),
        basis,
        told == null ? "no statement" : open ? "undetermined" : same ? "agrees" : "differs");
  }

  private static boolean nothing(@Nullable BigDecimal difference) {
    return difference == null || difference.signum() == 0;
  }
}

package io.tallystick.report.layout;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables that every jurisdiction has: disposals with their lots, income, and the accounts. */
final class GenericTables {
  // A unit price is shown, never multiplied back.
  private static final MathContext SHOWN = new MathContext(8, RoundingMode.HALF_EVEN);

  private static final String ALL = "sum of all";

  private static final String[] DISPOSALS = {
    "disposal_id",
    "match_no",
    "asset",
    "quantity",
    "kind",
    "venue",
    "wallet",
    "disposed_at_utc",
    "disposed_date_local",
    "acquired_date_local",
    "acquisition_id",
    "rule",
    "term",
    "proceeds_gross",
    "selling_costs",
    "proceeds_net",
    "basis",
    "gain",
    "currency",
    "price_source",
    "recognised",
    "status",
    "tax_year",
    "source_event_ids",
    "loss_denied",
    "loss_ring_fenced"
  };

  private GenericTables() {}

  /** One line a match; money exact, an unknown amount blank and never zero. */
  static Sheet disposals(Facts facts) {
    Map<String, BigDecimal> ringFenced = new HashMap<>();
    for (Line.RingFenced one : facts.of(Line.RingFenced.class)) {
      BigDecimal loss = Facts.known(one.loss());
      if (loss != null) {
        ringFenced.merge(one.source().entry() + " " + one.asset(), loss, BigDecimal::add);
      }
    }
    PaymentPeriods periods = new PaymentPeriods(facts);
    Terms terms = new Terms();
    Sheet.Rows rows = new Sheet.Rows();
    for (Disposal disposal : facts.disposals()) {
      LocalDate day = facts.day(disposal.source().at());
      periods.add(disposal, day);
      terms.add(disposal);
      for (int n = 1; n <= disposal.matches().size(); n++) {
        String name = disposal.source().entry() + " " + disposal.asset();
        BigDecimal fenced = n > 1 ? null : ringFenced.remove(name);
        @Nullable Object[] cells = cells(facts, disposal, n, fenced);
        if (!periods.none()) {
          cells = Arrays.copyOf(cells, cells.length + 1);
          cells[cells.length - 1] = periods.name(day);
        }
        rows.add(cells);
      }
    }
    periods.tell(facts, rows);
    terms.tell(facts, rows);
    rows.note("loss_denied is the part of the disposal's loss that a superficial-loss rule denies");
    rows.note("loss_ring_fenced counts only against the gain on units bought back in four weeks");
    List<String> columns = new ArrayList<>(List.of(DISPOSALS));
    if (!periods.none()) {
      columns.add("payment_period");
    }
    return rows.sheet("disposals", columns.toArray(String[]::new));
  }

  private static @Nullable Object[] cells(
      Facts facts, Disposal disposal, int n, @Nullable BigDecimal ringFenced) {
    Match match = disposal.matches().get(n - 1);
    return new @Nullable Object[] {
      disposal.source().entry() + "/" + word(disposal.kind()) + "/" + disposal.asset(),
      n,
      disposal.asset(),
      match.quantity(),
      word(disposal.kind()),
      facts.beside().venue(disposal.source().wallet()),
      disposal.source().wallet(),
      disposal.source().at(),
      facts.day(disposal.source().at()),
      facts.acquired(match),
      String.join(" ", match.lots()),
      word(match.rule()),
      word(match.term()),
      Facts.known(match.gross()),
      Facts.known(match.sellingCosts()),
      Facts.known(match.gross().minus(match.sellingCosts())),
      Facts.known(match.cost()),
      Facts.known(match.gain()),
      facts.settings().currency(),
      facts.beside().price(disposal.source().entry(), disposal.asset()),
      disposal.recognised() ? "yes" : "no",
      Facts.status(disposal, match),
      facts.taxYear(disposal.source().at()),
      disposal.source().entry(),
      n > 1 ? null : nonzero(Facts.known(disposal.denied())),
      ringFenced
    };
  }

  private static @Nullable BigDecimal nonzero(@Nullable BigDecimal amount) {
    return amount == null || amount.signum() == 0 ? null : amount;
  }

  /** One line a receipt, and one for each fee that the settings keep apart. */
  static Sheet income(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    Map<String, BigDecimal> sums = new TreeMap<>();
    BigDecimal listed = BigDecimal.ZERO;
    int unvalued = 0;
    for (Line.Income income : facts.incomes()) {
      BigDecimal exact = Facts.known(income.value());
      BigDecimal value = facts.money(income.value());
      rows.add(
          facts.day(income.source().at()),
          income.asset(),
          income.quantity(),
          unit(exact, income.quantity()),
          word(income.kind()),
          value,
          facts.settings().currency(),
          facts.beside().price(income.source().entry(), income.asset()),
          value == null ? "missing_price" : "ok",
          facts.beside().venue(income.source().wallet()),
          income.source().wallet(),
          facts.taxYear(income.source().at()),
          income.source().entry());
      if (exact == null || value == null) {
        unvalued++;
      } else {
        listed = listed.add(value);
        LocalDate day = facts.day(income.source().at());
        sums.merge("sum of kind " + word(income.kind()), exact, BigDecimal::add);
        sums.merge("sum of asset " + income.asset(), exact, BigDecimal::add);
        sums.merge("sum of month " + day.toString().substring(0, 7), exact, BigDecimal::add);
        sums.merge(
            "sum of tax year " + facts.taxYear(income.source().at()), exact, BigDecimal::add);
        sums.merge(ALL, exact, BigDecimal::add);
      }
    }
    expensed(facts, rows);
    // Receipts are many and small: their sums are rounded once, and never add up rounded lines.
    sums.forEach(
        (what, sum) -> rows.note(what + ": " + Decimals.text(facts.rounding().roundProceeds(sum))));
    Footing.tell(rows, "the values as listed come to ", listed, sums.getOrDefault(ALL, listed));
    rows.note("receipts without a price, in no sum: " + unvalued);
    return rows.sheet(
        "income",
        "date",
        "asset",
        "quantity",
        "unit_price",
        "kind",
        "value",
        "currency",
        "price_source",
        "status",
        "venue",
        "wallet",
        "tax_year",
        "entry");
  }

  // Fees that are neither in a cost nor in proceeds; never both.
  private static void expensed(Facts facts, Sheet.Rows rows) {
    BigDecimal sum = BigDecimal.ZERO;
    int unvalued = 0;
    int fees = 0;
    for (Line.Expense fee : facts.of(Line.Expense.class)) {
      BigDecimal value = facts.cost(fee.value());
      rows.add(
          facts.day(fee.source().at()),
          fee.asset(),
          fee.quantity(),
          unit(Facts.known(fee.value()), fee.quantity()),
          "fee kept apart",
          value == null ? null : value.negate(),
          facts.settings().currency(),
          facts.beside().price(fee.source().entry(), fee.asset()),
          value == null ? "missing_price" : "ok",
          facts.beside().venue(fee.source().wallet()),
          fee.source().wallet(),
          facts.taxYear(fee.source().at()),
          fee.source().entry());
      fees++;
      unvalued += value == null ? 1 : 0;
      sum = sum.add(Facts.orZero(fee.value()));
    }
    if (fees > 0) {
      String all = Decimals.text(facts.rounding().roundCosts(sum));
      rows.note("fees kept apart, in no sum of income: " + all);
      rows.note("fees kept apart without a price, in no sum: " + unvalued);
    }
  }

  /** A unit price to show; null when it is not known. */
  static @Nullable BigDecimal unit(@Nullable BigDecimal money, BigDecimal quantity) {
    if (money == null || quantity.signum() == 0) {
      return null;
    }
    BigDecimal unit = money.divide(quantity, SHOWN).stripTrailingZeros();
    return unit.scale() < 0 ? unit.setScale(0) : unit;
  }

  static Sheet trialBalance(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    for (Beside.Account account : facts.beside().trial()) {
      rows.add(
          account.account(),
          account.asset(),
          account.in(),
          account.out(),
          account.in().subtract(account.out()));
    }
    rows.note("over all accounts, what came in and what went out are the same for every asset");
    rows.note("from the first entry to the last, whichever year is asked for");
    return rows.sheet("trial-balance", "account", "asset", "debit", "credit", "balance");
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

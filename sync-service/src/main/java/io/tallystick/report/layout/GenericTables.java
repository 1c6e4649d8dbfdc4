package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.time.Month;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tables that every jurisdiction has: disposals with their lots, income, and what is open. */
final class GenericTables {
  private static final Set<Issue.Kind> OPEN =
      Set.of(
          Issue.Kind.SHORTFALL,
          Issue.Kind.REFUSED,
          Issue.Kind.UNKNOWN_COST,
          Issue.Kind.MISSING_PRICE,
          Issue.Kind.CORRECTION,
          Issue.Kind.VALUES_DIFFER,
          Issue.Kind.LATE_SELECTION,
          Issue.Kind.INVALID_SELECTION,
          Issue.Kind.EXCESS_TRANSFER,
          Issue.Kind.UNALLOCATED_BASIS);

  private GenericTables() {}

  /** One line a match; money exact, an unknown amount blank and never zero. */
  static Sheet disposals(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    for (Disposal disposal : facts.disposals()) {
      int n = 0;
      for (Match match : disposal.matches()) {
        n++;
        rows.add(
            disposal.source().entry() + "/" + word(disposal.kind()) + "/" + disposal.asset(),
            n,
            disposal.asset(),
            match.quantity(),
            word(disposal.kind()),
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
            disposal.recognised() ? "yes" : "no",
            Facts.status(disposal, match),
            facts.settings().calendar().taxYear(disposal.source().at()),
            disposal.source().entry());
      }
    }
    return rows.sheet(
        "disposals",
        "disposal_id",
        "match_no",
        "asset",
        "quantity",
        "kind",
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
        "recognised",
        "status",
        "tax_year",
        "source_event_ids");
  }

  static Sheet income(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    Map<String, BigDecimal> sums = new TreeMap<>();
    int unvalued = 0;
    for (Line.Income income : facts.incomes()) {
      BigDecimal value = facts.money(income.value());
      Month month = facts.day(income.source().at()).getMonth();
      rows.add(
          facts.day(income.source().at()),
          income.asset(),
          income.quantity(),
          word(income.kind()),
          value,
          facts.settings().currency(),
          income.source().wallet(),
          income.source().entry());
      if (value == null) {
        unvalued++;
      } else {
        sums.merge("sum of kind " + word(income.kind()), value, BigDecimal::add);
        sums.merge("sum of asset " + income.asset(), value, BigDecimal::add);
        sums.merge("sum of month " + month.getValue(), value, BigDecimal::add);
        sums.merge("sum of all", value, BigDecimal::add);
      }
    }
    sums.forEach((what, sum) -> rows.note(what + ": " + Decimals.text(sum)));
    rows.note("receipts without a price, in no sum: " + unvalued);
    return rows.sheet(
        "income", "date", "asset", "quantity", "kind", "value", "currency", "wallet", "entry");
  }

  /** Everything that is unknown or odd, with what it touches and what to do. */
  static Sheet unmatched(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    BigDecimal touched = BigDecimal.ZERO;
    for (Facts.Open open : facts.open()) {
      if (facts.asked(open.at())) {
        rows.add(
            open.kind(),
            facts.day(open.at()),
            open.asset(),
            open.quantity(),
            null,
            open.remedy(),
            open.entry());
      }
    }
    for (Line line : facts.lines()) {
      if (line instanceof Issue issue
          && OPEN.contains(issue.kind())
          && facts.asked(line.source().at())) {
        BigDecimal money = Facts.known(issue.money());
        touched = money == null ? touched : touched.add(money);
        rows.add(
            word(issue.kind()),
            facts.day(issue.source().at()),
            issue.asset(),
            issue.quantity(),
            money,
            remedy(issue),
            issue.source().entry());
      }
    }
    if (rows.size() == 0) {
      rows.note("none");
    }
    rows.note("money that these lines touch, as far as it is known: " + Decimals.text(touched));
    return rows.sheet("unmatched", "kind", "date", "asset", "quantity", "money", "remedy", "entry");
  }

  private static String remedy(Issue issue) {
    if (issue.money() instanceof Amount.Unknown(Amount.Cause cause, String _, int _)) {
      return cause.remedy();
    }
    return switch (issue.kind()) {
      case SHORTFALL, REFUSED -> Amount.Cause.MISSING_ACQUISITION.remedy();
      case UNKNOWN_COST, UNLINKED_DEPOSIT -> Amount.Cause.MISSING_COST.remedy();
      case MISSING_PRICE -> Amount.Cause.MISSING_PRICE.remedy();
      case EXCESS_TRANSFER -> Amount.Cause.EXCESS_TRANSFER.remedy();
      case UNALLOCATED_BASIS -> Amount.Cause.UNALLOCATED_BASIS.remedy();
      case CORRECTION -> "declare what the venue's correction was";
      case VALUES_DIFFER -> "check the prices of both legs";
      case LATE_SELECTION -> "first in, first out was used; nothing can repair it";
      case INVALID_SELECTION -> "name lots that were there";
      case UNIT_COST_ROUNDED, WRAP_ASSUMED, RENAMED_IN_WINDOW -> "nothing is to be done";
    };
  }

  static Sheet trialBalance(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    for (Facts.Account account : facts.trial()) {
      rows.add(
          account.account(),
          account.asset(),
          account.in(),
          account.out(),
          account.in().subtract(account.out()));
    }
    rows.note("over all accounts, what came in and what went out are the same for every asset");
    return rows.sheet("trial-balance", "account", "asset", "debit", "credit", "balance");
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

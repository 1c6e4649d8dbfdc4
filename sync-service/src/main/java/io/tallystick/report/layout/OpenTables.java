package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables of what is unknown or odd, and of what rests on a word or a rule. */
final class OpenTables {
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

  // What the books already say of the entry, with what to do.
  private static final Set<Issue.Kind> TOLD =
      Set.of(Issue.Kind.UNKNOWN_COST, Issue.Kind.MISSING_PRICE, Issue.Kind.CORRECTION);

  private OpenTables() {}

  /** What hangs on one entry of which something is unknown. */
  private static final class Hanging {
    private BigDecimal proceeds = BigDecimal.ZERO;
    private int matches;
    private int unvalued;

    BigDecimal shown(Facts facts) {
      return facts.rounding().roundProceeds(proceeds);
    }
  }

  private static final Hanging NONE = new Hanging();

  /** Everything that is unknown or odd, with what hangs on it and what to do. */
  static Sheet unmatched(Facts facts) {
    Map<String, Hanging> hanging = new HashMap<>();
    Hanging all = new Hanging();
    for (Disposal disposal : facts.disposals()) {
      disposal.matches().forEach(match -> hang(match, hanging, all));
    }
    Sheet.Rows rows = new Sheet.Rows();
    Set<String> told = new HashSet<>();
    for (Beside.Open open : facts.beside().open()) {
      if (facts.asked(open.at())) {
        told.add(open.entry());
        Hanging on = hanging.getOrDefault(open.entry(), NONE);
        rows.add(
            open.kind(),
            facts.day(open.at()),
            open.asset(),
            open.quantity(),
            null,
            on.shown(facts),
            on.matches,
            open.remedy(),
            open.entry());
      }
    }
    for (Issue issue : facts.of(Issue.class)) {
      boolean again = TOLD.contains(issue.kind()) && told.contains(issue.source().entry());
      if (OPEN.contains(issue.kind()) && !again) {
        issue(facts, rows, issue, hanging.getOrDefault(issue.source().entry(), NONE));
      }
    }
    provisional(facts, rows);
    if (rows.size() == 0) {
      rows.note("none");
    }
    rows.note("parts of disposals whose gain is undetermined and in no total: " + all.matches);
    rows.note("their gross proceeds, as far as they are known: " + Decimals.text(all.shown(facts)));
    rows.note("of them, parts whose proceeds are not known either: " + all.unvalued);
    rows.note("what hangs on a line counts the asked year; one part may hang on several lines");
    return rows.sheet(
        "unmatched",
        "kind",
        "date",
        "asset",
        "quantity",
        "money",
        "proceeds_undetermined",
        "parts_undetermined",
        "remedy",
        "entry");
  }

  private static void issue(Facts facts, Sheet.Rows rows, Issue issue, Hanging on) {
    rows.add(
        GenericTables.word(issue.kind()),
        facts.day(issue.source().at()),
        issue.asset(),
        issue.quantity(),
        facts.money(issue.money()),
        on.shown(facts),
        on.matches,
        remedy(issue),
        issue.source().entry());
  }

  // One line an asset: under a yearly average every row of the year is one.
  private static void provisional(Facts facts, Sheet.Rows rows) {
    Map<String, List<Disposal>> waiting = new TreeMap<>();
    for (Disposal disposal : facts.disposals()) {
      if (disposal.provisional()) {
        waiting.computeIfAbsent(disposal.asset(), _ -> new ArrayList<>()).add(disposal);
      }
    }
    waiting.forEach((asset, all) -> {
      Disposal first = all.getFirst();
      rows.add(
          "provisional",
          facts.day(first.source().at()),
          asset,
          all.stream().map(Disposal::quantity).reduce(BigDecimal.ZERO, BigDecimal::add),
          null,
          null,
          null,
          "wait for the window or the year to be over: %d disposals from this day on can change"
              .formatted(all.size()),
          first.source().entry());
    });
  }

  // An unknown amount names the entry that it comes from; money that is missing and a cost that is
  // missing may come from two.
  private static void hang(Match match, Map<String, Hanging> hanging, Hanging all) {
    if (match.gain().known()) {
      return;
    }
    count(all, match);
    String cost = source(match.cost());
    String money = source(match.gross().minus(match.sellingCosts()));
    if (cost != null) {
      count(hanging.computeIfAbsent(cost, _ -> new Hanging()), match);
    }
    if (money != null && !money.equals(cost)) {
      count(hanging.computeIfAbsent(money, _ -> new Hanging()), match);
    }
  }

  private static @Nullable String source(Amount amount) {
    return amount instanceof Amount.Unknown unknown ? unknown.entry() : null;
  }

  private static void count(Hanging hanging, Match match) {
    hanging.matches++;
    BigDecimal gross = Facts.known(match.gross());
    if (gross == null) {
      hanging.unvalued++;
    } else {
      hanging.proceeds = hanging.proceeds.add(gross);
    }
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

  /** What the figures rest on beside evidence: words of persons, supplied prices, rules. */
  static Sheet assumptions(Facts facts) {
    Sheet.Rows rows = new Sheet.Rows();
    for (Beside.Assumed one : facts.beside().assumed()) {
      rows.add(one.entry(), null, null, null, one.what());
    }
    for (Line line : facts.of(Line.class)) {
      String rule = rule(line);
      if (rule != null) {
        rows.add(
            line.source().entry(),
            facts.day(line.source().at()),
            line.asset(),
            quantity(line),
            rule);
      }
    }
    if (rows.size() == 0) {
      rows.note("none");
    }
    rows.note("what a person stated, and prices that were supplied, are told for all years");
    return rows.sheet("assumptions", "entry", "date", "asset", "quantity", "what");
  }

  private static @Nullable String rule(Line line) {
    return switch (line) {
      case Issue issue ->
          switch (issue.kind()) {
            case WRAP_ASSUMED -> "wrapped or unwrapped, taken as the settings say";
            case UNIT_COST_ROUNDED -> "the unit cost was rounded, and the closing cost differs";
            case RENAMED_IN_WINDOW -> "renamed while a window was open: rows before it were closed";
            case SHORTFALL, REFUSED, UNKNOWN_COST, MISSING_PRICE, UNLINKED_DEPOSIT -> null;
            case CORRECTION, VALUES_DIFFER, LATE_SELECTION, INVALID_SELECTION -> null;
            case EXCESS_TRANSFER, UNALLOCATED_BASIS -> null;
          };
      case Disposal disposal ->
          disposal.matches().stream().anyMatch(one -> one.rule() == Match.Rule.ZERO_BASIS)
              ? "units without a known acquisition were given no cost, by choice"
              : null;
      case Line.Converted _ -> "became another asset with its cost and dates, by rule";
      case Line.Opened _, Line.Moved _, Line.Income _, Line.Expense _ -> null;
      case Line.RingFenced _, Line.Pooled _ -> null;
    };
  }

  private static @Nullable BigDecimal quantity(Line line) {
    return switch (line) {
      case Issue issue -> issue.quantity();
      case Disposal disposal -> disposal.quantity();
      case Line.Converted converted -> converted.quantity();
      case Line.Opened _, Line.Moved _, Line.Income _, Line.Expense _ -> null;
      case Line.RingFenced _, Line.Pooled _ -> null;
    };
  }
}

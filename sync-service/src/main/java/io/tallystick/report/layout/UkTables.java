package io.tallystick.report.layout;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Match;
import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** United Kingdom: the computation, and its sums as the return (SA108) asks for them. */
final class UkTables {
  private static final String[] COMPUTATION = {
    "date",
    "asset",
    "quantity",
    "rule",
    "acquired",
    "gross_proceeds",
    "incidental_costs",
    "cost",
    "gain",
    "pool_quantity_before",
    "pool_cost_before",
    "pool_quantity_after",
    "pool_cost_after",
    "status",
    "entry"
  };

  private UkTables() {}

  /** The sums of a stretch of disposals. */
  private static final class Sums {
    private int disposals;
    private BigDecimal proceeds = BigDecimal.ZERO;
    private BigDecimal costs = BigDecimal.ZERO;
    private BigDecimal gains = BigDecimal.ZERO;
    private BigDecimal losses = BigDecimal.ZERO;

    void gain(BigDecimal gain) {
      gains = gain.signum() > 0 ? gains.add(gain) : gains;
      losses = gain.signum() < 0 ? losses.subtract(gain) : losses;
    }
  }

  /** One block a day and asset, with its matches, and the pool before and after. */
  static Sheet computation(Facts facts) {
    // Of one name there may be a gift and the fee that it cost: each has its pool, in their order.
    Map<String, Deque<Line.Pooled>> pools = new HashMap<>();
    facts
        .of(Line.Pooled.class)
        .forEach(one -> pools.computeIfAbsent(name(one), _ -> new ArrayDeque<>()).add(one));
    Sheet.Rows rows = new Sheet.Rows();
    Sums all = new Sums();
    Sums early = new Sums();
    Footing footing = new Footing();
    LocalDate change = change(facts);
    for (Disposal disposal : facts.disposals()) {
      BigDecimal gain = BigDecimal.ZERO;
      int n = 0;
      Deque<Line.Pooled> named = pools.get(name(disposal));
      Line.Pooled pool = named == null ? null : named.poll();
      Line.Pooled before = pool == null ? null : before(disposal, pool);
      for (Facts.Rounded part : facts.rounded(disposal)) {
        boolean last = ++n == disposal.matches().size();
        rows.add(
            facts.day(disposal.source().at()),
            disposal.asset(),
            part.match().quantity(),
            GenericTables.word(part.match().rule()),
            facts.acquired(part.match()),
            part.determined() ? part.gross() : null,
            part.determined() ? part.costs() : null,
            part.determined() ? part.basis() : null,
            part.determined() && disposal.recognised() ? part.gain() : null,
            last && before != null ? before.quantity() : null,
            last && before != null ? facts.cost(before.cost()) : null,
            last && pool != null ? pool.quantity() : null,
            last && pool != null ? facts.cost(pool.cost()) : null,
            disposal.recognised() ? Facts.status(disposal, part.match()) : "not recognised",
            disposal.source().entry());
        if (part.determined() && disposal.recognised()) {
          gain = gain.add(part.gain());
          all.proceeds = all.proceeds.add(part.gross());
          all.costs = all.costs.add(part.costs()).add(part.basis());
        }
      }
      if (disposal.recognised()) {
        all.disposals++;
        all.gain(gain);
        footing.add(disposal);
        if (change != null && facts.day(disposal.source().at()).isBefore(change)) {
          early.gain(gain);
        }
      }
    }
    notes(facts, rows, all);
    footing.tell(rows, all.gains.subtract(all.losses));
    if (change != null) {
      rows.note("gains before " + change + ", when the rates changed: " + text(early.gains));
      rows.note("losses before that day: " + text(early.losses));
      rows.note("gains from that day on: " + text(all.gains.subtract(early.gains)));
      rows.note("losses from that day on: " + text(all.losses.subtract(early.losses)));
    }
    return rows.sheet("uk-cgt", COMPUTATION);
  }

  // What the day added to the pool is in it before the day's disposals are taken out.
  private static Line.Pooled before(Disposal disposal, Line.Pooled after) {
    BigDecimal quantity = after.quantity();
    Amount cost = after.cost();
    for (Match match : disposal.matches()) {
      if (match.rule() == Match.Rule.POOL) {
        quantity = quantity.add(match.quantity());
        cost = cost.plus(match.cost());
      }
    }
    return new Line.Pooled(after.source(), after.asset(), quantity, cost);
  }

  private static void notes(Facts facts, Sheet.Rows rows, Sums all) {
    line(facts, rows, "number of disposals", Integer.toString(all.disposals));
    line(facts, rows, "disposal proceeds", text(all.proceeds));
    line(facts, rows, "allowable costs", text(all.costs));
    line(facts, rows, "gains before losses", text(all.gains));
    line(facts, rows, "losses", text(all.losses));
    FormTables.lines(facts, rows);
    figure(facts, rows, "annual-exempt-amount");
    figure(facts, rows, "reporting-proceeds");
  }

  // With the number that the line has on the form of the year, where the profile knows it.
  private static void line(Facts facts, Sheet.Rows rows, String what, String amount) {
    String name = "form-line." + what.replace(' ', '-') + "." + facts.year();
    String number = facts.figures().get(name);
    rows.note((number == null ? "" : number + " ") + what + ": " + amount);
  }

  private static void figure(Facts facts, Sheet.Rows rows, String name) {
    String figure = facts.figures().get(name + "." + facts.year());
    if (figure != null) {
      rows.note(name + " of the year: " + figure);
    }
  }

  private static @Nullable LocalDate change(Facts facts) {
    String day = facts.figures().get("rate-change." + facts.year());
    return day == null ? null : LocalDate.parse(day);
  }

  private static String name(Line line) {
    return line.source().entry() + " " + line.asset();
  }

  private static String text(BigDecimal amount) {
    return Decimals.text(amount);
  }
}

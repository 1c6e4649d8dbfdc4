package io.tallystick.report.layout;

import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Match;
import io.tallystick.costbasis.Term;
import io.tallystick.kernel.Decimals;
import io.tallystick.report.layout.BrokerTables.Sales;
import io.tallystick.report.layout.BrokerTables.YearOfSales;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * United States, Form 8949, one row a match; short and long never share one.
 *
 * <p>Where a broker's statement tells other proceeds, or another basis that it reported, columns
 * (d) and (e) show the statement's and (g) corrects them (Instructions for Form 8949, columns (d)
 * to (h)), so that no gain changes. Statements tell sums of a year: what cannot be laid on one row
 * stands in a row of its own, and what is not known to belong to one box is left as it is and said.
 */
final class Form8949 {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT);
  private static final int DIGITAL_ASSET_BOXES = 2025;
  private static final String VARIOUS = "VARIOUS";
  private static final String UNKNOWN = "UNKNOWN";

  private static final String[] COLUMNS = {
    "box",
    "a_description",
    "b_date_acquired",
    "c_date_disposed",
    "d_proceeds",
    "e_basis",
    "f_code",
    "g_adjustment",
    "h_gain",
    "status",
    "entry"
  };

  private final Facts facts;
  private final Sheet.Rows sheet = new Sheet.Rows();
  private final List<Row> rows = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final Map<YearOfSales, List<Row>> told = new TreeMap<>();

  private Form8949(Facts facts) {
    this.facts = facts;
  }

  /** A row to be written; both amounts are null where its gain is not known. */
  private static final class Row {
    private final String box;
    private final String what;
    private final String bought;
    private final String sold;
    private final String status;
    private final String entry;
    private @Nullable BigDecimal proceeds;
    private @Nullable BigDecimal basis;
    private @Nullable BigDecimal adjustment;
    private BigDecimal costs = BigDecimal.ZERO;
    private String code = "";

    Row(String box, String what, String bought, String sold, String status, String entry) {
      this.box = box;
      this.what = what;
      this.bought = bought;
      this.sold = sold;
      this.status = status;
      this.entry = entry;
    }

    boolean determined() {
      return proceeds != null && basis != null;
    }

    @Nullable BigDecimal gain() {
      return proceeds == null || basis == null
          ? null
          : proceeds.subtract(basis).add(adjustment == null ? BigDecimal.ZERO : adjustment);
    }

    // What is shown more than it was is taken back in (g); the gain stays.
    void show(BigDecimal moreProceeds, BigDecimal moreBasis, String why) {
      if (proceeds != null && basis != null) {
        proceeds = proceeds.add(moreProceeds);
        basis = basis.add(moreBasis);
        BigDecimal before = adjustment == null ? BigDecimal.ZERO : adjustment;
        adjustment = before.add(moreBasis).subtract(moreProceeds);
        code = why;
      }
    }
  }

  static Sheet of(Facts facts) {
    Form8949 form = new Form8949(facts);
    Footing footing = new Footing();
    for (Disposal disposal : facts.disposals()) {
      if (disposal.recognised()) {
        form.add(disposal);
        footing.add(disposal);
      }
    }
    Map<YearOfSales, Sales> sales = BrokerTables.compared(facts);
    form.told.forEach((key, rows) -> form.correct(key, sales.get(key), rows));
    return form.write(footing);
  }

  private void add(Disposal disposal) {
    LocalDate day = facts.day(disposal.source().at());
    YearOfSales key = new YearOfSales(disposal.source().wallet(), day.getYear(), disposal.asset());
    // Fees and payments are no sales of a broker: no statement shows them.
    Beside.Broker broker =
        BrokerTables.SALES.contains(disposal.kind())
            ? facts.beside().broker(key.wallet(), key.year(), key.asset())
            : null;
    for (Facts.Rounded part : facts.rounded(disposal)) {
      LocalDate bought = facts.acquired(part.match());
      Row row =
          new Row(
              box(key.year(), broker, part.match().term()),
              what(disposal, part.match()),
              bought == null ? UNKNOWN : DATE.format(bought),
              DATE.format(day),
              Facts.status(disposal, part.match()),
              disposal.source().entry());
      if (part.determined()) {
        row.proceeds = part.net();
        row.basis = part.basis();
        row.costs = part.costs();
      }
      rows.add(row);
      if (broker != null && key.year() >= DIGITAL_ASSET_BOXES) {
        told.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
      }
    }
  }

  private String what(Disposal disposal, Match match) {
    String id = facts.beside().id(disposal.source().entry());
    String units = Decimals.text(match.quantity()) + " " + disposal.asset();
    return id.isEmpty() ? units : units + ", " + id;
  }

  // Instructions for Form 8949 (2025): on a 1099-DA with basis, on one without, or on none.
  private static String box(int year, Beside.@Nullable Broker told, Term term) {
    int which = year < DIGITAL_ASSET_BOXES ? 0 : told == null ? 3 : told.basisReported() ? 1 : 2;
    return switch (term) {
      case SHORT -> "CGHI".substring(which, which + 1);
      case LONG -> "FJKL".substring(which, which + 1);
      case NONE, UNDETERMINED -> "?";
    };
  }

  private void correct(YearOfSales key, @Nullable Sales sales, List<Row> shown) {
    Beside.Broker broker = sales == null ? null : sales.told();
    if (sales == null || broker == null) {
      return;
    }
    String name = key.asset() + " of " + key.year() + " at " + key.wallet();
    BigDecimal proceeds = broker.proceeds().subtract(sales.net(facts));
    if (broker.basisReported() && broker.basis() == null) {
      said.add("the basis that was reported of " + name + " was not supplied: (e) is the books'");
    }
    BigDecimal basis = broker.basisReported() ? sales.basisMore(facts) : null;
    boolean unlike = proceeds.signum() != 0 || (basis != null && basis.signum() != 0);
    boolean unknown = broker.basisReported() && broker.basis() != null && basis == null;
    if (!unlike && !unknown) {
      return;
    }
    if (unknown || !sales.sameUnits() || !shown.stream().allMatch(Row::determined)) {
      said.add("not corrected in (g): " + name + ", of which units or amounts are not known");
      return;
    }
    String costs = "";
    if (proceeds.signum() != 0 && broker.proceeds().compareTo(sales.gross(facts)) == 0) {
      // The statement leaves transaction costs out, and each row knows its own.
      shown.stream()
          .filter(row -> row.costs.signum() != 0)
          .forEach(row -> row.show(row.costs, BigDecimal.ZERO, "E"));
      proceeds = BigDecimal.ZERO;
      costs = "E";
    } else if (proceeds.signum() != 0) {
      proceeds = broker.proceeds().subtract(sum(shown, row -> row.proceeds));
    }
    BigDecimal more = basis == null ? BigDecimal.ZERO : basis;
    if (more.signum() != 0 && broker.basis() != null) {
      more = broker.basis().subtract(sum(shown, row -> row.basis));
    }
    if (proceeds.signum() != 0 || more.signum() != 0) {
      difference(name, shown, proceeds, more, costs);
    }
  }

  // Of the rounded rows, so that the box comes to what the statement tells.
  private static BigDecimal sum(List<Row> rows, Function<Row, @Nullable BigDecimal> of) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Row row : rows) {
      BigDecimal amount = of.apply(row);
      sum = amount == null ? sum : sum.add(amount);
    }
    return sum;
  }

  // B: the basis told is not right; O: another reason, here that the proceeds told are not.
  private void difference(
      String name, List<Row> shown, BigDecimal proceeds, BigDecimal basis, String costs) {
    if (shown.stream().map(row -> row.box).distinct().count() > 1) {
      said.add("not corrected in (g): " + name + ", whose difference may belong to either box");
      return;
    }
    String code = (basis.signum() != 0 ? "B" : "") + (proceeds.signum() != 0 ? "O" : "");
    if (shown.size() == 1) {
      Row only = shown.getFirst();
      only.show(proceeds, basis, basis.signum() != 0 ? "B" + costs + code.substring(1) : code);
      return;
    }
    String what = "difference to the statement of " + name;
    Row row = new Row(shown.getFirst().box, what, VARIOUS, VARIOUS, "correction", "");
    row.proceeds = BigDecimal.ZERO;
    row.basis = BigDecimal.ZERO;
    row.show(proceeds, basis, code);
    rows.add(row);
  }

  private static final class Sums {
    private BigDecimal proceeds = BigDecimal.ZERO;
    private BigDecimal basis = BigDecimal.ZERO;
    private BigDecimal adjustment = BigDecimal.ZERO;
    private BigDecimal gain = BigDecimal.ZERO;
  }

  private Sheet write(Footing footing) {
    Map<String, Sums> boxes = new TreeMap<>();
    BigDecimal total = BigDecimal.ZERO;
    for (Row row : rows) {
      BigDecimal gain = row.gain();
      if (row.proceeds != null && row.basis != null && gain != null) {
        Sums sums = boxes.computeIfAbsent(row.box, _ -> new Sums());
        sums.proceeds = sums.proceeds.add(row.proceeds);
        sums.basis = sums.basis.add(row.basis);
        sums.adjustment =
            row.adjustment == null ? sums.adjustment : sums.adjustment.add(row.adjustment);
        sums.gain = sums.gain.add(gain);
        total = total.add(gain);
      }
      sheet.add(
          row.box,
          row.what,
          row.bought,
          row.sold,
          row.proceeds,
          row.basis,
          row.code,
          row.adjustment,
          gain,
          row.status,
          row.entry);
    }
    boxes.forEach((box, sums) ->
        sheet.note(
            "sum of box %s: proceeds %s, basis %s, adjustment %s, gain %s"
                .formatted(
                    box,
                    Decimals.text(sums.proceeds),
                    Decimals.text(sums.basis),
                    Decimals.text(sums.adjustment),
                    Decimals.text(sums.gain))));
    footing.tell(sheet, total);
    sheet.note("boxes I and L (C and F before 2025) stand where no broker's statement is known");
    sheet.note("(d) and (e) are a statement's where it differs, (g) takes the difference back");
    sheet.note("a day of acquisition that is UNKNOWN leaves the term open, and the box a question");
    String codes = facts.figures().get("form-codes");
    if (codes != null) {
      sheet.note("codes in (f): " + codes);
      sheet.note("codes as told by: " + facts.figures().get("form-codes-source"));
    }
    said.forEach(sheet::note);
    return sheet.sheet("form-8949", COLUMNS);
  }
}

package io.tallystick.report;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Problem;
import io.tallystick.report.DeclarationViews.DeclarationRequest;
import io.tallystick.report.DeclarationViews.LotRequest;
import io.tallystick.web.Times;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Declarations as a table: a line each, or a line a lot where the lines of one declaration have the
 * same id, kind, entry, connection, asset, instant and currency. What was taken back is passed
 * over, so that a list of declarations can be taken in as it was given out.
 */
final class DeclarationTable {
  private static final int LONGEST = 1000;

  private DeclarationTable() {}

  static List<DeclarationRequest> read(String holder, String csv) {
    Map<List<String>, DeclarationRequest> requests = new LinkedHashMap<>();
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (CSVParser parser = format.parse(new StringReader(csv))) {
      for (CSVRecord line : parser) {
        if ("reversal".equals(text(line, "kind")) || "true".equals(text(line, "reversed"))) {
          continue;
        }
        DeclarationRequest one = request(holder, line);
        List<String> same =
            List.of(
                String.valueOf(text(line, "id")),
                one.kind(),
                String.valueOf(one.entry()),
                String.valueOf(one.connection()),
                String.valueOf(one.asset()),
                String.valueOf(one.at()),
                String.valueOf(one.currency()));
        requests.merge(same, one, DeclarationTable::together);
      }
    } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
      throw Problem.invalid("csv", "This is not a table of comma-separated text with a header.");
    }
    return List.copyOf(requests.values());
  }

  private static DeclarationRequest request(String holder, CSVRecord line) {
    BigDecimal quantity = amount(line, "quantity");
    List<LotRequest> lots =
        quantity == null
            ? List.of()
            : List.of(
                new LotRequest(
                    quantity,
                    instant(line, "acquired_at"),
                    amount(line, "cost"),
                    text(line, "lot"),
                    text(line, "source")));
    String kind = text(line, "kind");
    String by = text(line, "declared_by");
    if (kind == null || by == null) {
      throw fault(line, "kind and declared_by");
    }
    String note = text(line, "note");
    if (by.length() > LONGEST || (note != null && note.length() > LONGEST)) {
      throw fault(line, "declared_by and note have at most " + LONGEST + " characters");
    }
    return new DeclarationRequest(
        holder,
        kind,
        text(line, "entry"),
        text(line, "purpose"),
        text(line, "income_kind"),
        amount(line, "value"),
        text(line, "currency"),
        text(line, "connection"),
        text(line, "asset"),
        instant(line, "at"),
        lots,
        by,
        note,
        instant(line, "made_at"));
  }

  private static DeclarationRequest together(DeclarationRequest a, DeclarationRequest b) {
    List<LotRequest> lots = new ArrayList<>(a.lots() == null ? List.of() : a.lots());
    lots.addAll(b.lots() == null ? List.of() : b.lots());
    return new DeclarationRequest(
        a.holder(),
        a.kind(),
        a.entry(),
        a.purpose(),
        a.incomeKind(),
        a.value(),
        a.currency(),
        a.connection(),
        a.asset(),
        a.at(),
        lots,
        a.declaredBy(),
        a.note(),
        a.madeAt());
  }

  private static @Nullable String text(CSVRecord line, String column) {
    String text = line.isSet(column) ? line.get(column) : "";
    // As our own tables write a text that a spreadsheet would take for a formula.
    boolean guarded = text.length() > 1 && text.charAt(0) == '\'' && isStart(text.charAt(1));
    return text.isEmpty() ? null : guarded ? text.substring(1) : text;
  }

  private static boolean isStart(char sign) {
    return "=+-@".indexOf(sign) >= 0;
  }

  private static @Nullable BigDecimal amount(CSVRecord line, String column) {
    String text = text(line, column);
    BigDecimal amount = Decimals.parse(text);
    if (text != null && amount == null) {
      throw fault(line, column);
    }
    return amount;
  }

  private static @Nullable Instant instant(CSVRecord line, String column) {
    String text = text(line, column);
    Instant instant = text == null ? null : Times.parse(text);
    if (text != null && instant == null) {
      throw fault(line, column);
    }
    return instant;
  }

  private static Problem fault(CSVRecord line, String what) {
    return Problem.invalid(
        "csv", "Line " + (line.getRecordNumber() + 1) + " cannot be read: " + what + ".");
  }
}

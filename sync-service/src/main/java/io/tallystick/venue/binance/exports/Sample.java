package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.file.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a file's first rows show about how it writes numbers and dates. */
final class Sample {
  // A number's own characters, up to a unit.
  private static final Pattern NUMBER = Pattern.compile("^[^0-9]?([0-9][0-9.,]*)");
  private static final Pattern SURE_POINT =
      Pattern.compile(
          "[0-9]*\\.[0-9]{1,2}|[0-9]*\\.[0-9]{4,}|0\\.[0-9]+|[0-9]{4,}\\.[0-9]+"
              + "|[0-9]{1,3}(,[0-9]{3})+\\.[0-9]+|[0-9]{1,3}(,[0-9]{3}){2,}");
  private static final Pattern SURE_COMMA =
      Pattern.compile(
          "[0-9]*,[0-9]{1,2}|[0-9]*,[0-9]{4,}|0,[0-9]+|[0-9]{4,},[0-9]+"
              + "|[0-9]{1,3}(\\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(\\.[0-9]{3}){2,}");
  private static final Pattern SLASHED =
      Pattern.compile("([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}[ ,].*");
  private static final Pattern ZONED = Pattern.compile(".*\\(UTC[^)]*\\)");

  private final Columns columns;
  private final List<Cells> rows;

  Sample(Columns columns, List<Cells> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  private List<String> texts(boolean numbers) {
    List<String> texts = new ArrayList<>();
    for (Role role : columns.shape().roles()) {
      if (numbers ? role.isNumber() : role.isTime()) {
        for (Cells row : rows) {
          String text = row.text(columns.at(role));
          if (!text.isEmpty()) {
            texts.add(text);
          }
        }
      }
    }
    return texts;
  }

  /**
   * How numbers are written; null when a comma may be either mark. Commas in a comma-delimited file
   * are thousands marks, as the venue writes them: a spreadsheet that turns points into commas
   * turns commas into semicolons.
   */
  @Nullable NumberStyle numbers(boolean semicolon) {
    boolean point = false;
    boolean comma = false;
    boolean either = false;
    for (String text : texts(true)) {
      Matcher number = NUMBER.matcher(text);
      if (number.find()) {
        String digits = number.group(1);
        boolean isPoint = SURE_POINT.matcher(digits).matches();
        boolean isComma = SURE_COMMA.matcher(digits).matches();
        point |= isPoint;
        comma |= isComma;
        either |= !isPoint && !isComma && digits.indexOf(',') >= 0;
      }
    }
    if (point || !(comma || either)) {
      return NumberStyle.POINT;
    }
    if (comma) {
      return NumberStyle.COMMA;
    }
    return semicolon ? null : NumberStyle.POINT;
  }

  /** The order of day and month; null when the rows leave it open. */
  @Nullable DateOrder dates() {
    boolean seen = false;
    for (String text : texts(false)) {
      Matcher slashed = SLASHED.matcher(text);
      if (slashed.matches()) {
        seen = true;
        if (Integer.parseInt(slashed.group(1)) > 12) {
          return DateOrder.DAY_FIRST;
        }
        if (Integer.parseInt(slashed.group(2)) > 12) {
          return DateOrder.MONTH_FIRST;
        }
      }
    }
    return seen ? null : DateOrder.DAY_FIRST;
  }

  /** Whether every row's time names its zone itself. */
  boolean everyTimeHasZone() {
    List<String> times = texts(false);
    return !times.isEmpty() && times.stream().allMatch(time -> ZONED.matcher(time).matches());
  }

  /** Whether some row has a fee that is not zero. */
  boolean someFee() {
    int fee = columns.at(Role.FEE);
    return fee >= 0
        && rows.stream().anyMatch(row -> row.text(fee).chars().anyMatch(c -> c > '0' && c <= '9'));
  }
}

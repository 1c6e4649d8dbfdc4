package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.Pairs.Pair;
import io.tallystick.venue.binance.exports.file.Cells;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Headers in languages never seen. Every translated header so far keeps the English file's column
 * order, and values stay English; so the values can tell what the words do not. A person confirms.
 */
final class Guess {
  private static final Settings PLAIN =
      new Settings(
          ZoneOffset.UTC, NumberStyle.POINT, DateOrder.DAY_FIRST, null, MarginMode.NONE, false);

  private static final Pattern TAX_TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{2}:[0-9]{2}:[0-9]{2}");

  private static final Pattern TAX_TYPE =
      Pattern.compile("BUY|SELL|TRADE|RECEIVE|SEND|DEPOSIT|WITHDRAWAL");

  private Guess() {}

  // Of these no word of the values is so peculiar to the venue as those of the others are.
  private static final List<Shape> TRANSLATED =
      Stream.concat(
              Kinds.SHAPES.stream()
                  .filter(
                      shape -> List.of("D5d", "D5w", "C3", "P3", "B3").contains(shape.variant())),
              Stream.of(FiatMovementReader.TRANSLATED))
          .toList();

  /** The columns that the rows' values suggest for the header; null when they suggest nothing. */
  static @Nullable Columns columns(List<String> header, List<Cells> rows) {
    int tax = TaxReader.BY_PLACE.roles().size();
    if (!rows.isEmpty() && header.size() >= tax && rows.stream().allMatch(Guess::isTaxed)) {
      return Columns.inOrder(TaxReader.BY_PLACE, header);
    }
    if (rows.isEmpty() || header.stream().anyMatch(cell -> cell.isBlank() || hasDigit(cell))) {
      return null;
    }
    for (Shape shape : Kinds.SHAPES) {
      boolean guessable =
          switch (shape.variant()) {
            case "L3", "T3", "O4" -> true;
            default -> false;
          };
      if (guessable && shape.roles().size() == header.size()) {
        Columns columns = Columns.inOrder(shape, header);
        if (rows.stream().allMatch(row -> fits(columns, row))) {
          return columns;
        }
      }
    }
    for (Shape shape : TRANSLATED) {
      Columns columns = Columns.inOrder(shape, header);
      if (shape.roles().size() == header.size()
          && isForeign(shape, header)
          && rows.stream().allMatch(row -> reads(columns, row))) {
        return columns;
      }
    }
    return null;
  }

  // Other venues have tables in English with as many columns of the same things.
  private static boolean isForeign(Shape shape, List<String> header) {
    List<String> names = Shape.normal(header);
    return 2 * shape.names().stream().filter(names::contains).count() < names.size();
  }

  private static boolean reads(Columns columns, Cells row) {
    Fields fields = new Fields(columns, PLAIN);
    fields.take(row, 0);
    Kinds.reader(columns.shape().kind()).read(fields);
    return fields.fault() == null && row.count() <= columns.width();
  }

  // The tax tool's newer report is known by its values alone: a day, a hyphen, a time, and a word.
  private static boolean isTaxed(Cells row) {
    return TAX_TIME.matcher(row.text(1)).matches() && TAX_TYPE.matcher(row.text(2)).matches();
  }

  private static boolean hasDigit(String cell) {
    return cell.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean fits(Columns columns, Cells row) {
    Fields fields = new Fields(columns, PLAIN);
    fields.take(row, 0);
    fields.time(Role.AT);
    if (columns.has(Role.ACCOUNT)) {
      fields.signed(Role.CHANGE);
      return fields.fault() == null && Wallet.of(row.text(columns.at(Role.ACCOUNT))) != null;
    }
    fields.side(Role.SIDE);
    Pair pair = fields.pair(Role.PAIR);
    Glued.base(fields, Role.BASE, pair);
    Glued.quote(fields, Role.QUOTE, pair);
    return fields.fault() == null;
  }
}

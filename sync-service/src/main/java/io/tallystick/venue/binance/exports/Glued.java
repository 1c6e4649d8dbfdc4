package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.Pairs.Pair;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Amounts glued to an asset of the row's pair, or standing bare in older files. */
final class Glued {
  private static final BigDecimal SMALL = BigDecimal.valueOf(1, 7);
  private static final BigDecimal FAR = BigDecimal.valueOf(4);

  private Glued() {}

  /** Base units; a glued asset must begin the pair. */
  static BigDecimal base(Fields row, Role role, Pair pair) {
    int at = row.columns().at(role);
    return checked(row, at, row.pairs().base(row.cells(), at, pair));
  }

  /** Quote units; a glued asset must be the rest of the pair. Read the base first. */
  static BigDecimal quote(Fields row, Role role, Pair pair) {
    int at = row.columns().at(role);
    return checked(row, at, row.pairs().quote(row.cells(), at, pair));
  }

  /** A fee with its asset, which may be outside the pair. */
  static Money fee(Fields row, int column, @Nullable Pair pair) {
    if (row.cells().blank(column)) {
      row.wrong(column, Trouble.MISSING);
      return Fields.NO_MONEY;
    }
    BigDecimal amount = row.pairs().fee(row.cells(), column, pair);
    return new Money(checked(row, column, amount), row.pairs().unit());
  }

  /**
   * Finds totals that are nowhere near price times quantity in files with decimal commas: a
   * spreadsheet takes a point among three digits for a thousands mark. Prices are printed rounded,
   * so only a factor that no rounding makes is a fault, and a few units of the last digit are let
   * be.
   */
  static void check(
      Fields row, Role total, BigDecimal price, BigDecimal quantity, BigDecimal shown) {
    if (row.settings().numbers() == NumberStyle.POINT) {
      return;
    }
    BigDecimal product = price.multiply(quantity);
    boolean small = product.max(shown).compareTo(SMALL) < 0;
    boolean far =
        product.compareTo(shown.multiply(FAR)) > 0 || shown.compareTo(product.multiply(FAR)) > 0;
    if (!small && far && price.signum() > 0 && quantity.signum() > 0) {
      row.wrong(total, Trouble.NOT_THE_TOTAL);
    }
  }

  private static BigDecimal checked(Fields row, int column, @Nullable BigDecimal amount) {
    if (amount == null) {
      row.wrong(column, trouble(row, column));
      return BigDecimal.ZERO;
    }
    if (amount.signum() < 0) {
      row.wrong(column, Trouble.NEGATIVE);
    }
    return amount;
  }

  private static Trouble trouble(Fields row, int column) {
    var cells = row.cells();
    if (cells.blank(column)) {
      return Trouble.MISSING;
    }
    if (row.pairs().any(cells, column) != null) {
      return Trouble.UNIT_NOT_IN_PAIR;
    }
    NumberStyle style = row.settings().numbers();
    boolean bare =
        Amounts.parse(cells.chars(), cells.from(column), cells.to(column), style) != null;
    return bare ? Trouble.NO_UNIT : Trouble.NOT_A_NUMBER;
  }
}

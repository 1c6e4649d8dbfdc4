package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.Pairs.Pair;
import io.tallystick.venue.binance.exports.file.Cells;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row's cells by role. The first thing wrong is remembered and a harmless value given in its
 * place, so that a reader reads on without asking after each cell; {@link #fault} tells at the end.
 */
final class Fields {
  static final Moment NO_TIME = new Moment(Instant.EPOCH, Moment.Precision.MINUTE);
  static final Money NO_MONEY = new Money(BigDecimal.ZERO, "");

  private static final Pattern DESTROYED = Pattern.compile("[0-9]+([.,][0-9]+)?[eE][+]?[0-9]+");

  private final Columns columns;
  private final Settings settings;
  private final Times times;
  private final Pairs pairs;
  private Cells cells = new Cells();
  private long line;
  private @Nullable RowFault fault;

  Fields(Columns columns, Settings settings) {
    this.columns = columns;
    this.settings = settings;
    this.times = new Times(settings);
    this.pairs = new Pairs(settings.numbers());
  }

  /** Takes the next row. */
  void take(Cells row, long number) {
    cells = row;
    line = number;
    fault = null;
  }

  /** The first thing wrong with the row; null when it is sound. */
  @Nullable RowFault fault() {
    return fault;
  }

  long line() {
    return line;
  }

  Columns columns() {
    return columns;
  }

  Settings settings() {
    return settings;
  }

  Cells cells() {
    return cells;
  }

  Pairs pairs() {
    return pairs;
  }

  boolean has(Role role) {
    return columns.has(role);
  }

  /** Remembers what is wrong with a column, unless something was wrong before. */
  void wrong(int column, Trouble trouble) {
    if (fault == null) {
      fault = new RowFault(line, -1, columns.name(column), trouble);
    }
  }

  void wrong(Role role, Trouble trouble) {
    wrong(columns.at(role), trouble);
  }

  /** The text, empty when the cell is empty or not there. */
  String text(Role role) {
    int at = columns.at(role);
    return at < 0 ? "" : pairs.name(cells, at);
  }

  /** The text; null when the cell is empty, not there, or says {@code -} or {@code --}. */
  @Nullable String textIfAny(Role role) {
    int at = columns.at(role);
    return at < 0 || isNone(at) ? null : cells.text(at);
  }

  /** The text, which must be there. */
  String needed(Role role) {
    String text = text(role);
    if (text.isEmpty()) {
      wrong(role, Trouble.MISSING);
    }
    return text;
  }

  /** How far the row's matter has come by its status; a word nobody knows is at fault. */
  CashRecord.Progress progress() {
    CashRecord.Progress progress = Statuses.progress(text(Role.STATUS));
    if (progress == null) {
      wrong(Role.STATUS, Trouble.NOT_A_STATUS);
      return CashRecord.Progress.PENDING;
    }
    return progress;
  }

  /** Whether the row's matter took place, by its status; a word nobody knows is at fault. */
  boolean isDone() {
    return progress() == CashRecord.Progress.DONE;
  }

  /** An id that must be there, and whole. */
  String id(Role role) {
    String text = needed(role);
    if (DESTROYED.matcher(text).matches()) {
      wrong(role, Trouble.DESTROYED_ID);
    }
    return text;
  }

  /** An id; null when it is not there, or a spreadsheet has made a rounded number of it. */
  @Nullable String idIfAny(Role role) {
    String text = textIfAny(role);
    return text == null || DESTROYED.matcher(text).matches() ? null : text;
  }

  /** An asset's name. */
  String asset(Role role) {
    String text = needed(role);
    if (!Pairs.isName(text)) {
      wrong(role, Trouble.NOT_A_NAME);
    }
    return text;
  }

  Moment time(Role role) {
    return time(columns.at(role));
  }

  Moment time(int column) {
    Moment moment = times.parse(cells.chars(), cells.from(column), cells.to(column));
    if (moment == null) {
      Trouble trouble = times.trouble();
      wrong(column, cells.blank(column) || trouble == null ? Trouble.MISSING : trouble);
      return NO_TIME;
    }
    if (times.mayBeTurned() && columns.shape().writesShortYears()) {
      wrong(column, Trouble.YEAR_OR_DAY);
    }
    return moment;
  }

  /** An amount of either sign, which must be there. */
  BigDecimal signed(Role role) {
    return signed(columns.at(role));
  }

  private BigDecimal signed(int column) {
    BigDecimal amount =
        Amounts.parse(cells.chars(), cells.from(column), cells.to(column), settings.numbers());
    if (amount != null) {
      return amount;
    }
    if (cells.blank(column)) {
      wrong(column, Trouble.MISSING);
    } else {
      wrong(column, isNone(column) ? Trouble.NO_AMOUNT : Trouble.NOT_A_NUMBER);
    }
    return BigDecimal.ZERO;
  }

  /** An amount that is never negative. */
  BigDecimal amount(Role role) {
    return amount(columns.at(role));
  }

  BigDecimal amount(int column) {
    return notNegative(column, signed(column));
  }

  private BigDecimal notNegative(int column, BigDecimal amount) {
    if (amount.signum() < 0) {
      wrong(column, Trouble.NEGATIVE);
    }
    return amount;
  }

  /** An amount; null when the cell says that there is none, or is not there. */
  @Nullable BigDecimal amountIfAny(Role role) {
    int at = columns.at(role);
    return at < 0 || isNone(at) ? null : amount(at);
  }

  /** An amount with its asset: {@code 80.5 BUSD} or {@code 0.01BTC}. */
  Money money(Role role) {
    int at = columns.at(role);
    Money money = signedMoney(role);
    notNegative(at, money.amount());
    return money;
  }

  /** The same, of either sign. */
  Money signedMoney(Role role) {
    int at = columns.at(role);
    if (cells.blank(at)) {
      wrong(at, Trouble.MISSING);
      return NO_MONEY;
    }
    BigDecimal amount = pairs.any(cells, at);
    if (amount != null) {
      return new Money(amount, pairs.unit());
    }
    boolean bare =
        Amounts.parse(cells.chars(), cells.from(at), cells.to(at), settings.numbers()) != null;
    if (isNone(at)) {
      wrong(at, Trouble.NO_AMOUNT);
    } else {
      wrong(at, bare ? Trouble.NO_UNIT : Trouble.NOT_A_NUMBER);
    }
    return NO_MONEY;
  }

  /** The same; null when the cell says that there is none, or is not there. */
  @Nullable Money moneyIfAny(Role role) {
    int at = columns.at(role);
    return at < 0 || isNone(at) ? null : money(role);
  }

  /** An amount whose asset stands in another column. */
  Money money(Role amount, Role asset) {
    return new Money(amount(amount), asset(asset));
  }

  /** The pair; a stand-in when the cell is none. */
  Pair pair(Role role) {
    Pair pair = pairs.pair(needed(role));
    if (pair == null) {
      wrong(role, Trouble.NOT_A_PAIR);
      return Objects.requireNonNull(pairs.pair("NONE"));
    }
    return pair;
  }

  Side side(Role role) {
    String text = needed(role);
    if (text.equalsIgnoreCase("buy")) {
      return Side.BUY;
    }
    if (!text.equalsIgnoreCase("sell")) {
      wrong(role, Trouble.NOT_A_SIDE);
    }
    return Side.SELL;
  }

  /** Yes or no in any of the ways seen; null when the column is not there or empty. */
  @Nullable Boolean flagIfAny(Role role) {
    String text = text(role).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "" -> null;
      case "true", "y", "yes", "1" -> true;
      case "false", "n", "no", "0" -> false;
      default -> {
        wrong(role, Trouble.NOT_A_CHOICE);
        yield null;
      }
    };
  }

  private boolean isNone(int column) {
    return Amounts.isNone(cells.chars(), cells.from(column), cells.to(column));
  }
}

package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.file.Cells;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart amounts that are glued to their asset. {@code 5.11INCH} is 5.1 of 1INCH: a ticker may
 * begin with a digit, and only the pair tells where it begins. One instance reads one file and
 * remembers its pairs and assets, so that a million rows do not make a million names.
 */
final class Pairs {
  /** A pair, and its halves once a row has shown them. */
  static final class Pair {
    private final String market;
    private @Nullable String base;
    private @Nullable String quote;
    private @Nullable String guess;

    private Pair(String market) {
      this.market = market;
    }

    String market() {
      return market;
    }

    @Nullable String base() {
      return base;
    }

    @Nullable String quote() {
      return quote;
    }
  }

  // Tickers that begin with a digit, for amounts whose pair does not tell. 0G and 2Z are left out:
  // without a pair, 100G is as well a hundred of the asset G.
  private static final String[] DIGIT_FIRST = {
    "1MBABYDOGE", "1000CHEEMS", "1000SATS", "1INCHDOWN", "1INCHUP", "1000CAT", "1INCH"
  };
  private static final int SLOTS = 1024;

  private final String[] names = new String[SLOTS];
  private final Map<String, Pair> pairs = new HashMap<>();
  private final NumberStyle style;
  private String unit = "";

  Pairs(NumberStyle style) {
    this.style = style;
  }

  /** The cell's text, the same object for the same text most of the time. */
  String name(Cells cells, int cell) {
    return name(cells.chars(), cells.from(cell), cells.to(cell));
  }

  private String name(char[] text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & (SLOTS - 1);
    @Nullable String known = names[slot];
    if (known != null && same(known, text, from, to)) {
      return known;
    }
    String made = new String(text, from, to - from);
    names[slot] = made;
    return made;
  }

  private static boolean same(String known, char[] text, int from, int to) {
    if (known.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (known.charAt(i - from) != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** The pair of this name, with a slash or without; null when the text cannot be one. */
  @Nullable Pair pair(String text) {
    Pair known = pairs.get(text);
    if (known != null) {
      return known;
    }
    String upper = text.toUpperCase(Locale.ROOT);
    int slash = upper.indexOf('/');
    String market = slash < 0 ? upper : upper.substring(0, slash) + upper.substring(slash + 1);
    // Delivery futures carry their date behind an underscore.
    if (market.length() < 2 || market.length() > 40 || !isName(market.replace("_", ""))) {
      return null;
    }
    Pair made = new Pair(market);
    if (slash > 0 && slash < upper.length() - 1) {
      made.base = upper.substring(0, slash);
      made.quote = upper.substring(slash + 1);
    }
    if (pairs.size() < 100_000) {
      pairs.put(text, made);
    }
    return made;
  }

  /** Sets both halves where the file names them in columns of their own. */
  static boolean halves(Pair pair, String base, String quote) {
    pair.base = base;
    pair.quote = quote;
    return pair.market.equals(base + quote);
  }

  /** Whether the text may be an asset's name: letters of any script and digits. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= 40
        && text.codePoints().allMatch(Character::isLetterOrDigit);
  }

  /** The asset of the last amount taken apart; empty when it had none. */
  String unit() {
    return unit;
  }

  /** The base amount of a row: its asset must begin the pair. Null when it does not. */
  @Nullable BigDecimal base(Cells cells, int cell, Pair pair) {
    String base = pair.base;
    if (base == null) {
      base = firstHalf(cells, cell, pair.market);
      pair.guess = base;
    }
    return base == null ? null : before(cells, cell, base);
  }

  /**
   * The quote amount of a row, whose base was read just before. Null when its asset is not the rest
   * of the pair. Only a row whose halves make up the pair is believed about where they meet: a
   * damaged one must not mislead the rows after it.
   */
  @Nullable BigDecimal quote(Cells cells, int cell, Pair pair) {
    String base = pair.base == null ? pair.guess : pair.base;
    if (base == null) {
      return null;
    }
    String quote = pair.quote == null ? pair.market.substring(base.length()) : pair.quote;
    BigDecimal amount = before(cells, cell, quote);
    if (amount != null) {
      pair.base = base;
      pair.quote = quote;
    }
    return amount;
  }

  /** A fee: in one of the pair's assets or in any other. */
  @Nullable BigDecimal fee(Cells cells, int cell, @Nullable Pair pair) {
    if (pair != null) {
      String base = pair.base;
      String quote = pair.quote;
      BigDecimal amount = base == null ? null : before(cells, cell, base);
      if (amount == null && quote != null) {
        amount = before(cells, cell, quote);
      }
      if (amount != null) {
        return amount;
      }
    }
    return any(cells, cell);
  }

  /** An amount of any asset: glued, or apart by a blank as in {@code 80.5 BUSD}. */
  @Nullable BigDecimal any(Cells cells, int cell) {
    char[] text = cells.chars();
    int from = cells.from(cell);
    int to = cells.to(cell);
    for (int i = from; i < to; i++) {
      if (text[i] == ' ' || text[i] == '\u00a0') {
        unit = name(text, i + 1, to);
        return isName(unit) ? Amounts.parse(text, from, i, style) : null;
      }
    }
    for (String ticker : DIGIT_FIRST) {
      BigDecimal amount = before(cells, cell, ticker);
      if (amount != null) {
        return amount;
      }
    }
    int letter = firstLetter(text, from, to);
    unit = name(text, letter, to);
    return isName(unit) ? Amounts.parse(text, from, letter, style) : null;
  }

  private @Nullable BigDecimal before(Cells cells, int cell, String asset) {
    char[] text = cells.chars();
    int from = cells.from(cell);
    int to = cells.to(cell);
    int cut = to - asset.length();
    if (cut <= from || !same(asset, text, cut, to)) {
      return null;
    }
    BigDecimal amount = Amounts.parse(text, from, cut, style);
    if (amount != null) {
      unit = asset;
    }
    return amount;
  }

  // The longest beginning of the pair that ends the cell and leaves a number before it.
  private @Nullable String firstHalf(Cells cells, int cell, String market) {
    for (int length = market.length() - 1; length > 0; length--) {
      String base = market.substring(0, length);
      if (before(cells, cell, base) != null) {
        return base;
      }
    }
    return null;
  }

  private static int firstLetter(char[] text, int from, int to) {
    int at = from;
    while (at < to && !Character.isLetter(text[at])) {
      at++;
    }
    // A mantissa's E is no asset: 7.2E-7BNB.
    if (at + 1 < to && at > from && (text[at] == 'E' || text[at] == 'e')) {
      int next = at + 1;
      if (text[next] == '-' || text[next] == '+') {
        next++;
        while (next < to && text[next] >= '0' && text[next] <= '9') {
          next++;
        }
        return next;
      }
    }
    return at;
  }
}

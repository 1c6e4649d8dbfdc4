package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.Moment.Precision;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as exports write them, each value judged for itself: four- or two-digit years,
 * what spreadsheets make of them, and a zone in the cell where one stands there. One instance reads
 * one file.
 */
final class Times {
  private static final int FIRST_YEAR = 2017;
  private static final int LAST_YEAR = 2099;
  private static final int LAST_DAY = 31;
  private static final int DAY_SECONDS = 86_400;
  private static final Pattern RESAVED =
      Pattern.compile(
          "([0-9]{1,2})([./])([0-9]{1,2})\\2([0-9]{4})[ ,]+"
              + "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?");
  private static final Pattern ZONED = Pattern.compile("(.*[0-9]) ?\\((UTC[^)]*)\\)");
  private static final Pattern SERIAL = Pattern.compile("[2-9][0-9]{4}(\\.[0-9]{1,20})?");
  // Day 0 of spreadsheets, which count a 29 February 1900 that never was.
  private static final long SERIAL_ZERO = LocalDate.of(1899, 12, 30).toEpochDay();

  private final Settings settings;
  private int cachedDate = -1;
  private long cachedDay;
  private @Nullable Trouble trouble;
  private boolean turned;

  Times(Settings settings) {
    this.settings = settings;
  }

  /** Why the last text was no time; null when it was one. */
  @Nullable Trouble trouble() {
    return trouble;
  }

  /**
   * Whether the last text may be a date of two-digit year that a spreadsheet turned round: it reads
   * 25-11-21 as the 25th of November 2021 where days stand first.
   */
  boolean mayBeTurned() {
    return turned;
  }

  /** The time in {@code text[from, to)}; null when it is none, and then {@link #trouble} is set. */
  @Nullable Moment parse(char[] text, int from, int to) {
    trouble = null;
    turned = false;
    Moment moment = venueForm(text, from, to);
    if (moment != null || trouble != null) {
      return moment;
    }
    return rarer(new String(text, from, to - from));
  }

  // yyyy-MM-dd HH:mm:ss or yy-MM-dd HH:mm:ss, with a fraction of a second or without. The tax tool
  // writes a hyphen between date and time.
  private @Nullable Moment venueForm(char[] text, int from, int to) {
    int length = to - from;
    int shift = length >= 19 && text[from + 4] == '-' ? 2 : 0;
    int day = from + shift;
    if (length < 17 + shift
        || text[day + 2] != '-'
        || text[day + 5] != '-'
        || (text[day + 8] != ' ' && text[day + 8] != '-')
        || text[day + 11] != ':'
        || text[day + 14] != ':') {
      return null;
    }
    int century = shift == 0 ? 20 : two(text, from);
    int year = two(text, day);
    int month = two(text, day + 3);
    int dayOfMonth = two(text, day + 6);
    int hour = two(text, day + 9);
    int minute = two(text, day + 12);
    int second = two(text, day + 15);
    int nanos = fraction(text, day + 17, to);
    // Each is -1 when it is no number, which shows in the sign of all of them together.
    if ((century | year | month | dayOfMonth | hour | minute | second | nanos) < 0) {
      return null;
    }
    int date = (century * 100 + year) * 10_000 + month * 100 + dayOfMonth;
    return moment(date, hour * 3600 + minute * 60 + second, hour, minute, second, nanos);
  }

  private @Nullable Moment moment(
      int date, int ofDay, int hour, int minute, int second, int nanos) {
    if (date != cachedDate) {
      int year = date / 10_000;
      int month = date / 100 % 100;
      int day = date % 100;
      if (!exists(year, month, day)) {
        trouble = Trouble.IMPOSSIBLE_TIME;
        return null;
      }
      cachedDate = date;
      cachedDay = LocalDate.of(year, month, day).toEpochDay();
    }
    if (hour > 23 || minute > 59 || second > 59) {
      trouble = Trouble.IMPOSSIBLE_TIME;
      return null;
    }
    long at = cachedDay * DAY_SECONDS + ofDay - settings.zone().getTotalSeconds();
    return new Moment(
        Instant.ofEpochSecond(at, nanos), nanos == 0 ? Precision.SECOND : Precision.MILLISECOND);
  }

  private static boolean exists(int year, int month, int day) {
    return year >= FIRST_YEAR
        && year <= LAST_YEAR
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= YearMonth.of(year, month).lengthOfMonth();
  }

  // Nanoseconds of ".118"; 0 when nothing stands there, -1 when something else does.
  private static int fraction(char[] text, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (text[from] != '.' || digits < 1 || digits > 9) {
      return -1;
    }
    int nanos = 0;
    for (int i = from + 1; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      nanos = nanos * 10 + digit;
    }
    for (int i = digits; i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int two(char[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private @Nullable Moment rarer(String text) {
    Matcher zoned = ZONED.matcher(text);
    if (zoned.matches()) {
      ZoneOffset zone = Zones.parse(zoned.group(2));
      if (zone == null) {
        trouble = Trouble.NOT_A_TIME;
        return null;
      }
      Times inside =
          new Times(
              new Settings(
                  zone,
                  settings.numbers(),
                  settings.dates(),
                  settings.direction(),
                  settings.margin(),
                  settings.sheet()));
      char[] bare = zoned.group(1).toCharArray();
      Moment moment = inside.parse(bare, 0, bare.length);
      trouble = inside.trouble;
      return moment;
    }
    Matcher resaved = RESAVED.matcher(text);
    if (resaved.matches()) {
      return resaved(resaved);
    }
    if (settings.sheet() && SERIAL.matcher(text).matches()) {
      return serial(new BigDecimal(text));
    }
    trouble = Trouble.NOT_A_TIME;
    return null;
  }

  private @Nullable Moment resaved(Matcher parts) {
    int first = Integer.parseInt(parts.group(1));
    int second = Integer.parseInt(parts.group(3));
    // Dots stand only in day-first countries.
    boolean dayFirst = parts.group(2).equals(".") || settings.dates() == DateOrder.DAY_FIRST;
    int date =
        Integer.parseInt(parts.group(4)) * 10_000
            + (dayFirst ? second * 100 + first : first * 100 + second);
    int hour = Integer.parseInt(parts.group(5));
    int minute = Integer.parseInt(parts.group(6));
    turned = dayFirst && first >= FIRST_YEAR % 100 && date / 10_000 % 100 <= LAST_DAY;
    @Nullable String seconds = parts.group(7);
    int last = seconds == null ? 0 : Integer.parseInt(seconds);
    Moment moment = moment(date, hour * 3600 + minute * 60 + last, hour, minute, last, 0);
    return moment == null || seconds != null ? moment : new Moment(moment.at(), Precision.MINUTE);
  }

  private @Nullable Moment serial(BigDecimal days) {
    BigDecimal seconds = days.multiply(BigDecimal.valueOf(DAY_SECONDS));
    long ofZero = seconds.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    long at = SERIAL_ZERO * DAY_SECONDS + ofZero - settings.zone().getTotalSeconds();
    Instant instant = Instant.ofEpochSecond(at);
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      trouble = Trouble.IMPOSSIBLE_TIME;
      return null;
    }
    return new Moment(instant, Precision.SECOND);
  }
}

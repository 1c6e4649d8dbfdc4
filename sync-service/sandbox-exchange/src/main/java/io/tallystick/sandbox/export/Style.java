package io.tallystick.sandbox.export;

import io.tallystick.sandbox.market.Units;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How times and amounts are written.
 *
 * @param zone of the times shown
 */
record Style(Generation generation, ZoneOffset zone) {
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("yy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmm", Locale.ROOT);

  static Style of(ExportWish wish) {
    Generation form = wish.kind().isFormer() ? Generation.FORMER : wish.generation();
    return new Style(form, form == Generation.CURRENT ? wish.zone() : ZoneOffset.UTC);
  }

  boolean isCurrent() {
    return generation == Generation.CURRENT;
  }

  /** A moment in milliseconds, cut to its second. */
  String time(long millis) {
    return (isCurrent() ? SHORT : LONG).format(Instant.ofEpochMilli(millis).atOffset(zone));
  }

  /** The same with all four digits of the year. */
  String longTime(long millis) {
    return LONG.format(Instant.ofEpochMilli(millis).atOffset(zone));
  }

  /** The minute in which an export was made, as its name has it. */
  String stamp(long millis) {
    return STAMP.format(Instant.ofEpochMilli(millis).atOffset(zone));
  }

  /** The zone as names have it: a minus is written twice. */
  String zoneMark() {
    int minutes = zone.getTotalSeconds() / 60;
    if (minutes == 0) {
      return "(UTC)";
    }
    int left = Math.abs(minutes);
    String rest = left % 60 == 0 ? "" : String.format(Locale.ROOT, ":%02d", left % 60);
    return "(UTC" + (minutes < 0 ? "--" : "+") + left / 60 + rest + ")";
  }

  /** An amount. */
  String number(long units) {
    return isCurrent() ? Units.trimmed(units) : Units.text(units);
  }

  /** An amount as the statement writes it: what is tiny has an exponent, in all years. */
  String change(long units) {
    BigDecimal change = Units.decimal(units);
    BigDecimal bare = change.stripTrailingZeros();
    boolean tiny = Math.abs(units) < 100;
    return tiny ? bare.toString() : isCurrent() ? bare.toPlainString() : change.toPlainString();
  }

  /** An amount with its asset glued on; former files wrote two more zeros and thousands apart. */
  String glued(long units, String asset) {
    return grouped(units) + asset;
  }

  /** A price or a quantity of the trade pages. */
  String grouped(long units) {
    return isCurrent()
        ? Units.trimmed(units)
        : String.format(Locale.ROOT, "%,.10f", Units.decimal(units));
  }

  /** An amount, a blank and its asset. */
  String spaced(long units, String asset) {
    return number(units) + " " + asset;
  }
}

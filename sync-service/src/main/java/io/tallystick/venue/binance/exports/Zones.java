package io.tallystick.venue.binance.exports;

import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Zone marks: {@code UTC}, {@code UTC+2}, {@code UTC+5:30}, and {@code UTC--6}, which is how the
 * venue prints six hours behind UTC. {@code UTCnull} means UTC.
 */
final class Zones {
  /** A mark in brackets, as file names and preambles carry it. */
  static final Pattern MARK =
      Pattern.compile(
          "\\(\\s*(UTC(?:null|\\s*[+-]{1,2}\\s*[0-9]{1,2}(?:[:.]?[0-9]{2})?)?)\\s*\\)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FORM =
      Pattern.compile(
          "(?:UTC|GMT)?\\s*(?:null|([+]|-{1,2}|\\u2212)\\s*([0-9]{1,2})(?:[:.]?([0-9]{2}))?)?",
          Pattern.CASE_INSENSITIVE);
  private static final int MOST_HOURS = 14;

  private Zones() {}

  /** The offset that the text names; null when it names none. */
  static @Nullable ZoneOffset parse(String text) {
    String bare = text.strip();
    Matcher form = FORM.matcher(bare);
    if (bare.isEmpty() || !form.matches()) {
      return null;
    }
    @Nullable String sign = form.group(1);
    if (sign == null) {
      return ZoneOffset.UTC;
    }
    int hours = Integer.parseInt(form.group(2));
    @Nullable String minutes = form.group(3);
    int extra = minutes == null ? 0 : Integer.parseInt(minutes);
    if (hours > MOST_HOURS || extra > 59 || (hours == MOST_HOURS && extra > 0)) {
      return null;
    }
    int seconds = hours * 3600 + extra * 60;
    return ZoneOffset.ofTotalSeconds(sign.equals("+") ? seconds : -seconds);
  }

  /** How people write the offset: {@code UTC-6}, {@code UTC+5:30}. */
  static String text(ZoneOffset zone) {
    int minutes = Math.abs(zone.getTotalSeconds()) / 60;
    String sign = zone.getTotalSeconds() < 0 ? "-" : "+";
    String rest = minutes % 60 == 0 ? "" : ":" + (minutes % 60 < 10 ? "0" : "") + minutes % 60;
    return minutes == 0 ? "UTC" : "UTC" + sign + minutes / 60 + rest;
  }
}

package io.tallystick.sandbox.exchange;

import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import io.tallystick.sandbox.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A series of reference rates in the form of the European Central Bank's XML. The figures are made
 * up and the document says so: they swing slowly around a usual value, the same for the same day.
 */
public final class ReferenceSeries {
  /** What the document says of itself. */
  public static final String SUBJECT = "Synthetic reference rates of a sandbox, of no bank";

  private static final Map<String, Integer> MOST =
      Map.of(
          "/stats/eurofxref/eurofxref-hist.xml", 100_000,
          "/stats/eurofxref/eurofxref-hist-90d.xml", 90);
  private static final LocalDate FIRST = LocalDate.of(2017, 1, 2);
  private static final long SWING_DAYS = 240;

  // Units for one euro, in ten-thousandths.
  private static final Map<String, Long> USUAL =
      new TreeMap<>(
          Map.of(
              "AUD",
              16_500L,
              "BRL",
              60_000L,
              "CAD",
              14_800L,
              "CHF",
              9_500L,
              "CZK",
              250_000L,
              "GBP",
              8_500L,
              "JPY",
              1_600_000L,
              "PLN",
              43_000L,
              "TRY",
              350_000L,
              "USD",
              10_800L));

  private ReferenceSeries() {}

  /** Whether a request is for it. */
  static boolean wanted(Request request) {
    return request.method().equals("GET") && MOST.containsKey(request.path());
  }

  /** The series up to a day, as it is asked for: all of it, or its last days. */
  static Reply answer(Request request, LocalDate today) {
    byte[] text =
        document(today, MOST.getOrDefault(request.path(), 0)).getBytes(StandardCharsets.UTF_8);
    return new Reply(200, Map.of("Content-Type", "text/xml"), Body.of(text), new Wire.Whole());
  }

  /** The document of the working days up to one, the latest first. */
  static String document(LocalDate last, int most) {
    StringBuilder text = new StringBuilder();
    text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gesmes:Envelope")
        .append(" xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\"")
        .append(" xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\">\n")
        .append("<gesmes:subject>")
        .append(SUBJECT)
        .append("</gesmes:subject>\n<Cube>\n");
    LocalDate day = last;
    for (int days = 0; days < most && !day.isBefore(FIRST); day = day.minusDays(1), days++) {
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        day(day, text);
      }
    }
    return text.append("</Cube>\n</gesmes:Envelope>\n").toString();
  }

  private static void day(LocalDate day, StringBuilder text) {
    text.append("<Cube time=\"").append(day).append("\">");
    USUAL.forEach((currency, usual) -> {
      long wave =
          Math.abs(
                  Math.floorMod(day.toEpochDay() + currency.hashCode(), SWING_DAYS)
                      - SWING_DAYS / 2)
              - SWING_DAYS / 4;
      long rate = usual + usual * wave / 1_000;
      text.append("<Cube currency=\"")
          .append(currency)
          .append("\" rate=\"")
          .append(String.format(Locale.ROOT, "%d.%04d", rate / 10_000, rate % 10_000))
          .append("\"/>");
    });
    text.append("</Cube>\n");
  }
}

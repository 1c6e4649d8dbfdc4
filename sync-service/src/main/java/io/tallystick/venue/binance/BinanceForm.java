package io.tallystick.venue.binance;

import io.tallystick.venue.SigningForm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How Binance wants parameters written and signed (Spot REST docs, Request security; since
 * 2026-01-15 percent-encoding comes before signing).
 */
final class BinanceForm {
  /** Milliseconds for which a stamped call may be under way; the venue's own default. */
  static final String RECV_WINDOW = "5000";

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
  private static final String HEX = "0123456789ABCDEF";

  private BinanceForm() {}

  /** The form of a signed call: its parameters, then {@code recvWindow}, then {@code timestamp}. */
  static SigningForm signed(Map<String, String> parameters, Instant timestamp) {
    Map<String, String> stamped = new LinkedHashMap<>(parameters);
    stamped.put("recvWindow", RECV_WINDOW);
    stamped.put("timestamp", Long.toString(timestamp.toEpochMilli()));
    String query = encode(stamped);
    return new SigningForm(query, payload(query, ""), "X-MBX-APIKEY", "signature", true);
  }

  /**
   * The bytes to sign: query and body as sent, one right after the other without a separator. Our
   * calls carry everything in the query, those by POST too, so their body is empty.
   */
  static byte[] payload(String query, String body) {
    return (query + body).getBytes(StandardCharsets.UTF_8);
  }

  /** {@code name=value} joined by {@code &}, in the order given. */
  static String encode(Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach((name, value) -> {
      if (!query.isEmpty()) {
        query.append('&');
      }
      encode(query, name);
      query.append('=');
      encode(query, value);
    });
    return query.toString();
  }

  /** RFC 3986: unreserved characters stay, every other byte of the UTF-8 form becomes %XX. */
  private static void encode(StringBuilder query, String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (UNRESERVED.indexOf(c) >= 0) {
        query.append(c);
      } else {
        query.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }
}

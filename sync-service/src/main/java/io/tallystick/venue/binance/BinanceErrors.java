package io.tallystick.venue.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Verdict;
import io.tallystick.venue.binance.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The error table (Spot REST docs, HTTP Return Codes and Error codes; Wallet docs, Error Codes):
 * the code decides first, then the HTTP status, because the two are not one to one and messages
 * vary. Pure: the present is what the answer's own {@code Date} header says.
 */
final class BinanceErrors {
  /** A firewall's refusal is about rate or content; the venue asks for minutes of silence. */
  static final Duration FIREWALL_PAUSE = Duration.ofMinutes(5);

  /** "Overloaded, try again in a few minutes" (-1008). */
  static final Duration OVERLOAD_PAUSE = Duration.ofMinutes(2);

  /** The shortest ban that the venue announces, and the longest. */
  static final Duration SHORTEST_BAN = Duration.ofMinutes(2);

  static final Duration LONGEST_WAIT = Duration.ofDays(3);

  /** Bodies above this are data, not error envelopes, and are not read twice. */
  private static final int LARGEST_ENVELOPE = 1 << 16;

  private static final Pattern BANNED_UNTIL = Pattern.compile("banned until ([0-9]{10,16})");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,40}");
  private static final Map<Integer, Meaning> TABLE = table();

  private BinanceErrors() {}

  /** What a code asks of us. */
  enum Meaning {
    RETRY,
    CLOCK,
    LIMIT,
    OVERLOAD,
    KEY,
    KEY_FORM,
    SIGNATURE,
    MARKET,
    NOT_OFFERED,
    DEFECT
  }

  /** An error envelope. */
  private record Envelope(@Nullable Integer code, String message, boolean failed) {
    static final Envelope NONE = new Envelope(null, "", false);
  }

  private static Map<Integer, Meaning> table() {
    Map<Integer, Meaning> table = new HashMap<>();
    put(table, Meaning.RETRY, -1000, -1001, -1004, -1006, -1007, -3000, -3044);
    put(table, Meaning.CLOCK, -1021);
    put(table, Meaning.LIMIT, -1003, -4005);
    put(table, Meaning.OVERLOAD, -1008);
    put(table, Meaning.KEY, -1002, -2008, -2015);
    put(table, Meaning.KEY_FORM, -2014);
    put(table, Meaning.SIGNATURE, -1022);
    put(table, Meaning.MARKET, -1121);
    put(table, Meaning.NOT_OFFERED, -1016, -1020, -1099, -1109, -3001, -3003, -3999);
    put(table, Meaning.NOT_OFFERED, -4001, -4002, -4003, -4004, -4006, -4007, 100001003);
    put(table, Meaning.DEFECT, -1013, -1015, -1100, -1101, -1102, -1103, -1104, -1105, -1106);
    put(table, Meaning.DEFECT, -1108, -1120, -1122, -1125, -1127, -1128, -1130, -1131, -1151);
    put(table, Meaning.DEFECT, -1194, -1220, -2013, -2026, -4047, -6021);
    return Map.copyOf(table);
  }

  private static void put(Map<Integer, Meaning> table, Meaning meaning, int... codes) {
    for (int code : codes) {
      table.put(code, meaning);
    }
  }

  /** The table's own lines; a code that is not among them is decided by its HTTP status. */
  static Map<Integer, Meaning> lines() {
    return TABLE;
  }

  /** What the answer means. */
  static Verdict judge(Answer answer) {
    int status = answer.status();
    Envelope envelope = envelope(answer);
    Integer code = envelope.code();
    if (status == 418) {
      return banned(answer, envelope);
    }
    if (status == 451) {
      return new Verdict.Denied(Denial.REGION, code);
    }
    if (status == 429 || meaning(code) == Meaning.LIMIT) {
      return limited(answer, envelope);
    }
    if (status / 100 == 2) {
      return success(answer, envelope);
    }
    Meaning meaning = meaning(code);
    return meaning == null ? byStatus(status, code) : byMeaning(meaning, code);
  }

  private static @Nullable Meaning meaning(@Nullable Integer code) {
    return code == null ? null : TABLE.get(code);
  }

  private static Verdict success(Answer answer, Envelope envelope) {
    Integer code = envelope.code();
    Meaning meaning = meaning(code);
    if (meaning != null) {
      return byMeaning(meaning, code);
    }
    if (envelope.failed() || (code != null && code < 0)) {
      return new Verdict.Retry(code, "an error inside a 200");
    }
    return shape(answer.body());
  }

  /** Whether the body can be JSON at all, and whether its end is there. */
  private static Verdict shape(byte[] body) {
    int first = 0;
    int last = body.length - 1;
    while (first < body.length && (blank(body[first]) || mark(body, first))) {
      first++;
    }
    while (last > first && blank(body[last])) {
      last--;
    }
    if (first >= body.length || (body[first] != '{' && body[first] != '[')) {
      return new Verdict.Unreadable("200 without JSON");
    }
    byte closing = (byte) (body[first] == '{' ? '}' : ']');
    return body[last] == closing && last > first
        ? new Verdict.Good()
        : new Verdict.Retry(null, "the answer was cut short");
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static boolean mark(byte[] body, int at) {
    return at < 3 && body[at] == (byte) new int[] {0xEF, 0xBB, 0xBF}[at];
  }

  private static Verdict byMeaning(Meaning meaning, @Nullable Integer code) {
    return switch (meaning) {
      case RETRY -> new Verdict.Retry(code, "passing trouble at the venue");
      case CLOCK -> new Verdict.ClockOff(code);
      case LIMIT -> new Verdict.Wait(null, Verdict.Scope.POOL, false, code);
      case OVERLOAD -> new Verdict.Wait(OVERLOAD_PAUSE, Verdict.Scope.POOL, false, code);
      case KEY -> new Verdict.Denied(Denial.KEY_OR_ADDRESS_OR_RIGHT, code);
      case KEY_FORM -> new Verdict.Denied(Denial.KEY_MALFORMED, code);
      case SIGNATURE -> new Verdict.Denied(Denial.SIGNATURE, code);
      case MARKET -> new Verdict.Denied(Denial.UNKNOWN_MARKET, code);
      case NOT_OFFERED -> new Verdict.Denied(Denial.NOT_OFFERED, code);
      case DEFECT -> new Verdict.Denied(Denial.BAD_REQUEST, code);
    };
  }

  private static Verdict byStatus(int status, @Nullable Integer code) {
    if (status >= 500) {
      return new Verdict.Retry(code, "HTTP " + status);
    }
    return switch (status) {
      case 401 -> new Verdict.Denied(Denial.KEY_OR_ADDRESS_OR_RIGHT, code);
      // Says nothing about the key; whatever else goes out from here would be refused as well.
      case 403 -> new Verdict.Wait(FIREWALL_PAUSE, Verdict.Scope.EGRESS_ADDRESS, false, code);
      case 404 -> new Verdict.Denied(Denial.NOT_OFFERED, code);
      case 408 -> new Verdict.Retry(code, "HTTP 408");
      default ->
          status >= 400
              ? new Verdict.Denied(Denial.BAD_REQUEST, code)
              : new Verdict.Unreadable("HTTP " + status);
    };
  }

  private static Verdict limited(Answer answer, Envelope envelope) {
    return BANNED_UNTIL.matcher(envelope.message()).find()
        ? banned(answer, envelope)
        : new Verdict.Wait(retryAfter(answer), Verdict.Scope.POOL, false, envelope.code());
  }

  private static Verdict banned(Answer answer, Envelope envelope) {
    Duration told = retryAfter(answer);
    Duration until = bannedFor(answer, envelope.message());
    Duration wait = told == null ? SHORTEST_BAN : told;
    if (until != null && (told == null || until.compareTo(told) > 0)) {
      wait = until;
    }
    return new Verdict.Wait(wait, Verdict.Scope.EGRESS_ADDRESS, true, envelope.code());
  }

  private static @Nullable Duration bannedFor(Answer answer, String message) {
    Matcher until = BANNED_UNTIL.matcher(message);
    Instant now = date(answer.headers().get("date"));
    if (now == null || !until.find()) {
      return null;
    }
    return positive(Duration.between(now, Instant.ofEpochMilli(Long.parseLong(until.group(1)))));
  }

  /** The header in seconds or as a date; null when absent, zero, negative or neither. */
  private static @Nullable Duration retryAfter(Answer answer) {
    String text = answer.headers().getOrDefault("retry-after", "").strip();
    if (SECONDS.matcher(text).matches()) {
      // Ten digits are three centuries: beyond the cap, and beyond a long further on.
      return text.length() > 9 ? LONGEST_WAIT : positive(Duration.ofSeconds(Long.parseLong(text)));
    }
    Instant until = date(text);
    Instant now = date(answer.headers().get("date"));
    return until == null || now == null ? null : positive(Duration.between(now, until));
  }

  private static @Nullable Duration positive(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      return null;
    }
    return duration.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : duration;
  }

  private static @Nullable Instant date(@Nullable String text) {
    try {
      return text == null
          ? null
          : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Envelope envelope(Answer answer) {
    byte[] body = answer.body();
    if (body.length > LARGEST_ENVELOPE || body.length == 0) {
      return Envelope.NONE;
    }
    JsonNode tree = StrictJson.tree(body);
    if (tree == null || !tree.isObject()) {
      // A firewall or proxy may still carry the venue's sentence about a ban.
      return answer.status() == 418 || answer.status() == 429
          ? new Envelope(null, new String(body, StandardCharsets.UTF_8), false)
          : Envelope.NONE;
    }
    JsonNode success = tree.get("success");
    boolean failed = success != null && success.isBoolean() && !success.booleanValue();
    return new Envelope(code(tree.get("code")), tree.path("msg").asText(""), failed);
  }

  private static @Nullable Integer code(@Nullable JsonNode node) {
    if (node != null && node.isInt()) {
      return node.intValue();
    }
    // Some families write their codes as text, "000000" for success.
    if (node != null && node.isTextual() && node.textValue().matches("-?[0-9]{1,9}")) {
      return Integer.valueOf(node.textValue());
    }
    return null;
  }
}

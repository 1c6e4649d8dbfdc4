package io.tallystick.venue.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Verdict;
import io.tallystick.venue.Verdict.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BinanceErrorsTest {
  private static final String DATE = "Sun, 01 Nov 2026 12:00:00 GMT";
  private static final String HTML = "<html><body>Forbidden</body></html>";

  /** The reference's table once more, by hand: what each documented code must lead to. */
  private static final Map<String, String> EXPECTED =
      Map.of(
          "retry", "-1000 -1001 -1004 -1006 -1007 -3000 -3044",
          "clock", "-1021",
          "wait", "-1003 -1008 -4005",
          "key-or-address-or-right", "-1002 -2008 -2015",
          "key-malformed", "-2014",
          "signature", "-1022",
          "unknown-market", "-1121",
          "not-offered",
              "-1016 -1020 -1099 -1109 -3001 -3003 -3999 -4001 -4002 -4003 -4004 -4006 -4007"
                  + " 100001003",
          "bad-request",
              "-1013 -1015 -1100 -1101 -1102 -1103 -1104 -1105 -1106 -1108 -1120 -1122 -1125 -1127"
                  + " -1128 -1130 -1131 -1151 -1194 -1220 -2013 -2026 -4047 -6021");

  @Test
  void everyLineOfTheTableLeadsWhereTheReferenceSays() {
    Set<Integer> tested = new HashSet<>();
    EXPECTED.forEach((meaning, codes) ->
        Arrays.stream(codes.split(" "))
            .map(Integer::valueOf)
            .forEach(code -> {
              tested.add(code);
              for (int status : new int[] {400, 401, 403, 404, 500, 503, 200}) {
                assertEquals(meaning, word(judge(status, error(code))), code + " on " + status);
              }
            }));
    assertEquals(BinanceErrors.lines().keySet(), tested, "lines of the table and of this test");
  }

  @Test
  void theCodeIsReportedWithTheVerdict() {
    assertEquals(new Verdict.Denied(Denial.SIGNATURE, -1022), judge(400, error(-1022)));
    assertEquals(new Verdict.ClockOff(-1021), judge(400, error(-1021)));
    assertEquals(-1000, assertInstanceOf(Verdict.Retry.class, judge(500, error(-1000))).code());
  }

  @Test
  void anUnknownCodeIsDecidedByItsStatus() {
    assertEquals("bad-request", word(judge(400, error(-9876))));
    assertEquals("key-or-address-or-right", word(judge(401, error(-9876))));
    assertEquals("not-offered", word(judge(404, error(-9876))));
    assertEquals("retry", word(judge(502, error(-9876))));
    assertEquals("retry", word(judge(200, error(-9876))));
  }

  @ParameterizedTest
  @DisplayName("F23 429 waits as long as Retry-After says, else until the next window")
  @CsvSource(
      nullValues = "none",
      value = {
        "37, PT37S",
        "0, none",
        "none, none",
        "-5, none",
        "'Sun, 01 Nov 2026 12:07:00 GMT', PT7M",
        "'Sun, 01 Nov 2026 11:59:00 GMT', none",
        "1000000000000, PT72H",
        "99999999999999999999999, PT72H",
        "soon, none",
        "'', none"
      })
  void waitsAsRetryAfterSays(String retryAfter, String expected) {
    Map<String, String> headers = new HashMap<>(Map.of("date", DATE));
    if (retryAfter != null) {
      headers.put("retry-after", retryAfter);
    }
    Verdict verdict = judge(429, headers, error(-1003));

    assertEquals(
        new Verdict.Wait(
            expected == null ? null : Duration.parse(expected), Scope.POOL, false, -1003),
        verdict);
  }

  @Test
  @DisplayName("F23 a date in Retry-After means nothing when the answer has no date itself")
  void aDateNeedsADate() {
    Verdict verdict =
        judge(429, Map.of("retry-after", "Sun, 01 Nov 2026 12:07:00 GMT"), error(-1003));
    assertNull(assertInstanceOf(Verdict.Wait.class, verdict).atLeast());
  }

  @Test
  @DisplayName("F24 418 stops the whole address until the later of header and message")
  void aBanStopsTheAddress() {
    // 2026-11-01T12:10:00Z
    String banned = "{\"code\":-1003,\"msg\":\"Way too much; IP banned until 1793535000000.\"}";

    assertEquals(
        new Verdict.Wait(Duration.ofMinutes(10), Scope.EGRESS_ADDRESS, true, -1003),
        judge(418, Map.of("date", DATE, "retry-after", "179"), banned));
    assertEquals(
        new Verdict.Wait(Duration.ofMinutes(20), Scope.EGRESS_ADDRESS, true, -1003),
        judge(418, Map.of("date", DATE, "retry-after", "1200"), banned));
    assertEquals(
        new Verdict.Wait(Duration.ofSeconds(179), Scope.EGRESS_ADDRESS, true, -1003),
        judge(418, Map.of("retry-after", "179"), banned));
    assertEquals(
        new Verdict.Wait(BinanceErrors.SHORTEST_BAN, Scope.EGRESS_ADDRESS, true, null),
        judge(418, Map.of(), HTML));
    assertEquals(
        new Verdict.Wait(BinanceErrors.SHORTEST_BAN, Scope.EGRESS_ADDRESS, true, -1003),
        judge(418, Map.of("retry-after", "0"), error(-1003)));
    assertEquals(
        new Verdict.Wait(Duration.ofMinutes(10), Scope.EGRESS_ADDRESS, true, -1003),
        judge(429, Map.of("date", DATE), banned));
    assertEquals(
        new Verdict.Wait(Duration.ofDays(3), Scope.EGRESS_ADDRESS, true, -1003),
        judge(
            418,
            Map.of("date", DATE),
            "{\"code\":-1003,\"msg\":\"IP banned until 9993535000000.\"}"));
  }

  @Test
  @DisplayName("F26 a firewall, a restricted place and HTML are not the key's fault")
  void obstaclesOnTheWayAreNotTheKeysFault() {
    assertEquals(
        new Verdict.Wait(BinanceErrors.FIREWALL_PAUSE, Scope.EGRESS_ADDRESS, false, null),
        judge(403, HTML));
    assertEquals(
        new Verdict.Denied(Denial.REGION, 0),
        judge(451, "{\"code\":0,\"msg\":\"Service unavailable from a restricted location\"}"));
    assertEquals(new Verdict.Denied(Denial.REGION, null), judge(451, HTML));
    assertInstanceOf(Verdict.Unreadable.class, judge(200, HTML));
    assertInstanceOf(Verdict.Unreadable.class, judge(200, ""));
    assertInstanceOf(Verdict.Unreadable.class, judge(200, "   "));
    assertInstanceOf(Verdict.Unreadable.class, judge(302, ""));
  }

  @ParameterizedTest
  @DisplayName("F27 server errors and cut answers are tried again")
  @ValueSource(ints = {500, 502, 503, 504, 520, 408})
  void serverErrorsAreTriedAgain(int status) {
    assertEquals("retry", word(judge(status, HTML)));
  }

  @ParameterizedTest
  @DisplayName("F27 a 200 whose end is missing is tried again")
  @ValueSource(strings = {"[{\"id\":1},{\"id\":", "[", "{\"balances\":[", "[{\"id\":1}"})
  void aCutAnswerIsTriedAgain(String body) {
    assertEquals("retry", word(judge(200, body)));
  }

  @Test
  @DisplayName("F29 an error inside a 200 is no empty success, and a code of zero is no error")
  void errorsInsideA200AreErrors() {
    assertEquals("unknown-market", word(judge(200, error(-1121))));
    assertEquals("key-or-address-or-right", word(judge(200, "{\"code\":\"-2015\",\"msg\":\"\"}")));
    assertEquals("retry", word(judge(200, "{\"code\":\"000001\",\"success\":false}")));
    assertEquals("good", word(judge(200, "{\"code\":\"000000\",\"data\":[],\"success\":true}")));
    assertEquals("good", word(judge(200, "{\"code\":0,\"data\":[]}")));
    assertEquals("good", word(judge(200, "[]")));
    assertEquals("good", word(judge(200, " \uFEFF{}\n".strip())));
    assertEquals("good", word(judge(200, "\uFEFF[]\n")));
  }

  @Test
  void aCodeThatIsNoNumberIsNoCode() {
    assertEquals("bad-request", word(judge(400, "{\"code\":{\"a\":1},\"msg\":\"x\"}")));
    assertEquals("bad-request", word(judge(400, "{\"code\":99999999999,\"msg\":\"x\"}")));
    assertEquals("bad-request", word(judge(400, "not json")));
  }

  @Test
  void noVerdictRepeatsTheVenuesWords() {
    String canary = "canary-4711";
    for (int status : new int[] {200, 400, 401, 403, 404, 418, 429, 451, 500}) {
      String shown = judge(status, "{\"code\":-9999,\"msg\":\"" + canary + "\"}").toString();
      assertTrue(!shown.contains(canary), shown);
    }
  }

  private static String error(int code) {
    return "{\"code\":" + code + ",\"msg\":\"Some message.\"}";
  }

  private static Verdict judge(int status, String body) {
    return judge(status, Map.of(), body);
  }

  private static Verdict judge(int status, Map<String, String> headers, String body) {
    BinanceVenue venue = new BinanceVenue();
    return venue.judge(venue.accountCall(), new Answer(status, headers, body.getBytes(UTF_8)));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Good good -> "good";
      case Verdict.Retry retry -> "retry";
      case Verdict.ClockOff off -> "clock";
      case Verdict.Wait wait -> "wait";
      case Verdict.Denied denied -> denied.denial().code();
      case Verdict.Unreadable unreadable -> "unreadable";
    };
  }
}

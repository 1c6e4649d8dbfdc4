package io.tallystick.venue.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tallystick.kernel.Digests;
import io.tallystick.venue.Call;
import io.tallystick.venue.SigningForm;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Known answers: the example key of the venue's own documents, which opens nothing. */
final class BinanceFormTest {
  private static final String SECRET =
      "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
  private static final String NON_ASCII =
      "symbol=１２３４５６&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1";
  private static final Instant STAMP = Instant.ofEpochMilli(1499827319559L);
  private final BinanceVenue venue = new BinanceVenue();

  @Test
  @DisplayName("H1 a call is signed over its query, recvWindow and timestamp last")
  void signsTheQueryWithTimestampLast() {
    SigningForm form =
        form("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1");

    assertEquals(
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1"
            + "&recvWindow=5000&timestamp=1499827319559",
        form.query());
    assertEquals(
        "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71", hmac(form.payload()));
    assertEquals("X-MBX-APIKEY", form.keyHeader());
    assertEquals("signature", form.signatureParameter());
  }

  @Test
  @DisplayName("H2 a symbol outside ASCII is percent-encoded before it is signed")
  void encodesNonAsciiBeforeSigning() {
    SigningForm form = form(NON_ASCII);

    assertEquals(
        "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3", hmac(form.payload()));
  }

  @Test
  @DisplayName("H2x the raw form of that symbol gives the signature that the venue refuses")
  void rawNonAsciiWouldBeRefused() {
    String raw = NON_ASCII + "&recvWindow=5000&timestamp=1499827319559";
    String refused = "ca2cdfbf21d2e2958de492c7f2dd1f059dd2ed4d4459d26a5ec7928db50c8d4f";

    assertEquals(refused, hmac(raw.getBytes(UTF_8)));
    assertNotEquals(refused, hmac(form(NON_ASCII).payload()));
  }

  @Test
  @DisplayName("H3 query and body are signed one right after the other")
  void joinsQueryAndBodyWithoutSeparator() {
    byte[] payload =
        BinanceForm.payload(
            "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC",
            "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559");

    assertEquals("0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77", hmac(payload));
  }

  @Test
  @DisplayName("H6 a timestamp alone")
  void signsATimestampAlone() {
    assertEquals(
        "2222d49722f6af5da13f6da6bfc0d7de19ca2815ebc98bbc49e4942268472f3f",
        hmac(BinanceForm.encode(Map.of("timestamp", "1499827319559")).getBytes(UTF_8)));
  }

  @Test
  @DisplayName("H7 the account call as it is sent")
  void signsTheAccountCall() {
    assertEquals(
        "807e9f33e2180fee3162aaa9fddb73c600a957ca7e8353e2c50ba2a31430a41f",
        hmac(venue.form(venue.accountCall(), STAMP).payload()));
  }

  @Test
  @DisplayName("H8 the first page of a symbol's trades as it is sent")
  void signsTheFirstPageOfTrades() {
    var trades =
        venue.streams().stream().filter(s -> s.name().equals("spot-trades")).findFirst().get();
    Call call = trades.next("BNBBTC", trades.start(STAMP), STAMP);

    assertEquals("GET /api/v3/myTrades", call.endpoint().toString());
    assertEquals(
        "c10a98c1d194588c38ef86c2baefe8490b14b3f8276930a36847bad11a84b83d",
        hmac(venue.form(call, STAMP).payload()));
  }

  @Test
  @DisplayName("H9 an at sign is encoded")
  void encodesTheAtSign() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("email", "alice@test.com");
    parameters.put("timestamp", "1499827319559");
    String query = BinanceForm.encode(parameters);

    assertEquals("email=alice%40test.com&timestamp=1499827319559", query);
    assertEquals(
        "8853334b467480808e62cfb34b4d5e84c3194634f31f223970f88d36b613f302",
        hmac(query.getBytes(UTF_8)));
  }

  @Test
  void encodesAsRfc3986AndNotAsAForm() {
    assertEquals("a=%20%2B%2A~-_.%2F%25%22", BinanceForm.encode(Map.of("a", " +*~-_./%\"")));
    assertEquals("s=%F0%9F%A6%8A", BinanceForm.encode(Map.of("s", "🦊")));
    assertEquals("", BinanceForm.encode(Map.of()));
  }

  private SigningForm form(String parameters) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String parameter : parameters.split("&")) {
      String[] parts = parameter.split("=");
      ordered.put(parts[0], parts[1]);
    }
    return venue.form(Call.of(BinanceEndpoints.ACCOUNT, ordered), STAMP);
  }

  private static String hmac(byte[] payload) {
    return HexFormat.of().formatHex(Digests.hmac(SECRET.getBytes(UTF_8), payload));
  }
}

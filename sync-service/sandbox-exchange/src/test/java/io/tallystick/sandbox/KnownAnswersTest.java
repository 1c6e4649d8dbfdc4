package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.protocol.Verifier;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Request;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures that others computed must fit here too. */
class KnownAnswersTest {
  private static final Verifier HMAC =
      new Verifier.Hmac("NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j");
  private static final Verifier ED25519 =
      Verifier.ofPublicKey("MCowBQYDK2VwAyEAGUIKv9dSpWXBViXp2m6vAIb8QMFJYBgyFEQsFJlqgA0=")
          .orElseThrow();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "H1, symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000"
        + "&timestamp=1499827319559,"
        + " c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71",
    "H2, symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT"
        + "&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559,"
        + " e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3",
    "H6, timestamp=1499827319559,"
        + " 2222d49722f6af5da13f6da6bfc0d7de19ca2815ebc98bbc49e4942268472f3f",
    "H7, omitZeroBalances=true&recvWindow=5000&timestamp=1499827319559,"
        + " 807e9f33e2180fee3162aaa9fddb73c600a957ca7e8353e2c50ba2a31430a41f",
    "H8, symbol=BNBBTC&fromId=0&limit=1000&recvWindow=5000&timestamp=1499827319559,"
        + " c10a98c1d194588c38ef86c2baefe8490b14b3f8276930a36847bad11a84b83d",
    "H9, email=alice%40test.com&timestamp=1499827319559,"
        + " 8853334b467480808e62cfb34b4d5e84c3194634f31f223970f88d36b613f302",
  })
  void hmac_fits_in_both_cases_of_hex_and_breaks_with_one_byte(
      String name, String payload, String signature) {
    Sent sent = sent(payload + "&signature=" + signature, "");
    assertTrue(sent.encoded());
    assertEquals(payload, sent.payload());
    assertTrue(HMAC.fits(latin(payload), signature));
    assertTrue(HMAC.fits(latin(payload), signature.toUpperCase(Locale.ROOT)));
    assertFalse(HMAC.fits(latin(payload + "0"), signature));
    assertFalse(HMAC.fits(latin(payload), "not hex"));
    assertFalse(HMAC.fits(latin(payload), ""));
  }

  @Test
  @DisplayName("H3: query and body are joined without a separator")
  void query_and_body_are_joined_without_a_separator() {
    String signature = "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77";
    String query = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC";
    String body = "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
    assertTrue(
        HMAC.fits(latin(sent(query + "&signature=" + signature, body).payload()), signature));
    assertTrue(
        HMAC.fits(latin(sent(query, body + "&signature=" + signature).payload()), signature));
  }

  @Test
  @DisplayName("H2x: a signature over bytes that were not encoded is refused")
  void a_signature_over_bytes_that_were_not_encoded_is_refused() {
    String payload =
        "symbol=１２３４５６&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1"
            + "&recvWindow=5000&timestamp=1499827319559";
    String signature = "ca2cdfbf21d2e2958de492c7f2dd1f059dd2ed4d4459d26a5ec7928db50c8d4f";
    assertTrue(HMAC.fits(payload.getBytes(StandardCharsets.UTF_8), signature));
    assertFalse(sent(payload + "&signature=" + signature, "").encoded());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "E2, symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=0.2"
        + "&timestamp=1668481559918&recvWindow=5000,"
        + " inDT086KVIP8vgUfw5sV3VTkescWztiAGlf4x8FLKHM4"
        + "NInsn0c1kYVLoGMO8cyjfR6vmTku2YQE0gtfVVlfCw==",
    "E3, timestamp=1499827319559,"
        + " yX+8ucWbuFFcQGEl/oZxAAlZa7+FxlZ4BaBkoPyLJrgT"
        + "h4nf6SbrIflpcNAvAdbafm8HiamioUOXvuw6CLU6DA==",
  })
  void ed25519_fits_and_minds_the_case(String name, String payload, String signature) {
    assertTrue(ED25519.fits(latin(payload), signature));
    assertFalse(ED25519.fits(latin(payload + "0"), signature));
    assertFalse(ED25519.fits(latin(payload), signature.toLowerCase(Locale.ROOT)));
    assertFalse(ED25519.fits(latin(payload), "%%%"));
  }

  @Test
  @DisplayName("E1: the published vector with control characters")
  void the_published_vector_with_control_characters_fits() {
    String payload = String.join("\u0001", "A", "EXAMPLE", "SPOT", "1", "20240627-11:17:25.223");
    assertTrue(
        ED25519.fits(
            latin(payload),
            "4MHXelVVcpkdwuLbl6n73HQUXUf1dse2PCgT1DYqW9w8"
                + "AVZ1RACFGM+5UdlGPrQHrgtS3CvsRURC1oj73j8gCA=="));
  }

  @Test
  void rsa_goes_round_and_keys_of_the_wrong_size_are_none() {
    KeyPair pair = KeyPairs.of("RSA");
    String spki = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
    Verifier rsa =
        Verifier.ofPublicKey("-----BEGIN PUBLIC KEY-----\n" + spki + "\n-----END PUBLIC KEY-----")
            .orElseThrow();
    String signature = Caller.signature("SHA256withRSA", pair.getPrivate(), "timestamp=1");
    assertEquals("RSA", rsa.kind());
    assertTrue(rsa.fits(latin("timestamp=1"), signature));
    assertFalse(rsa.fits(latin("timestamp=2"), signature));
    byte[] small = KeyPairs.generate("RSA", 1024).getPublic().getEncoded();
    assertTrue(Verifier.ofPublicKey(Base64.getEncoder().encodeToString(small)).isEmpty());
    assertTrue(Verifier.ofPublicKey("nonsense").isEmpty());
  }

  @Test
  void no_secret_is_shown_by_any_text_form() {
    assertFalse(HMAC.toString().contains("Nhq"));
    assertFalse(DemoAccount.READ_ONLY.toString().contains("Demo"));
    assertFalse(sent("a=1&signature=abcdef", "").toString().contains("abcdef"));
  }

  private static Sent sent(String query, String body) {
    return Sent.of(Request.of("POST", "/api/v3/order?" + query, Map.of(), Body.text(body)));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

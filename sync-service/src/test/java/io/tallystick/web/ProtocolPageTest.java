package io.tallystick.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tallystick.boot.TestDatabase;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The examples of the protocol page, done. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProtocolPageTest {
  private static final Path PAGE = Path.of("..", "openapi", "protocol.md");
  private static final Pattern SECRET = Pattern.compile("under the secret `([^`]+)`");
  private static final Pattern SIGNED = Pattern.compile("\\| `([^`]*=[^`]*)` \\| `([^`]+)` \\|");
  private static final Pattern EXCHANGE =
      Pattern.compile("```http\\nGET (\\S.*)\\n(.*)\\n→ (\\d{3})(?: (\\S+))?\\n```");

  @Inject Provisioning provisioning;

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  private static String hmac(String secret, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String ed25519(String text) throws GeneralSecurityException {
    byte[] seed = new byte[32];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) i;
    }
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  @Test
  void everySignatureOnThePageIsTheOneThatIsMade() throws Exception {
    Matcher named = SECRET.matcher(page());
    assertTrue(named.find());
    String secret = named.group(1);
    Matcher example = SIGNED.matcher(page());
    int made = 0;
    while (example.find()) {
      String signed = example.group(1);
      String signature = example.group(2);
      boolean hex = signature.matches("[0-9a-f]{64}");
      assertEquals(hex ? hmac(secret, signed) : ed25519(signed), signature, signed);
      made++;
    }
    assertEquals(4, made);
  }

  @Test
  void everyRequestOnThePageIsAnsweredAsItSays() throws Exception {
    TestTenant tenant = TestTenant.fresh(provisioning);
    String holder =
        tenant
            .as("owner")
            .contentType("application/json")
            .body("{\"reference\": \"ada\"}")
            .post("/v1/holders")
            .path("id");
    Matcher example = EXCHANGE.matcher(page());
    List<String> faults = new ArrayList<>();
    int asked = 0;
    while (example.find()) {
      String path = filled(example.group(1), tenant, holder);
      String header = filled(example.group(2), tenant, holder);
      RequestSpecification request = RestAssured.given().urlEncodingEnabled(false);
      if (!header.equals("no token")) {
        String[] parts = header.split(": ", 2);
        request = request.header(parts[0], parts[1]);
      }
      Response answer = request.get(path);
      String code = answer.statusCode() < 300 ? null : answer.path("code");
      if (answer.statusCode() != Integer.parseInt(example.group(3))
          || !Objects.equals(code, example.group(4))) {
        faults.add(example.group() + " was " + answer.statusCode() + " " + code);
      }
      asked++;
    }
    assertEquals(List.of(), faults);
    assertEquals(7, asked);
  }

  private static String filled(String text, TestTenant tenant, String holder) {
    return text.replace("{token of tracker}", tenant.token("tracker"))
        .replace("{token of owner}", tenant.token("owner"))
        .replace("{holder without consent}", holder);
  }
}

package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Problem;
import io.tallystick.kernel.Secret;
import io.tallystick.venue.KeyKind;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroughtKeysTest {
  private static final String ED25519_BODY =
      "MC4CAQAwBQYDK2VwBCIEIIJEYWtGBrhACmb9Dvy+qa8WEf0lQOl1s4CLIAB9m89u";
  private static final CredentialContext CONTEXT =
      new CredentialContext(1, 2, 3, 4, 1, "scripted", "production");

  @TempDir Path folder;
  private Vault vault;

  @BeforeEach
  void openVault() {
    MasterKey master =
        MasterKey.parse(Secret.of(Base64.getEncoder().encodeToString(new byte[MasterKey.LENGTH])));
    vault =
        new Vault(
            new Seals(
                FileKeyStore.open(folder.resolve("keystore"), master, InstantSource.system())));
  }

  @Test
  void malformedSecretsAreRefusedWithoutAnEcho() throws Exception {
    KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
    weak.initialize(1024);
    byte[] small = weak.generateKeyPair().getPrivate().getEncoded();
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    byte[] ec = curve.generateKeyPair().getPrivate().getEncoded();
    String canary = "CANARYCANARYCANARY";
    refuses(KeyKind.HMAC_SHA256, "", "empty");
    refuses(KeyKind.HMAC_SHA256, canary + " " + canary, "characters");
    refuses(KeyKind.HMAC_SHA256, "x".repeat(513), "too long");
    refuses(KeyKind.RSA_SHA256, pem(small), "2048");
    refuses(KeyKind.RSA_SHA256, ED25519_BODY, "not a PKCS#8 private key of the kind rsa");
    refuses(KeyKind.ED25519, pem(ec), "of the kind ed25519");
    refuses(KeyKind.ED25519, canary + "!", "not PEM");
    refuses(KeyKind.ED25519, pem(new byte[0]).replace("PRIVATE", "RSA PRIVATE"), "pkcs8 -topk8");
    refuses(KeyKind.ED25519, pem(small).replace("PRIVATE", "ENCRYPTED PRIVATE"), "password");
    refuses(KeyKind.ED25519, pem(small).replace("PRIVATE", "PUBLIC"), "public half");
    refuses(KeyKind.ED25519, pem(small) + pem(small), "not PEM");
    refuses(KeyKind.ED25519, canary + pem(small), "nothing else");
    Problem problem =
        assertThrows(
            Problem.class,
            () ->
                vault.sealCredential(
                    CONTEXT,
                    KeyKind.HMAC_SHA256,
                    Secret.of(canary + "\r\nX-Evil: 1"),
                    Secret.of("secret")));
    assertEquals("api_key", problem.extras().get("field"));
    assertFalse(problem.detail().contains(canary));
  }

  private void refuses(KeyKind kind, String secret, String because) {
    Problem problem =
        assertThrows(
            Problem.class,
            () -> vault.sealCredential(CONTEXT, kind, Secret.of("key"), Secret.of(secret)),
            because);
    assertEquals(Problem.Kind.KEY_MALFORMED, problem.kind());
    assertTrue(problem.detail().contains(because), problem.detail());
    assertFalse(problem.detail().contains("CANARY"));
    assertEquals(null, problem.getCause());
  }

  private static String pem(byte[] der) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END PRIVATE KEY-----\n";
  }
}

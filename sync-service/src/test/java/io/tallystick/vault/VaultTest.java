package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Secret;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.KeyKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultTest {
  private static final String HMAC_SECRET =
      "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
  private static final String API_KEY =
      "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
  private static final String ED25519_BODY =
      "MC4CAQAwBQYDK2VwBCIEIIJEYWtGBrhACmb9Dvy+qa8WEf0lQOl1s4CLIAB9m89u";
  private static final Instant STAMP = Instant.ofEpochMilli(1499827319559L);
  private static final CredentialContext CONTEXT =
      new CredentialContext(1, 2, 3, 4, 1, "scripted", "production");

  @TempDir Path folder;
  private final ScriptedVenue venue = new ScriptedVenue(List.of());
  private Seals seals;
  private Vault vault;

  @BeforeEach
  void openVault() {
    MasterKey master =
        MasterKey.parse(Secret.of(Base64.getEncoder().encodeToString(new byte[MasterKey.LENGTH])));
    seals =
        new Seals(FileKeyStore.open(folder.resolve("keystore"), master, InstantSource.system()));
    vault = new Vault(seals);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "H1|symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000"
            + "|c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71",
        "H6||2222d49722f6af5da13f6da6bfc0d7de19ca2815ebc98bbc49e4942268472f3f",
        "H8|symbol=BNBBTC&fromId=0&limit=1000&recvWindow=5000"
            + "|c10a98c1d194588c38ef86c2baefe8490b14b3f8276930a36847bad11a84b83d"
      })
  void hmacSignaturesEqualTheKnownAnswers(String vector, String parameters, String signature) {
    SealedCredential key = brought(KeyKind.HMAC_SHA256, HMAC_SECRET);
    SignedCall call = vault.sign(key, fills(parameters), venue, STAMP);
    assertTrue(call.query().endsWith("&signature=" + signature), vector);
    assertEquals(Map.of("X-KEY", API_KEY), call.headers());
    assertEquals("/v/fills", call.path());
  }

  @Test
  void ed25519SignaturesEqualTheKnownAnswers() throws Exception {
    SealedCredential key = brought(KeyKind.ED25519, ED25519_BODY);
    String logon = "A\u0001EXAMPLE\u0001SPOT\u00011\u000120240627-11:17:25.223";
    String order =
        "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=0.2"
            + "&timestamp=1668481559918&recvWindow=5000";
    assertEquals(
        "4MHXelVVcpkdwuLbl6n73HQUXUf1dse2PCgT1DYqW9w8AVZ1RACFGM+5UdlGPrQHrgtS3CvsRURC1oj73j8gCA==",
        signatureOver(logon, key),
        "E1");
    assertEquals(
        "inDT086KVIP8vgUfw5sV3VTkescWztiAGlf4x8FLKHM4NInsn0c1kYVLoGMO8cyjfR6vmTku2YQE0gtfVVlfCw==",
        signatureOver(order, key),
        "E2");
    assertEquals(
        "yX+8ucWbuFFcQGEl/oZxAAlZa7+FxlZ4BaBkoPyLJrgTh4nf6SbrIflpcNAvAdbafm8HiamioUOXvuw6CLU6DA==",
        signatureOf(vault.sign(key, Call.of(ScriptedVenue.FILLS), venue, STAMP)),
        "E3");
  }

  @Test
  void rsaSignaturesVerifyWithThePublicHalf() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    SealedCredential key = brought(KeyKind.RSA_SHA256, pem(pair.getPrivate().getEncoded()));
    SignedCall call = vault.sign(key, fills("symbol=BNBBTC"), venue, STAMP);
    assertTrue(verifies("SHA256withRSA", pair.getPublic(), call));
  }

  @Test
  void aMadePairSignsWithThePrivateHalfNobodySaw() throws Exception {
    SealedOffer offer =
        vault.makePair(new SealedOffer.Context(1, 2, 77, 5, "scripted", "production"));
    SealedCredential key = vault.adopt(offer, CONTEXT, Secret.of(API_KEY));
    SignedCall call = vault.sign(key, fills("symbol=BNBBTC"), venue, STAMP);
    PublicKey half =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(offer.publicKey()));
    assertTrue(verifies("Ed25519", half, call));
    assertTrue(offer.publicKeyPem().startsWith("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            vault.adopt(
                offer,
                new CredentialContext(9, 2, 3, 4, 1, "scripted", "production"),
                Secret.of(API_KEY)));
    SealedOffer moved =
        new SealedOffer(
            new SealedOffer.Context(1, 2, 78, 5, "scripted", "production"),
            offer.publicKey(),
            offer.sealed());
    assertThrows(Unopenable.class, () -> vault.adopt(moved, CONTEXT, Secret.of(API_KEY)));
  }

  @Test
  void aCallThatNeedsOnlyTheKeyIsNotSigned() {
    SealedCredential key = brought(KeyKind.HMAC_SHA256, HMAC_SECRET);
    SignedCall call = vault.sign(key, Call.of(ScriptedVenue.KEYED), venue, STAMP);
    assertEquals("", call.query());
    assertEquals(Map.of("X-KEY", API_KEY), call.headers());
    assertThrows(
        IllegalArgumentException.class, () -> vault.plain(venue, Call.of(ScriptedVenue.KEYED)));
  }

  @Test
  @DisplayName("F46 a call that is not exactly on the list is not signed")
  void f46CallsThatAreNotListedAreNotSigned() {
    SealedCredential key = brought(KeyKind.HMAC_SHA256, HMAC_SECRET);
    Endpoint fills = ScriptedVenue.FILLS;
    List<Endpoint> planted =
        List.of(
            new Endpoint("POST", fills.path(), fills.security(), fills.pool(), fills.weight()),
            new Endpoint("GET", "/v/order", fills.security(), fills.pool(), fills.weight()),
            new Endpoint("GET", "/v/fills/", fills.security(), fills.pool(), fills.weight()),
            new Endpoint("GET", "/v/fills?x=1", fills.security(), fills.pool(), fills.weight()),
            new Endpoint("GET", "/v/FILLS", fills.security(), fills.pool(), fills.weight()),
            new Endpoint("GET", "/v/fills", Endpoint.Security.NONE, fills.pool(), fills.weight()));
    for (Endpoint endpoint : planted) {
      Call call = Call.of(endpoint, Map.of("symbol", "BNBBTC"));
      NotListed refusal = assertThrows(NotListed.class, () -> vault.sign(key, call, venue, STAMP));
      assertFalse(String.valueOf(refusal.getMessage()).contains("BNBBTC"));
      assertThrows(NotListed.class, () -> vault.plain(venue, call));
    }
  }

  @Test
  @DisplayName("F40 a credential moved to another row, tenant or kind does not sign")
  void f40MovedCredentialsDoNotSign() {
    SealedCredential key = brought(KeyKind.HMAC_SHA256, HMAC_SECRET);
    List<CredentialContext> elsewhere =
        List.of(
            new CredentialContext(9, 2, 3, 4, 1, "scripted", "production"),
            new CredentialContext(1, 9, 3, 4, 1, "scripted", "production"),
            new CredentialContext(1, 2, 9, 4, 1, "scripted", "production"),
            new CredentialContext(1, 2, 3, 9, 1, "scripted", "production"),
            new CredentialContext(1, 2, 3, 4, 9, "scripted", "production"),
            new CredentialContext(1, 2, 3, 4, 1, "scripted", "sandbox"));
    for (CredentialContext context : elsewhere) {
      SealedCredential moved =
          new SealedCredential(context, key.kind(), key.sealed(), key.fingerprint());
      assertThrows(
          Unopenable.class,
          () -> vault.sign(moved, fills("a=b"), venue, STAMP),
          () -> "" + context);
    }
    SealedCredential otherKind =
        new SealedCredential(CONTEXT, KeyKind.ED25519, key.sealed(), key.fingerprint());
    assertThrows(Unopenable.class, () -> vault.sign(otherKind, fills("a=b"), venue, STAMP));
    for (int i = 0; i < key.sealed().length; i++) {
      byte[] flipped = key.sealed().clone();
      flipped[i] ^= 1;
      SealedCredential altered =
          new SealedCredential(CONTEXT, key.kind(), flipped, key.fingerprint());
      assertThrows(Unopenable.class, () -> vault.sign(altered, fills("a=b"), venue, STAMP));
    }
  }

  @Test
  @DisplayName("F42 a destroyed credential key leaves a clear refusal")
  void f42DestroyedKeysLeaveAClearRefusal() {
    SealedCredential key = brought(KeyKind.HMAC_SHA256, HMAC_SECRET);
    seals.destroy(2, RetentionClass.CREDENTIAL);
    Unopenable refusal =
        assertThrows(Unopenable.class, () -> vault.sign(key, fills("a=b"), venue, STAMP));
    assertEquals(Unopenable.Reason.KEY_DESTROYED, refusal.reason());
  }

  @Test
  void nothingThatIsPrintedShowsAKeyOrASignature() {
    SealedCredential key = brought(KeyKind.HMAC_SHA256, HMAC_SECRET);
    SignedCall call = vault.sign(key, fills("symbol=BNBBTC"), venue, STAMP);
    String printed =
        key + " " + call + " " + vault + " " + seals + " " + Keys.random(java.time.Instant.EPOCH);
    String signature = call.query().substring(call.query().indexOf("signature="));
    for (String hidden : List.of(API_KEY, HMAC_SECRET, signature, "BNBBTC", "timestamp")) {
      assertFalse(printed.contains(hidden), hidden);
    }
    assertFalse(new String(key.sealed(), StandardCharsets.ISO_8859_1).contains(HMAC_SECRET));
  }

  @Test
  void fingerprintsTellKeysApartAndAreStable() {
    String one = vault.fingerprint(Secret.of(API_KEY));
    assertEquals(16, one.length());
    assertEquals(one, vault.fingerprint(Secret.of(API_KEY)));
    assertEquals(one, brought(KeyKind.HMAC_SHA256, HMAC_SECRET).fingerprint());
    assertNotEquals(one, vault.fingerprint(Secret.of(API_KEY + "x")));
  }

  @Test
  void theSameSecretIsSealedDifferentlyEachTime() {
    byte[] one = brought(KeyKind.HMAC_SHA256, HMAC_SECRET).sealed();
    byte[] two = brought(KeyKind.HMAC_SHA256, HMAC_SECRET).sealed();
    assertFalse(Arrays.equals(one, two));
    assertArrayEquals(one, one.clone());
  }

  private SealedCredential brought(KeyKind kind, String secret) {
    return vault.sealCredential(CONTEXT, kind, Secret.of(API_KEY), Secret.of(secret));
  }

  private String signatureOver(String payload, SealedCredential key) {
    ScriptedVenue saying =
        new ScriptedVenue(List.of(), query -> payload.getBytes(StandardCharsets.UTF_8));
    return signatureOf(vault.sign(key, Call.of(ScriptedVenue.FILLS), saying, STAMP));
  }

  private static String signatureOf(SignedCall call) {
    String query = call.query();
    return URLDecoder.decode(
        query.substring(query.indexOf("signature=") + 10), StandardCharsets.UTF_8);
  }

  private static boolean verifies(String algorithm, PublicKey half, SignedCall call)
      throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initVerify(half);
    String signed = call.query().substring(0, call.query().indexOf("&signature="));
    signature.update(signed.getBytes(StandardCharsets.UTF_8));
    return signature.verify(Base64.getDecoder().decode(signatureOf(call)));
  }

  private static Call fills(String parameters) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : parameters == null ? new String[0] : parameters.split("&")) {
      map.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return Call.of(ScriptedVenue.FILLS, map);
  }

  private static String pem(byte[] der) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END PRIVATE KEY-----\n";
  }
}

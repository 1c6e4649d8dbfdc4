package io.tallystick.vault;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.Secret;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.KeyKind;
import io.tallystick.venue.Live;
import io.tallystick.venue.SigningForm;
import io.tallystick.venue.Venue;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * Takes credentials in and signs structured calls with them. There is no way to read one back, and
 * none to have loose bytes signed: a call is checked against its venue's allow-list, and the
 * venue's pure function says what is signed.
 */
public final class Vault {
  private static final int MOST_API_KEY_BYTES = 512;

  private final Seals seals;

  /** A vault whose credentials are sealed by these seals. */
  public Vault(Seals seals) {
    this.seals = seals;
  }

  /**
   * Seals a brought key.
   *
   * @param secret the HMAC secret, or the private key as PKCS#8 PEM or base64
   * @throws Problem KEY_MALFORMED, which says what is wrong and repeats nothing
   */
  public SealedCredential sealCredential(
      CredentialContext context, KeyKind kind, Secret apiKey, Secret secret) {
    byte[] signing = secret.use(pasted -> PrivateKeys.read(kind, pasted));
    try {
      return seal(context, kind, apiKey, signing);
    } finally {
      Arrays.fill(signing, (byte) 0);
    }
  }

  /** Makes an Ed25519 pair whose private half never leaves the vault. */
  public SealedOffer makePair(SealedOffer.Context context) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] half = pair.getPrivate().getEncoded();
      byte[] sealed =
          seals.seal(context.holder(), RetentionClass.CREDENTIAL, half, context.bound());
      Arrays.fill(half, (byte) 0);
      return new SealedOffer(context, pair.getPublic().getEncoded(), sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  /**
   * Makes a credential of a pair and the API key that its holder got for the public half.
   *
   * @throws Problem KEY_MALFORMED when the API key cannot be one
   * @throws Unopenable when the offer does not open any more
   */
  public SealedCredential adopt(SealedOffer offer, CredentialContext context, Secret apiKey) {
    SealedOffer.Context from = offer.context();
    if (from.tenant() != context.tenant()
        || from.holder() != context.holder()
        || !from.venue().equals(context.venue())
        || !from.environment().equals(context.environment())) {
      throw new IllegalArgumentException("the pair was made for somebody or somewhere else");
    }
    byte[] half =
        seals.open(from.holder(), RetentionClass.CREDENTIAL, offer.sealed(), from.bound()).bytes();
    try {
      return seal(context, KeyKind.ED25519, apiKey, half);
    } finally {
      Arrays.fill(half, (byte) 0);
    }
  }

  /** A short keyed digest of an API key: 16 hexadecimal characters, for logs. */
  public String fingerprint(Secret apiKey) {
    return apiKey.use(
        key -> HexFormat.of().formatHex(seals.mac("credential-fingerprint", key), 0, 8));
  }

  /**
   * Signs an allow-listed call, or adds just the key where the venue wants no more.
   *
   * @param timestamp the venue's time at which the call is stamped
   * @throws NotListed when the endpoint is not, exactly, one of the venue's
   * @throws Unopenable when the credential does not open: destroyed, moved or altered
   */
  public SignedCall sign(SealedCredential credential, Call call, Venue venue, Instant timestamp) {
    listed(venue, call);
    if (!credential.context().venue().equals(venue.id())) {
      throw new IllegalArgumentException("the credential belongs to another venue");
    }
    Endpoint endpoint = call.endpoint();
    if (endpoint.security() == Endpoint.Security.NONE) {
      return plain(venue, call);
    }
    SigningForm form = venue.form(call, timestamp);
    byte[] opened = open(credential);
    byte[] secret = new byte[0];
    try {
      ByteBuffer parts = ByteBuffer.wrap(opened);
      byte[] key = take(parts);
      secret = take(parts);
      Map<String, String> headers =
          Map.of(form.keyHeader(), new String(key, StandardCharsets.US_ASCII));
      String query =
          switch (endpoint.security()) {
            case SIGNED -> {
              String signature = signature(credential.kind(), secret, form);
              String named = form.signatureParameter() + "=" + signature;
              yield form.query().isEmpty() ? named : form.query() + "&" + named;
            }
            case KEY_ONLY, NONE -> venue.query(call);
          };
      return new SignedCall(endpoint.method(), endpoint.path(), query, headers);
    } finally {
      Arrays.fill(opened, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * Signs the one request that is ever sent over the venue's socket: to be told what happens.
   *
   * @param id names the request; letters and digits of ours
   * @param timestamp the venue's time at which it is stamped
   * @throws Unopenable when the credential does not open: destroyed, moved or altered
   */
  public SignedFrame subscribe(
      SealedCredential credential, Venue venue, String id, Instant timestamp) {
    Live live = venue.live();
    if (!credential.context().venue().equals(venue.id()) || live == null) {
      throw new IllegalArgumentException("the credential belongs to another venue, or it is mute");
    }
    byte[] opened = open(credential);
    byte[] secret = new byte[0];
    try {
      ByteBuffer parts = ByteBuffer.wrap(opened);
      String key = new String(take(parts), StandardCharsets.US_ASCII);
      secret = take(parts);
      byte[] raw = raw(credential.kind(), secret, live.payload(key, timestamp));
      String signature =
          credential.kind() == KeyKind.HMAC_SHA256
              ? HexFormat.of().formatHex(raw)
              : Base64.getEncoder().encodeToString(raw);
      return new SignedFrame(
          live.subscribing().path(), live.request(id, key, timestamp, signature));
    } finally {
      Arrays.fill(opened, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * An allow-listed call that needs no key.
   *
   * @throws NotListed when the endpoint is not, exactly, one of the venue's
   */
  public SignedCall plain(Venue venue, Call call) {
    listed(venue, call);
    Endpoint endpoint = call.endpoint();
    if (endpoint.security() != Endpoint.Security.NONE) {
      throw new IllegalArgumentException("this call needs a credential: " + endpoint);
    }
    return new SignedCall(endpoint.method(), endpoint.path(), venue.query(call), Map.of());
  }

  private static void listed(Venue venue, Call call) {
    if (!venue.endpoints().contains(call.endpoint())) {
      throw new NotListed(venue.id(), call.endpoint());
    }
  }

  private SealedCredential seal(
      CredentialContext context, KeyKind kind, Secret apiKey, byte[] secret) {
    byte[] plain = apiKey.use(key -> join(checked(key), secret));
    try {
      byte[] sealed =
          seals.seal(
              context.holder(), RetentionClass.CREDENTIAL, plain, context.bound(kind.code()));
      return new SealedCredential(context, kind, sealed, fingerprint(apiKey));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private byte[] open(SealedCredential credential) {
    CredentialContext context = credential.context();
    return seals
        .open(
            context.holder(),
            RetentionClass.CREDENTIAL,
            credential.sealed(),
            context.bound(credential.kind().code()))
        .bytes();
  }

  private static String signature(KeyKind kind, byte[] secret, SigningForm form) {
    byte[] raw = raw(kind, secret, form.payload());
    return kind == KeyKind.HMAC_SHA256 && form.hexForHmac()
        ? HexFormat.of().formatHex(raw)
        : URLEncoder.encode(Base64.getEncoder().encodeToString(raw), StandardCharsets.US_ASCII);
  }

  private static byte[] raw(KeyKind kind, byte[] secret, byte[] payload) {
    return switch (kind) {
      case HMAC_SHA256 -> Digests.hmac(secret, payload);
      case RSA_SHA256 -> asymmetric("SHA256withRSA", kind, secret, payload);
      case ED25519 -> asymmetric("Ed25519", kind, secret, payload);
    };
  }

  private static byte[] asymmetric(String algorithm, KeyKind kind, byte[] secret, byte[] payload) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(PrivateKeys.parse(kind, secret));
      signature.update(payload);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed key no longer signs: " + kind.code());
    }
  }

  /** A key becomes a header: anything that could break out of one is refused. */
  private static byte[] checked(byte[] apiKey) {
    boolean fine = apiKey.length > 0 && apiKey.length <= MOST_API_KEY_BYTES;
    for (byte b : apiKey) {
      fine &= b > ' ' && b <= '~';
    }
    if (!fine) {
      throw new Problem(
              Problem.Kind.KEY_MALFORMED,
              "The API key is empty, far too long or holds characters that no API key has.")
          .field("api_key");
    }
    return apiKey;
  }

  private static byte[] join(byte[] key, byte[] secret) {
    return ByteBuffer.allocate(8 + key.length + secret.length)
        .putInt(key.length)
        .put(key)
        .putInt(secret.length)
        .put(secret)
        .array();
  }

  private static byte[] take(ByteBuffer parts) {
    byte[] part = new byte[parts.getInt()];
    parts.get(part);
    return part;
  }
}

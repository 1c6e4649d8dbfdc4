package io.tallystick.connection;

import io.tallystick.kernel.Problem;
import io.tallystick.kernel.Secret;
import io.tallystick.venue.KeyKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Requests about connections. A key is text here and nowhere after: it becomes a {@link Secret} as
 * soon as it is read, and no record that holds one prints it.
 */
public final class ConnectionRequests {
  private static final String WORD = "[a-z][a-z0-9-]{0,62}";
  private static final String HIDDEN = "[key]";

  private ConnectionRequests() {}

  /** A key that its holder brings, with the half that signs. */
  @Schema(name = "KeyRequest")
  public record KeyRequest(
      @Schema(enumeration = {"hmac", "rsa", "ed25519"})
          @NotNull
          @Pattern(regexp = "hmac|rsa|ed25519")
          String kind,
      @NotNull @Size(min = 1, max = 512) String apiKey,
      @Schema(description = "The secret key; for hmac only.") @Nullable @Size(min = 1, max = 512)
          String secret,
      @Schema(description = "The private key as PKCS#8, PEM or base64; for rsa and ed25519 only.")
          @Nullable
          @Size(min = 1, max = 16_384)
          String privateKey) {

    KeyInHand.Whole whole() {
      KeyKind kept = CredentialRow.kind(kind);
      boolean hmac = kept == KeyKind.HMAC_SHA256;
      String half = hmac ? secret : privateKey;
      String other = hmac ? privateKey : secret;
      if (half == null || other != null) {
        throw Problem.invalid(
            hmac ? "key.secret" : "key.private_key",
            "A key of kind hmac comes with secret, one of kind rsa or ed25519 with private_key;"
                + " neither comes with both.");
      }
      return new KeyInHand.Whole(kept, Secret.of(apiKey), Secret.of(half));
    }

    @Override
    public String toString() {
      return HIDDEN;
    }
  }

  /** A request to connect a venue account. */
  @Schema(name = "ConnectionRequest")
  public record ConnectionRequest(
      @Schema(description = "The active consent to read under.") @NotNull String consent,
      @Schema(description = "Such as binance.") @NotNull @Pattern(regexp = WORD) String venue,
      @Schema(description = "Such as production.") @NotNull @Pattern(regexp = WORD)
          String environment,
      @Schema(description = "A brought key; or give offer and api_key.") @Nullable @Valid
          KeyRequest key,
      @Schema(description = "The offer whose public half was registered.") @Nullable String offer,
      @Schema(description = "The API key the venue gave for it.")
          @Nullable
          @Size(min = 1, max = 512)
          String apiKey,
      @Schema(description = "The holder's own words, where a key's rights cannot be read.")
          @Nullable
          @Size(min = 1, max = 2000)
          @Pattern(regexp = "[\\s\\S]*\\S[\\s\\S]*")
          String acknowledgement) {

    KeyInHand inHand(long holder) {
      return ConnectionRequests.inHand(holder, key, offer, apiKey);
    }

    @Override
    public String toString() {
      return HIDDEN;
    }
  }

  /** A request to give a connection another key of the same account. */
  @Schema(name = "KeyChangeRequest")
  public record KeyChangeRequest(
      @Schema(description = "A brought key; or give offer and api_key.") @Nullable @Valid
          KeyRequest key,
      @Schema(description = "The offer whose public half was registered.") @Nullable String offer,
      @Schema(description = "The API key the venue gave for it.")
          @Nullable
          @Size(min = 1, max = 512)
          String apiKey,
      @Schema(description = "The holder's own words, where a key's rights cannot be read.")
          @Nullable
          @Size(min = 1, max = 2000)
          @Pattern(regexp = "[\\s\\S]*\\S[\\s\\S]*")
          String acknowledgement,
      @Schema(
              description =
                  "For how many minutes the former key stays known beside the new one: 0 destroys it"
                      + " at once. An hour unless the operator set another time.")
          @Nullable
          @Min(0)
          @Max(10_080)
          Integer overlapMinutes) {

    KeyInHand inHand(long holder) {
      return ConnectionRequests.inHand(holder, key, offer, apiKey);
    }

    @Nullable Duration overlap() {
      return overlapMinutes == null ? null : Duration.ofMinutes(overlapMinutes);
    }

    @Override
    public String toString() {
      return HIDDEN;
    }
  }

  /** A request to put a connection under another consent. */
  @Schema(name = "ConnectionConsentRequest")
  public record ConnectionConsentRequest(
      @Schema(description = "An active consent of the same holder.") @NotNull String consent) {}

  /** A request for a key pair whose private half never leaves the service. */
  @Schema(name = "KeyOfferRequest")
  public record KeyOfferRequest(
      @Schema(description = "The active consent to read under.") @NotNull String consent,
      @Schema(description = "Such as binance.") @NotNull @Pattern(regexp = WORD) String venue,
      @Schema(description = "Such as production.") @NotNull @Pattern(regexp = WORD)
          String environment) {}

  private static KeyInHand inHand(
      long holder, @Nullable KeyRequest key, @Nullable String offer, @Nullable String apiKey) {
    if (key != null && offer == null && apiKey == null) {
      return key.whole();
    }
    if (key == null && offer != null && apiKey != null) {
      return new KeyInHand.ForOffer(Offers.idOf(holder, offer), Secret.of(apiKey));
    }
    throw Problem.invalid(
        "key",
        "Give either key, or offer and api_key: a brought key, or one for a pair made here.");
  }
}

package io.tallystick.connection;

import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Role;
import io.tallystick.vault.SealedOffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Connections as the API shows them: never a key, never the venue's account uid. */
public final class ConnectionViews {
  private ConnectionViews() {}

  /** What kind of key a connection has. */
  @Schema(name = "ConnectionKey")
  public record KeyView(
      @Schema(enumeration = {"hmac", "rsa", "ed25519"}) String kind,
      @Schema(enumeration = {"brought", "service_made"}) String origin,
      @Schema(description = "Until when the former key stays known; null when it is not.")
          @Nullable Instant formerUntil,
      @Schema(description = "Since when it is in use; absent when that is not known.")
          @Nullable Instant since,
      @Schema(
              description =
                  "Whether the venue takes it from listed addresses only; absent where it does not"
                      + " tell.")
          @Nullable Boolean addressRestricted,
      @Schema(description = "What its holder should do about it; empty when all is well.")
          List<String> advice) {
    public KeyView {
      advice = List.copyOf(advice);
    }
  }

  /** A connection. */
  @Schema(name = "Connection")
  public record ConnectionView(
      String id,
      String holder,
      String consent,
      String venue,
      String environment,
      @Schema(
              enumeration = {
                "active",
                "waiting",
                "key-doubted",
                "key-rejected",
                "rights-widened",
                "consent-missing",
                "read-once",
                "venue-down",
                "region-refused"
              })
          String state,
      @Nullable String stateReason,
      Instant stateAt,
      @Schema(description = "When reading goes on by itself.") @Nullable Instant waitingUntil,
      @Schema(description = "What the holder or the owner does next.") String nextStep,
      @Schema(enumeration = {"read_only", "unverifiable", "too_powerful", "rejected"})
          String verdict,
      @Schema(description = "The verdict in words.") String verdictText,
      @Schema(description = "The venue's names of the rights that are on, as last read.")
          List<String> rights,
      Instant rightsCheckedAt,
      @Schema(description = "Only for owner and operator.") @Nullable KeyView key,
      Instant createdAt) {

    static ConnectionView of(ConnectionRow row, Role role, KeyView key) {
      ConnectionState state = ConnectionState.of(row.state);
      return new ConnectionView(
          PublicIds.connection(row.key.holder(), row.key.connection()),
          PublicIds.holder(row.key.holder()),
          PublicIds.consent(row.key.holder(), row.consent),
          row.venue,
          row.environment,
          state.code(),
          row.stateReason,
          row.stateAt,
          row.waitingUntil,
          state.nextStep(row.stateReason),
          row.rightsVerdict,
          RightsText.inWords(row.rightsVerdict),
          List.of(row.rights),
          row.rightsCheckedAt,
          seesKeys(role) ? key : null,
          row.createdAt);
    }

    /** The same while the venue has stopped our whole address: a connection that runs waits too. */
    ConnectionView held(Instant until, String cause) {
      return state.equals(ConnectionState.ACTIVE.code())
          ? new ConnectionView(
              id,
              holder,
              consent,
              venue,
              environment,
              ConnectionState.WAITING.code(),
              cause,
              stateAt,
              until,
              ConnectionState.WAITING.nextStep(cause),
              verdict,
              verdictText,
              rights,
              rightsCheckedAt,
              key,
              createdAt)
          : this;
    }

    private static boolean seesKeys(Role role) {
      return switch (role) {
        case OWNER, OPERATOR -> true;
        case TRACKER, ACCOUNTANT, COMPLIANCE -> false;
      };
    }
  }

  /** What is known of a key's rights. */
  @Schema(name = "ConnectionRights")
  public record RightsView(
      String connection,
      @Schema(enumeration = {"read_only", "unverifiable", "too_powerful", "rejected"})
          String verdict,
      @Schema(description = "The verdict in words.") String verdictText,
      List<String> rights,
      Instant checkedAt,
      @Schema(description = "Whether the holder said he knows that nobody can verify the rights.")
          boolean acknowledged,
      @Schema(
              enumeration = {
                "active",
                "waiting",
                "key-doubted",
                "key-rejected",
                "rights-widened",
                "consent-missing",
                "read-once",
                "venue-down",
                "region-refused"
              })
          String state,
      String nextStep) {

    static RightsView of(ConnectionRow row) {
      ConnectionState state = ConnectionState.of(row.state);
      return new RightsView(
          PublicIds.connection(row.key.holder(), row.key.connection()),
          row.rightsVerdict,
          RightsText.inWords(row.rightsVerdict),
          List.of(row.rights),
          row.rightsCheckedAt,
          row.rightsAcknowledgedSealed != null,
          state.code(),
          state.nextStep(row.stateReason));
    }
  }

  /** The public half of a key pair, and how it becomes a key. */
  @Schema(name = "KeyOffer")
  public record KeyOfferView(
      String id,
      String holder,
      String consent,
      String venue,
      String environment,
      @Schema(description = "SubjectPublicKeyInfo in base64.") String publicKey,
      @Schema(description = "The same as PEM, to be pasted at the venue.") String publicKeyPem,
      @Schema(description = "What the holder does, in order.") List<String> steps,
      @Schema(description = "The private half is destroyed then, if no API key came.")
          Instant expiresAt) {

    static KeyOfferView of(Offers.Made made, String address) {
      SealedOffer pair = made.pair();
      return new KeyOfferView(
          Offers.publicId(made.holder(), made.id()),
          PublicIds.holder(made.holder()),
          PublicIds.consent(made.holder(), pair.context().consent()),
          pair.context().venue(),
          pair.context().environment(),
          Base64.getEncoder().encodeToString(pair.publicKey()),
          pair.publicKeyPem(),
          steps(pair.context().venue(), pair.context().environment(), address),
          made.expiresAt());
    }

    private static List<String> steps(String venue, String environment, String address) {
      return List.of(
          "1. Log in at " + venue + " (" + environment + ") and open the management of API keys.",
          "2. Create a key of the self-generated kind (the one that asks for a public key) and paste"
              + " public_key_pem.",
          "3. Leave the right to read on and switch every other right off.",
          address.isEmpty()
              ? "4. Restrict the key to the address this service calls from; ask its operator."
              : "4. Restrict the key to the address " + address + ".",
          "5. Send the API key the venue shows, with the id of this offer and the same consent,"
              + " venue and environment, to POST /v1/connections before expires_at. There is no"
              + " secret to copy.");
    }
  }
}

package io.tallystick.tenancy;

import io.tallystick.kernel.PublicIds;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Clients to come and their tokens as the API speaks of them. */
public final class TokenViews {
  private TokenViews() {}

  /** A request to make a client. */
  @Schema(name = "ClientRequest", description = "A client to make; nothing of it ever changes.")
  public record ClientRequest(
      @Schema(description = "Its name, once in a tenant.")
          @NotNull
          @Size(min = 1, max = 100)
          @Pattern(regexp = "[^\\x00-\\x1f\\x7f]*")
          String name,
      @Schema(
              description = "What it may do at all.",
              enumeration = {
                Role.Names.OWNER,
                Role.Names.TRACKER,
                Role.Names.ACCOUNTANT,
                Role.Names.COMPLIANCE,
                Role.Names.OPERATOR
              })
          @NotNull
          @Pattern(regexp = "owner|tracker|accountant|compliance|operator")
          String role,
      @Schema(description = "What it may use data for, in the word that consents name.")
          @NotNull
          @Pattern(regexp = "[a-z][a-z0-9-]{0,62}")
          String purpose,
      @Schema(
              description =
                  "Country from which it works with data (ISO 3166-1 alpha-2), such as DE.")
          @Nullable
          @Pattern(regexp = "[A-Z]{2}")
          String country,
      @Schema(description = "How to reach whoever runs it, for records of consents.")
          @Nullable
          @Size(min = 1, max = 500)
          @Pattern(regexp = "[^\\x00-\\x1f\\x7f]*")
          String contact,
      @Schema(description = "The postal address of whoever runs it, in one line.")
          @Nullable
          @Size(min = 1, max = 500)
          @Pattern(regexp = "[^\\x00-\\x1f\\x7f]*")
          String address) {}

  /** A request for a token. */
  @Schema(name = "TokenRequest", description = "A token to make for a client.")
  public record TokenRequest(
      @Schema(description = "When it ends; at most 366 days from now.") @NotNull Instant expiresAt,
      @Schema(description = "Id of the token that it takes the place of.")
          @Nullable String predecessor,
      @Schema(description = "For how many minutes the replaced one is still good; 0 if left out.")
          @Nullable
          @Min(0)
          @Max(1440)
          Integer overlapMinutes) {}

  /** A token without the token. */
  @Schema(name = "Token", description = "A token of a client, without the token itself.")
  public record TokenView(
      String id,
      String client,
      @Schema(
              description = "Made by the API, or named by the provisioning file.",
              enumeration = {"api", "file"})
          String origin,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Schema(description = "From when on it is refused; in the future while it is being replaced.")
          @Nullable Instant revokedAt) {

    static TokenView of(ApiTokenEntity row) {
      return new TokenView(
          PublicIds.token(row.token),
          PublicIds.client(row.client),
          row.origin,
          row.createdAt,
          row.expiresAt,
          row.revokedAt);
    }
  }

  /** A new token, shown this once. */
  @Schema(name = "IssuedToken", description = "A new token. It is shown this once.")
  public record IssuedTokenView(
      TokenView issued,
      @Schema(description = "Send it as a bearer token; keep it secret.") String token) {
    @Override
    public String toString() {
      return "a new token " + issued.id();
    }
  }
}

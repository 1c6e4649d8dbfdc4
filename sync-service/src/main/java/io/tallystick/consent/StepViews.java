package io.tallystick.consent;

import io.tallystick.consent.Consents.Terms;
import io.tallystick.consent.GivenViews.GivenRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Steps of consents and their receipts as the API speaks of them. */
public final class StepViews {
  private StepViews() {}

  /** A step other than withdrawal. */
  @Schema(name = "ConsentStepRequest", description = "A step of a consent, other than withdrawal.")
  public record StepRequest(
      @Schema(
              description = "What to do.",
              enumeration = {"confirm", "pause", "resume", "revoke", "invalidate"})
          @NotNull
          @Pattern(regexp = "confirm|pause|resume|revoke|invalidate")
          String step,
      @Schema(description = "Why; needed to revoke and to invalidate.")
          @Nullable
          @Size(min = 1, max = 2000)
          String reason) {}

  /** What a new version of a consent allows. */
  @Schema(
      name = "ConsentAmendment",
      description = "All that the new version allows. It is given anew where it allows more.")
  public record AmendmentRequest(
      @Schema(description = "Ids of the clients that may read.") @NotNull @Size(min = 1, max = 50)
          List<@NotNull String> recipients,
      @Schema(description = "What for, in the words of the clients' purposes.")
          @NotNull
          @Size(min = 1, max = 20)
          List<@NotNull @Pattern(regexp = ConsentViews.WORD) String> purposes,
      @Schema(description = "Kinds of record.") @NotNull @Size(min = 1, max = 50)
          List<@NotNull String> domains,
      @Schema(description = "How far back records may go, in days before it was given.")
          @NotNull
          @Min(1)
          @Max(36_525)
          Integer lookBackDays,
      @NotNull Instant expiresAt,
      @Schema(
              description = "Until it ends, or once; left out, as before. Once is less than until.",
              enumeration = {"until", "once"})
          @Nullable
          @Pattern(regexp = "until|once")
          String duration,
      @Schema(description = "Country or region code (ISO 3166) whose rules apply, such as DE.")
          @NotNull
          @Pattern(regexp = "[A-Z]{2}(-[A-Z0-9]{1,3})?")
          String jurisdiction,
      @Schema(description = "How it was given; may be left out when it allows less.")
          @Nullable
          @Valid
          GivenRequest given) {

    Terms terms(DurationKind before) {
      DurationKind kind = DurationKind.of(duration, before);
      return AskedTerms.terms(
          recipients, purposes, domains, lookBackDays, expiresAt, kind, jurisdiction);
    }

    @Nullable Given how() {
      GivenRequest how = given;
      return how == null ? null : how.given();
    }
  }

  /** A receipt as it is shown. */
  @Schema(name = "Receipt", description = "A signed receipt for a step of a consent.")
  public record ReceiptView(
      @Schema(description = "A UUID.") String receipt,
      String consent,
      @Schema(
              description = "What happened.",
              enumeration = {
                "request",
                "refuse",
                "grant",
                "amend",
                "confirm",
                "pause",
                "resume",
                "withdraw",
                "revoke",
                "invalidate",
                "expire",
                "remind"
              })
          String step,
      Instant issuedAt,
      @Schema(description = "C2SP signed note over one line of JSON: the receipt itself.")
          String note,
      @Schema(description = "The public key as name, id and base64.") String verifierKey) {

    /** The receipts of a consent, by its public id. */
    static List<ReceiptView> of(String consent, List<Receipts.Issued> receipts, String key) {
      return receipts.stream()
          .map(one ->
              new ReceiptView(one.id().toString(), consent, one.step(), one.at(), one.note(), key))
          .toList();
    }
  }
}

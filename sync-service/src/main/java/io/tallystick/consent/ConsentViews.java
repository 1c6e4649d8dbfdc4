package io.tallystick.consent;

import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.Consents.Terms;
import io.tallystick.consent.GivenViews.GivenRequest;
import io.tallystick.consent.GivenViews.GivenView;
import io.tallystick.kernel.PublicIds;
import io.tallystick.venue.Domain;
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

/** Consents as the API speaks of them. */
public final class ConsentViews {
  static final String WORD = "[a-z][a-z0-9-]{0,62}";

  private static final String DURATION =
      "Until it ends, which is meant when this is left out, or once: after the first reading that"
          + " comes to its end the key is destroyed. Such a consent expires at most 24 hours after"
          + " it was given.";

  private ConsentViews() {}

  /** What a holder was shown. */
  @Schema(
      name = "ConsentNoticeRequest",
      description = "The exact words that the holder was shown when he consented.")
  public record NoticeRequest(
      @Schema(description = "Which version of your notice it was.")
          @NotNull
          @Size(min = 1, max = 100)
          String version,
      @Schema(description = "Its language (BCP 47), such as de or en-GB.")
          @NotNull
          @Pattern(regexp = "[a-z]{2,3}(-[A-Z]{2})?")
          String language,
      @Schema(description = "Its words, as they were shown.") @NotNull @Size(min = 1, max = 50000)
          String words) {
    Notice notice() {
      return Notice.of(version, language, words);
    }
  }

  /** Which words a holder was shown. */
  @Schema(name = "ConsentNotice", description = "Which words the holder was shown.")
  public record NoticeView(
      String version,
      String language,
      @Schema(
              description = "SHA-256 of the words in UTF-8, hexadecimal.",
              pattern = "^[0-9a-f]{64}$")
          String digest) {
    static @Nullable NoticeView of(@Nullable Notice notice) {
      return notice == null
          ? null
          : new NoticeView(notice.version(), notice.language(), notice.sha256());
    }
  }

  /** A request to record a consent; it expires at most 366 days after it was given. */
  @Schema(
      name = "ConsentRequest",
      description = "What a holder allows. A consent expires at most 366 days after it was given.")
  public record ConsentRequest(
      @NotNull String holder,
      @Schema(description = "Ids of the clients that may read.") @NotNull @Size(min = 1, max = 50)
          List<@NotNull String> recipients,
      @Schema(description = "What for, in the words of the clients' purposes.")
          @NotNull
          @Size(min = 1, max = 20)
          List<@NotNull @Pattern(regexp = WORD) String> purposes,
      @Schema(description = "Kinds of record.") @NotNull @Size(min = 1, max = 50)
          List<@NotNull String> domains,
      @Schema(description = "How far back records may go, in days before it was given.")
          @NotNull
          @Min(1)
          @Max(36_525)
          Integer lookBackDays,
      @NotNull Instant expiresAt,
      @Schema(
              description = DURATION,
              enumeration = {"until", "once"})
          @Nullable
          @Pattern(regexp = "until|once")
          String duration,
      @Schema(description = "Country or region code (ISO 3166) whose rules apply, such as DE.")
          @NotNull
          @Pattern(regexp = "[A-Z]{2}(-[A-Z0-9]{1,3})?")
          String jurisdiction,
      @Schema(
              description =
                  "How it was given. Left out, the holder is asked, and gives or refuses it himself"
                      + " in a session of his own, within a quarter of an hour.")
          @Nullable
          @Valid
          GivenRequest given,
      @Schema(description = "What the holder is shown when he is asked; only without given.")
          @Nullable
          @Valid
          NoticeRequest notice) {

    Terms terms() {
      DurationKind kind = DurationKind.of(duration, DurationKind.UNTIL);
      return AskedTerms.terms(
          recipients, purposes, domains, lookBackDays, expiresAt, kind, jurisdiction);
    }

    /** How it was given; null when the holder is to be asked. */
    @Nullable Given how() {
      GivenRequest how = given;
      return how == null ? null : how.given();
    }

    /** What he is shown when he is asked. */
    @Nullable Notice shown() {
      NoticeRequest shown = notice;
      return shown == null ? null : shown.notice();
    }
  }

  /** Why a consent ends, and what the holder wants of the data. */
  @Schema(name = "WithdrawalRequest")
  public record WithdrawalRequest(
      @Nullable @Size(min = 1, max = 2000) String reason,
      @Schema(
              description = "What the holder wants of his data now.",
              enumeration = {"keep", "delete"})
          @Nullable
          @Pattern(regexp = "keep|delete")
          String deletion) {}

  /** A consent as it is shown. */
  @Schema(name = "Consent")
  public record ConsentView(
      String id,
      String holder,
      @Schema(description = "Id of its first version: what stays when it is amended.")
          String arrangement,
      @Schema(description = "Counts the versions of the arrangement.") int version,
      @Schema(description = "The version before this one.") @Nullable String replaces,
      List<String> recipients,
      List<String> purposes,
      List<String> domains,
      int lookBackDays,
      Instant expiresAt,
      @Schema(
              description = "Whether the account is read until the consent ends, or once.",
              enumeration = {"until", "once"})
          String duration,
      String jurisdiction,
      @Schema(
              description =
                  "On what whoever answers for the data rests the processing; as it was when this"
                      + " version was made.",
              enumeration = {
                "consent",
                "contract",
                "legal-obligation",
                "vital-interest",
                "public-interest",
                "legitimate-interest"
              })
          String lawfulBasis,
      @Schema(description = "A page on which its holder can withdraw; absent when none was told.")
          @Nullable String withdrawalUrl,
      GivenView given,
      String recordedBy,
      @Schema(
              description = "As of now.",
              enumeration = {
                "requested",
                "active",
                "paused",
                "refused",
                "superseded",
                "expired",
                "withdrawn",
                "revoked",
                "invalidated"
              })
          String state,
      Instant stateAt,
      String stateBy,
      @Nullable String stateReason,
      @Schema(
              description = "What the holder wants of his data when it ends.",
              enumeration = {"keep", "delete"})
          @Nullable String deletion,
      @Schema(description = "When the one reading that it was for was done.")
          @Nullable Instant usedAt,
      @Schema(
              description =
                  "When its holder is reminded of it next. Absent while it is not active, and when"
                      + " nothing is left before its end.")
          @Nullable Instant nextNoticeAt,
      @Schema(
              description =
                  "Until when its holder can give or refuse it. Absent unless he is being asked.")
          @Nullable Instant answerBy,
      @Schema(
              description =
                  "Until when it has to be confirmed again, by the step confirm or by giving it"
                      + " anew; it pauses then. Absent where nobody asks for that.")
          @Nullable Instant confirmBy) {

    static ConsentView of(Consent consent, Sight sight) {
      boolean whole = sight == Sight.WHOLE_TENANT;
      Terms terms = consent.terms();
      Long replaces = consent.replaces();
      ConsentState state = consent.state();
      Stated stated = consent.stated();
      return new ConsentView(
          PublicIds.consent(consent.holder(), consent.id()),
          PublicIds.holder(consent.holder()),
          PublicIds.consent(consent.holder(), consent.arrangement()),
          consent.version(),
          replaces == null ? null : PublicIds.consent(consent.holder(), replaces),
          terms.recipients().stream().map(PublicIds::client).toList(),
          terms.purposes(),
          terms.domains().stream().map(Domain::code).toList(),
          terms.lookBackDays(),
          terms.expiresAt(),
          terms.duration().code(),
          terms.jurisdiction(),
          consent.basis().code(),
          stated == null ? null : stated.besides().withdrawAt(),
          GivenView.of(consent, whole),
          PublicIds.client(consent.recordedBy()),
          state.code(),
          consent.stateAt(),
          consent.stateBy(),
          whole ? consent.stateReason() : null,
          consent.deletion(),
          consent.usedAt(),
          consent.nextNotice(),
          state == ConsentState.REQUESTED ? consent.answerBy() : null,
          state.mayEnd() ? consent.confirmBy() : null);
    }
  }
}

package io.tallystick.consent;

import io.tallystick.consent.ConsentViews.NoticeRequest;
import io.tallystick.consent.ConsentViews.NoticeView;
import io.tallystick.consent.Consents.Consent;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How consents were given, as the API speaks of it. */
public final class GivenViews {
  private GivenViews() {}

  /** How a consent was given; {@code at} is when, if not now. */
  @Schema(
      name = "ConsentGivenRequest",
      description = "How a consent was given; at is when, if not now.")
  public record GivenRequest(
      @Schema(
              description = "Who gave it.",
              enumeration = {"holder", "tenant_on_behalf"})
          @NotNull
          @Pattern(regexp = "holder|tenant_on_behalf")
          String by,
      @Schema(description = "By which method, such as signed-form.")
          @NotNull
          @Pattern(regexp = ConsentViews.WORD)
          String method,
      @Schema(description = "What proves it, such as the number of a document.")
          @Nullable
          @Size(min = 1, max = 2000)
          String evidence,
      @Nullable Instant at,
      @Nullable @Valid NoticeRequest notice,
      @Schema(
              description = "How it was made sure that it was he.",
              enumeration = {
                "none",
                "link",
                "password",
                "two-factor",
                "in-person",
                "identity-document"
              })
          @Nullable
          @Pattern(regexp = Act.WAYS)
          String authentication,
      @Schema(description = "The address from which he gave it, IPv4 or IPv6; kept sealed.")
          @Nullable
          @Pattern(regexp = "[0-9A-Fa-f.:]{2,45}")
          String ip,
      @Schema(description = "The program by which he gave it, as it names itself; kept sealed.")
          @Nullable
          @Size(min = 1, max = 500)
          String agent) {

    Given given() {
      NoticeRequest shown = notice;
      return new Given(
          by,
          method,
          evidence,
          at,
          shown == null ? null : shown.notice(),
          new Act(authentication, ip, agent));
    }
  }

  /** How a consent was given; proof, address and program only for owner and compliance. */
  @Schema(name = "ConsentGiven")
  public record GivenView(
      @Schema(enumeration = {"holder", "tenant_on_behalf"}) String by,
      String method,
      @Nullable String evidence,
      @Nullable Instant at,
      @Schema(description = "What he was shown; absent when nobody recorded that.")
          @Nullable NoticeView notice,
      @Schema(
              description = "How it was made sure that it was he; absent when nobody said.",
              enumeration = {
                "none",
                "link",
                "password",
                "two-factor",
                "in-person",
                "identity-document"
              })
          @Nullable String authentication,
      @Nullable String ip,
      @Nullable String agent) {

    static GivenView of(Consent consent, boolean whole) {
      Given given = consent.given();
      return new GivenView(
          given.by(),
          given.method(),
          whole ? given.evidence() : null,
          consent.wasGiven() ? given.at() : null,
          NoticeView.of(given.notice()),
          given.act().authentication(),
          whole ? given.act().ip() : null,
          whole ? given.act().agent() : null);
    }
  }
}

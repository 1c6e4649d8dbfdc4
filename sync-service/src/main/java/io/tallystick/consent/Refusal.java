package io.tallystick.consent;

import io.tallystick.kernel.Problem;
import java.util.Locale;

/** Why a pull or a read is not allowed; later ones were closer to being allowed. */
public enum Refusal {
  /** There is no such holder or connection in this tenant. */
  UNKNOWN("", ""),
  /** Nobody consented to anything. */
  NO_CONSENT(
      "The holder has given no consent.", "Ask the holder for a consent that names this client."),
  /** A consent exists, and names others. */
  NOT_A_RECIPIENT(
      "No consent of the holder names this client.",
      "Ask the holder for a consent that names this client."),
  /** The consent was found never to have been valid. */
  INVALIDATED("The consent was found invalid.", "Ask the holder for a new consent."),
  /** The holder said no. */
  REFUSED("The holder was asked and refused.", "Only the holder can give a new one."),
  /** The consent has a newer version, under which nothing of the holder is yet. */
  SUPERSEDED("The consent was amended.", "Ask again: its newer version decides."),
  /** The consent was ended by the tenant or the operator. */
  REVOKED("The consent was revoked.", "Ask the holder for a new consent."),
  /** The consent was taken back. */
  WITHDRAWN("The consent was withdrawn.", "Only the holder can give a new one."),
  /** The consent's time is over. */
  EXPIRED("The consent has expired.", "Ask the holder to renew it."),
  /** The holder has not said yes. */
  REQUESTED("The holder was asked and has not answered yet.", "The holder can give it."),
  /** The consent rests. */
  PAUSED("The consent is paused.", "The holder can resume it."),
  /** The consent was for one reading, which is done; only pulls are refused for it. */
  USED_UP(
      "The consent was for one reading, which is done.",
      "Ask the holder for a new consent to read again; what was read stays open until it ends."),
  /** The consent names another purpose than the client's. */
  WRONG_PURPOSE(
      "The consent does not name this client's purpose.",
      "Ask the holder for a consent with this purpose."),
  /** The consent does not cover this kind of record. */
  WRONG_DOMAIN(
      "The consent does not cover this kind of record.",
      "Ask the holder for a consent that covers it.");

  private final String detail;
  private final String remedy;

  Refusal(String detail, String remedy) {
    this.detail = detail;
    this.remedy = remedy;
  }

  /** The name in problems and in the access log: lower case, hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The answer: 404 for what does not exist, else 403 with the reason and who can change it. */
  public Problem problem() {
    return this == UNKNOWN
        ? Problem.notFound()
        : new Problem(Problem.Kind.CONSENT_MISSING, detail)
            .with("reason", code())
            .with("who_can_change_it", "holder")
            .with("remedy", remedy);
  }
}

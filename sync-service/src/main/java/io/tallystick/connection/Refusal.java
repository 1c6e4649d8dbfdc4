package io.tallystick.connection;

import io.tallystick.kernel.Problem;
import io.tallystick.kernel.Problem.Kind;
import io.tallystick.venue.Denial;
import io.tallystick.venue.KeyVerdict.Excess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a key is not taken: the problem its bringer gets, and the short reason the access log gets.
 *
 * @param rights the rights that were too much; empty for other reasons
 */
record Refusal(Problem problem, String reason, List<String> rights) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Refusal of(Problem problem) {
    return new Refusal(problem, problem.kind().code(), List.of());
  }

  static Refusal tooPowerful(List<Excess> excess) {
    List<Map<String, Object>> rights = excess.stream().map(Refusal::shown).toList();
    Problem problem =
        new Problem(
                Kind.KEY_TOO_POWERFUL,
                "Switch off every right listed here at the venue, or make a new key that may only"
                    + " read; then connect again. Nothing of this key was kept.")
            .with("rights", rights);
    return new Refusal(problem, Kind.KEY_TOO_POWERFUL.code(), RightsText.names(excess));
  }

  private static Map<String, Object> shown(Excess excess) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("right", excess.right());
    shown.put("known", excess.known());
    shown.put("remedy", excess.remedy());
    return shown;
  }

  /**
   * The problem for a denial of a call made with the key.
   *
   * @param egress tells which address the venue sees us at; empty when nobody told us
   */
  static Refusal denied(Denial denial, String egress) {
    return switch (denial) {
      case KEY_OR_ADDRESS_OR_RIGHT -> of(keyRejected(egress));
      case SIGNATURE ->
          of(
              new Problem(
                      Kind.KEY_SIGNATURE_REJECTED,
                      "The venue knows the key, but the secret does not belong to it. Copy key and"
                          + " secret of the same entry again.")
                  .field("key"));
      case KEY_MALFORMED ->
          of(
              new Problem(
                      Kind.KEY_MALFORMED,
                      "The venue says that this cannot be one of its keys. Copy it again.")
                  .field("api_key"));
      case REGION ->
          of(
              new Problem(
                  Kind.VENUE_RESTRICTED,
                  "The venue does not serve the place this service runs at. Run it elsewhere, or"
                      + " import files exported at the venue."));
      case FIREWALL ->
          unavailable("A firewall in front of the venue turned the request away.", PATIENCE);
      case UNKNOWN_MARKET, NOT_OFFERED, BAD_REQUEST ->
          of(
              new Problem(
                  Kind.KEY_UNVERIFIABLE,
                  "The venue does not tell this account's rights or its own id of it, so the key"
                      + " cannot be proved read-only."));
    };
  }

  private static Problem keyRejected(String egress) {
    String address =
        egress.isEmpty()
            ? "Compare the key's list of trusted addresses with the address this service calls from"
                + " (ask its operator), or lift the restriction."
            : "Put " + egress + " on the key's list of trusted addresses.";
    return new Problem(
            Kind.KEY_REJECTED,
            "The venue gives one answer for three causes. Go through the checks in order, then"
                + " connect again.")
        .with(
            "causes",
            List.of(
                cause(
                    "key-unknown",
                    "The key is mistyped, was deleted or belongs to another environment.",
                    "Look whether the key is listed at the venue, in the environment named in the"
                        + " request, and copy it again."),
                cause(
                    "address-not-allowed",
                    "The key may only be used from other addresses.",
                    address),
                cause(
                    "reading-not-enabled",
                    "The key may not read.",
                    "Switch on the right to read, and no other.")));
  }

  private static Map<String, Object> cause(String code, String what, String check) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("cause", code);
    shown.put("what", what);
    shown.put("check", check);
    return shown;
  }

  static Refusal unavailable(String why, Duration retryAfter) {
    long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    return of(
        new Problem(
                Kind.VENUE_UNAVAILABLE,
                why + " Nothing was stored; try again after retry_after seconds.")
            .with("retry_after", seconds));
  }

  /** No usable answer, and nobody knows for how long. */
  static Refusal unavailable(String why) {
    return unavailable(why, PATIENCE);
  }

  static Refusal unverifiable(String why, String remedy) {
    return of(new Problem(Kind.KEY_UNVERIFIABLE, why).with("remedy", remedy));
  }

  static Refusal conflict(String reason, String detail) {
    return new Refusal(new Problem(Kind.CONFLICT, detail), reason, List.of());
  }

  static Refusal of(String reason, Problem problem) {
    return new Refusal(problem, reason, List.of());
  }
}

package io.tallystick.consent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the act by which a consent was given, besides who did it and when. Where it came
 * from is personal: it is kept sealed, and is neither logged nor on a receipt.
 *
 * @param authentication how it was made sure that it was he, one of {@link #WAYS}; null when nobody
 *     said
 * @param ip the address it came from; null when nobody said, or he was erased
 * @param agent the program it came by, as that names itself; null like the address
 */
public record Act(@Nullable String authentication, @Nullable String ip, @Nullable String agent) {
  /** The ways of making sure, as a pattern. */
  static final String WAYS = "none|link|password|two-factor|in-person|identity-document";

  /** Of which nobody said anything. */
  static final Act UNTOLD = new Act(null, null, null);

  /** His own in a session, which only his link opens. */
  static final Act BY_LINK = new Act(SelfResource.METHOD, null, null);

  /** The same, from somewhere. */
  Act from(@Nullable String address, @Nullable String program) {
    return new Act(authentication, address, program);
  }

  /** What the access log tells of it. */
  static Map<String, String> facts(ConsentEntity row) {
    String how = row.givenAuthentication;
    return how == null ? Map.of() : Map.of("given_authentication", how);
  }

  @Override
  public String toString() {
    return "an act of giving";
  }
}

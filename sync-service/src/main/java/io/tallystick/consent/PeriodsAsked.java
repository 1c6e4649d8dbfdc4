package io.tallystick.consent;

import io.tallystick.consent.Stated.Kept;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fired when a consent is made, so that who knows how long what is kept under its rules tells. */
public final class PeriodsAsked {
  private final String jurisdiction;
  private @Nullable Kept told;

  PeriodsAsked(String jurisdiction) {
    this.jurisdiction = jurisdiction;
  }

  /** Whose rules apply (ISO 3166). */
  public String jurisdiction() {
    return jurisdiction;
  }

  /** Tells the periods by class, and by which rules and which version of them they hold. */
  public void tell(String profile, Map<String, String> periods) {
    told = new Kept(profile, periods);
  }

  /** What was told; null when nobody knew. */
  @Nullable Kept told() {
    return told;
  }
}

package io.tallystick.consent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a consent was given.
 *
 * @param by {@code holder} or {@code tenant_on_behalf}
 * @param at null when it is given with this act
 * @param notice what he was shown; null when nobody recorded that
 * @param act what is known of the act itself
 */
public record Given(
    String by,
    String method,
    @Nullable String evidence,
    @Nullable Instant at,
    @Nullable Notice notice,
    Act act) {

  /** By an act of which nobody said more. */
  public Given(
      String by,
      String method,
      @Nullable String evidence,
      @Nullable Instant at,
      @Nullable Notice notice) {
    this(by, method, evidence, at, notice, Act.UNTOLD);
  }
}

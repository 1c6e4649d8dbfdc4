package io.tallystick.egress;

import io.tallystick.vault.SealedCredential;
import io.tallystick.venue.Verdict;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * One line for each request that leaves, as {@code key=value}. Every value is a number, a name of
 * ours or a line of the allow-list: nothing that came from outside can write a line of its own.
 */
final class RequestLog {
  private static final Logger LOG = Logger.getLogger("io.tallystick.egress.request");

  private final Meters meters;
  private final Spans spans;

  RequestLog(Meters meters, Spans spans) {
    this.meters = meters;
    this.spans = spans;
  }

  /** Writes the line of the attempt that just ended, and measures and traces it. */
  void attempt(Journey journey, Object result, Duration took) {
    String came = result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    meters.attempt(journey, came, took);
    spans.attempt(journey, came, result instanceof Verdict.Good, took);
    SealedCredential credential = journey.target.credential();
    LOG.infof(
        "egress method=%s path=%s venue=%s environment=%s host=%d pool=%s status=%d code=%s"
            + " result=%s weight=%d used=%s offset_ms=%d credential=%s duration_ms=%d attempt=%d",
        journey.call.endpoint().method(),
        journey.call.endpoint().path(),
        journey.target.venue(),
        journey.target.environment(),
        journey.host,
        journey.charge.pool().name(),
        journey.status,
        Objects.toString(journey.code, "-"),
        came,
        journey.charge.weight(),
        Objects.toString(journey.used, "-"),
        journey.offset.toMillis(),
        credential == null ? "-" : credential.fingerprint(),
        took.toMillis(),
        journey.attempts);
  }

  /** So many more lines are open to a place. */
  void lines(Target target, int more) {
    meters.lines(target, more);
  }

  /** A line that was open is no more; {@code why} is a word of ours. */
  void closed(Target target, String why, Duration open, long frames) {
    meters.closed(target, why, frames);
    SealedCredential credential = target.credential();
    LOG.infof(
        "egress line closed venue=%s environment=%s why=%s open_s=%d frames=%d credential=%s",
        target.venue(),
        target.environment(),
        why,
        open.toSeconds(),
        frames,
        credential == null ? "-" : credential.fingerprint());
  }

  /** A call was paid for. */
  void charged(Journey journey, Budget.Grant.Granted granted, int share) {
    meters.charged(journey, granted, share);
  }

  /** A venue ordered a stop; one that was cut for being absurdly long says so. */
  void stopped(Journey journey, Charge charge, Verdict.Wait wait, Duration length) {
    meters.stopped(journey, length, wait.banned());
    Duration asked = wait.atLeast();
    LOG.warnf(
        "egress stopped venue=%s environment=%s pool=%s banned=%s asked_s=%s for_s=%d",
        journey.target.venue(),
        journey.target.environment(),
        charge.pool().name(),
        wait.banned(),
        asked == null ? "-" : Long.toString(asked.toSeconds()),
        length.toSeconds());
  }

  /** Without budget nothing is sent; the cause is the database's and holds nothing of the call. */
  void budgetUnavailable(Journey journey, BudgetRows.BudgetUnavailable cause) {
    LOG.warnf(
        cause,
        "egress budget unavailable venue=%s environment=%s",
        journey.target.venue(),
        journey.target.environment());
  }
}

package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Environment;
import io.tallystick.venue.Venue;
import io.tallystick.venue.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call on its way: what it is, and what has happened to it so far. Used by one thread. */
final class Journey {
  private static final Duration STILL_ALLOWED = Duration.ofSeconds(2);

  final Target target;
  final Call call;
  final Venue venue;
  final Environment environment;
  final Charge charge;
  private final Pace pace;
  private final Instant begun;
  final Leave leave;

  /** The call that finds out whether its place can be reached again. */
  boolean goesFirst;

  int attempts;
  int host;
  int status;
  int weight;
  @Nullable Integer code;
  @Nullable Integer used;
  Duration offset = Duration.ZERO;
  Duration waited = Duration.ZERO;
  Instant sentAt;

  /** A call that leaves, once it had to wait, only if it is still allowed. */
  Journey(Target target, Call call, Venue venue, Environment environment, Pace pace, Leave leave) {
    this.leave = leave;
    this.target = target;
    this.call = call;
    this.venue = venue;
    this.environment = environment;
    this.charge = Charge.of(target, call);
    this.pace = pace;
    this.begun = pace.instant();
    this.sentAt = begun;
  }

  /** Whether the call may leave now: what was allowed a while ago is asked again. */
  boolean mayLeave() {
    return Duration.between(begun, pace.instant()).compareTo(STILL_ALLOWED) < 0
        || leave.allowed().getAsBoolean();
  }

  /** Whether the call is signed, and so needs the venue's time. */
  boolean signed() {
    return call.endpoint().security() != Endpoint.Security.NONE;
  }

  /** Time since the call began, waits for budget not counted. */
  Duration active() {
    return Duration.between(begun, pace.instant()).minus(waited);
  }

  /** Takes over the weight that the venue says was used. */
  void told(Answer answer) {
    String used = answer.headers().get(charge.pool().usedHeader());
    this.used = used != null && used.matches("[0-9]{1,9}") ? Integer.valueOf(used) : null;
  }

  /** Takes over the venue's own code. */
  void judged(Verdict verdict) {
    code =
        switch (verdict) {
          case Verdict.Good _, Verdict.Unreadable _ -> null;
          case Verdict.Retry retry -> retry.code();
          case Verdict.ClockOff off -> off.code();
          case Verdict.Wait wait -> wait.code();
          case Verdict.Denied denied -> denied.code();
        };
  }

  Trace trace() {
    Instant now = pace.instant();
    return new Trace(
        status,
        code,
        weight,
        used,
        offset,
        Duration.between(begun, now),
        attempts,
        host,
        charge.pool().name(),
        sentAt,
        now);
  }

  /** Not before this instant of the venue's time. */
  Outcome.Waiting waiting(Instant venueUntil, Verdict.Scope scope, String cause) {
    return new Outcome.Waiting(venueUntil.minus(offset), scope, cause, trace());
  }
}

package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.vault.NotListed;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Environment;
import io.tallystick.venue.Venue;
import io.tallystick.venue.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The only way out. A call must be on its venue's allow-list; it is paid for, stamped with the
 * venue's time, signed in the vault, sent to a host that only its environment's name leads to, and
 * judged by the venue's own table. Blocks; meant for virtual threads; never inside a transaction.
 */
public final class Gateway implements AutoCloseable {
  private static final Duration LONGEST_STOP = Duration.ofDays(3);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration CLOCK_PAUSE = Duration.ofSeconds(30);

  private final Environments environments;
  private final Budget budget;
  private final VenueClock clock;
  private final Carrier carrier;
  private final RequestLog log = new RequestLog();
  private final Pace pace;
  private final RandomGenerator random;
  private final EgressSettings settings;

  /** A gateway to these environments. */
  public Gateway(
      Environments environments,
      Budget budget,
      Vault vault,
      Pace pace,
      RandomGenerator random,
      EgressSettings settings) {
    this(environments, budget, vault, pace, random, settings, new Wire(settings));
  }

  Gateway(
      Environments environments,
      Budget budget,
      Vault vault,
      Pace pace,
      RandomGenerator random,
      EgressSettings settings,
      Wire wire) {
    this.environments = environments;
    this.budget = budget;
    this.clock = new VenueClock(pace, settings);
    this.carrier = new Carrier(vault, wire, pace, log);
    this.pace = pace;
    this.random = random;
    this.settings = settings;
  }

  /** What one try came to. */
  private sealed interface Step {
    record Done(Outcome outcome) implements Step {}

    record Again(String why) implements Step {}

    record ClockWrong(VenueClock.Known stampedWith) implements Step {}
  }

  /**
   * Sends a call and returns what became of it. An interrupt ends it as unreachable, with the
   * thread's flag set.
   *
   * @throws NotListed when the call is not, exactly, on the allow-list
   * @throws IllegalArgumentException when there is no such venue or environment
   * @throws io.tallystick.vault.Unopenable when the credential does not open
   */
  public Outcome send(Target target, Call call) {
    Venue venue =
        environments
            .venue(target.venue())
            .orElseThrow(() -> new IllegalArgumentException("no such venue"));
    Environment environment =
        environments
            .find(target.venue(), target.environment())
            .orElseThrow(() -> new IllegalArgumentException("no such environment"));
    if (!venue.endpoints().contains(call.endpoint())) {
      throw new NotListed(venue.id(), call.endpoint());
    }
    Journey journey = new Journey(target, call, venue, environment, pace);
    try {
      return travel(journey);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unreachable("interrupted", journey.trace());
    } catch (BudgetRows.BudgetUnavailable e) {
      log.budgetUnavailable(journey, e);
      return new Outcome.Unreachable("the budget cannot be read or written", journey.trace());
    }
  }

  /** The place's time as last measured, our own time when it never was: freezes window ends. */
  public Instant venueTime(String venue, String environment) {
    return clock.now(venue + "/" + environment);
  }

  /** The venue refused a timestamp made with this reading. */
  void doubt(Journey journey, VenueClock.Known stampedWith) {
    clock.doubt(journey.target.place(), stampedWith);
  }

  @Override
  public void close() {
    carrier.close();
  }

  private Outcome travel(Journey journey) throws InterruptedException {
    boolean clockRepeated = false;
    int tries = 0;
    while (true) {
      switch (once(journey)) {
        case Step.Done done -> {
          return done.outcome();
        }
        case Step.ClockWrong wrong -> {
          clock.doubt(journey.target.place(), wrong.stampedWith());
          if (clockRepeated) {
            return clockWait(journey);
          }
          clockRepeated = true;
        }
        case Step.Again again -> {
          tries++;
          Duration pause = pause(tries);
          if (tries >= settings.tries()
              || journey.active().plus(pause).compareTo(settings.retryFor()) > 0) {
            return new Outcome.Unreachable(again.why(), journey.trace());
          }
          pace.pause(pause);
        }
      }
    }
  }

  private Step once(Journey journey) throws InterruptedException {
    if (signed(journey) && reading(journey) instanceof VenueClock.Unknown unknown) {
      return new Step.Done(clockUnknown(journey, unknown));
    }
    Instant asked = pace.instant();
    Budget.Grant grant = budget.acquire(journey.charge, () -> clock.now(journey.target.place()));
    journey.waited = journey.waited.plus(Duration.between(asked, pace.instant()));
    journey.offset = clock.offset(journey.target.place());
    return switch (grant) {
      case Budget.Grant.Blocked blocked ->
          new Step.Done(journey.waiting(blocked.until(), blocked.scope(), blocked.cause()));
      case Budget.Grant.Full full ->
          new Step.Done(journey.waiting(full.next(), Verdict.Scope.POOL, "budget"));
      case Budget.Grant.Granted granted -> paid(journey, granted);
    };
  }

  private Step paid(Journey journey, Budget.Grant.Granted granted) throws InterruptedException {
    journey.weight += journey.charge.weight();
    VenueClock.Known stamp = null;
    if (signed(journey)) {
      // Waiting for budget may have taken longer than a reading is good for.
      switch (reading(journey)) {
        case VenueClock.Known known -> stamp = known;
        case VenueClock.Unknown unknown -> {
          return new Step.Done(clockUnknown(journey, unknown));
        }
      }
      journey.offset = stamp.offset();
    }
    return switch (carrier.carry(journey, stamp)) {
      case Wire.Exchange.Came came -> judged(journey, granted, came.answer(), stamp);
      case Wire.Exchange.NotConnected none -> new Step.Again(none.why());
      case Wire.Exchange.Broken broken -> new Step.Again(broken.why());
      case Wire.Exchange.Insecure insecure ->
          new Step.Done(new Outcome.Unreachable(insecure.why(), journey.trace()));
      case Wire.Exchange.Odd odd ->
          new Step.Done(new Outcome.Unreadable(odd.why(), journey.trace()));
    };
  }

  private Step judged(
      Journey journey,
      Budget.Grant.Granted granted,
      Answer answer,
      VenueClock.@Nullable Known stamp) {
    Duration took = Duration.between(journey.sentAt, pace.instant());
    Instant now = clock.now(journey.target.place());
    journey.status = answer.status();
    journey.used = number(answer.headers().get(journey.charge.pool().usedHeader()));
    if (journey.used != null) {
      budget.correct(granted, journey.used, now);
    }
    Verdict verdict =
        answer.status() / 100 == 3
            ? new Verdict.Unreadable("a redirect, which is never followed")
            : journey.venue.judge(journey.call, answer);
    journey.code = code(verdict);
    log.attempt(journey, verdict, took);
    if (granted.probe() && !(verdict instanceof Verdict.Wait)) {
      budget.lift(journey.charge);
    }
    return switch (verdict) {
      case Verdict.Good good -> new Step.Done(new Outcome.Answered(answer, journey.trace()));
      case Verdict.Retry retry -> new Step.Again(retry.why());
      case Verdict.ClockOff off ->
          stamp == null
              ? new Step.Done(new Outcome.Unreadable("a clock error", journey.trace()))
              : new Step.ClockWrong(stamp);
      case Verdict.Wait wait -> new Step.Done(stopped(journey, wait, now));
      case Verdict.Denied denied ->
          new Step.Done(new Outcome.Refused(denied.denial(), denied.code(), journey.trace()));
      case Verdict.Unreadable unreadable ->
          new Step.Done(new Outcome.Unreadable(unreadable.why(), journey.trace()));
    };
  }

  Outcome stopped(Journey journey, Verdict.Wait wait, Instant now) {
    Duration asked = wait.atLeast();
    Instant until;
    if (asked == null || asked.isNegative() || asked.isZero()) {
      until = budget.nextWindow(journey.charge.pool(), now);
    } else if (asked.compareTo(LONGEST_STOP) > 0) {
      log.cutStop(journey, asked);
      until = now.plus(LONGEST_STOP);
    } else {
      until = now.plus(asked);
    }
    budget.block(journey.charge, wait.scope(), until, wait.banned(), now);
    return journey.waiting(until, wait.scope(), wait.banned() ? "banned" : "limited");
  }

  VenueClock.Reading reading(Journey journey) throws InterruptedException {
    Target open = Target.open(journey.target.venue(), journey.target.environment(), Priority.LIVE);
    return clock.read(open.place(), () -> sample(journey.venue, open));
  }

  private VenueClock.Sampled sample(Venue venue, Target open) {
    return switch (send(open, venue.timeCall())) {
      case Outcome.Answered answered -> {
        Instant sent = answered.trace().sentAt();
        Duration trip = Duration.between(sent, answered.trace().endedAt());
        Instant midpoint = sent.plus(trip.dividedBy(2));
        Instant told = venue.time(answered.answer());
        yield new VenueClock.Sampled.Sample(Duration.between(midpoint, told), trip);
      }
      case Outcome.Waiting missed -> new VenueClock.Sampled.Missed(missed);
      case Outcome.Refused missed -> new VenueClock.Sampled.Missed(missed);
      case Outcome.Unreadable missed -> new VenueClock.Sampled.Missed(missed);
      case Outcome.Unreachable missed -> new VenueClock.Sampled.Missed(missed);
    };
  }

  private Outcome clockUnknown(Journey journey, VenueClock.Unknown unknown) {
    Outcome outcome = unknown.outcome();
    return outcome != null ? outcome : clockWait(journey);
  }

  private Outcome clockWait(Journey journey) {
    Instant until = clock.now(journey.target.place()).plus(CLOCK_PAUSE);
    journey.offset = clock.offset(journey.target.place());
    return journey.waiting(until, Verdict.Scope.POOL, "clock");
  }

  private Duration pause(int tries) {
    long most = Math.min(FIRST_PAUSE.toMillis() << tries, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(random.nextLong(most + 1));
  }

  private static boolean signed(Journey journey) {
    return journey.call.endpoint().security() != Endpoint.Security.NONE;
  }

  static @Nullable Integer number(@Nullable String header) {
    return header != null && header.matches("[0-9]{1,9}") ? Integer.valueOf(header) : null;
  }

  static @Nullable Integer code(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Good good -> null;
      case Verdict.Retry retry -> retry.code();
      case Verdict.ClockOff off -> off.code();
      case Verdict.Wait wait -> wait.code();
      case Verdict.Denied denied -> denied.code();
      case Verdict.Unreadable unreadable -> null;
    };
  }
}

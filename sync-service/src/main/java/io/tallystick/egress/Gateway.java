package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.vault.NotListed;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Call;
import io.tallystick.venue.Venue;
import io.tallystick.venue.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The only way out. A call must be on its venue's allow-list; it is paid for, stamped with the
 * venue's time, signed in the vault, sent to a host that only its environment's name leads to, and
 * judged by the venue's own table. Blocks; meant for virtual threads; never inside a transaction.
 */
public final class Gateway implements AutoCloseable {
  private static final Duration CLOCK_PAUSE = Duration.ofSeconds(30);

  private final Environments environments;
  private final Budget budget;
  final VenueClock clock;
  private final Carrier carrier;
  private final Circuit circuit;
  final RequestLog log;
  private final Pace pace;
  private final EgressSettings settings;
  private final Callers callers = new Callers();

  /** A gateway to these environments. */
  Gateway(
      Environments environments,
      Budget budget,
      Vault vault,
      Pace pace,
      RandomGenerator random,
      EgressSettings settings,
      Wire wire,
      Meters meters,
      Spans spans) {
    this.environments = environments;
    this.budget = budget;
    this.clock = new VenueClock(pace, settings);
    this.circuit = new Circuit(pace, random, settings.retryFor());
    this.log = new RequestLog(meters, spans);
    this.carrier = new Carrier(vault, wire, pace, log, settings.parallel());
    this.pace = pace;
    this.settings = settings;
  }

  /** What one try came to. */
  private sealed interface Step {
    record Done(Outcome outcome) implements Step {}

    record Again(String why) implements Step {}

    record ClockWrong(VenueClock.Known stampedWith) implements Step {}
  }

  /**
   * Sends a call and returns what became of it. An interrupt ends it as unreachable, flag set.
   *
   * @throws NotListed when the call is not, exactly, on the allow-list
   * @throws IllegalArgumentException when there is no such venue or environment
   * @throws io.tallystick.vault.Unopenable when the credential does not open
   */
  public Outcome send(Target target, Call call) {
    return send(target, call, Leave.FREE);
  }

  /** The same on these terms: one that had to wait leaves only if it is still allowed. */
  public Outcome send(Target target, Call call, Leave leave) {
    Environments.Place place = environments.place(target);
    if (!place.venue().endpoints().contains(call.endpoint())) {
      throw new NotListed(place.venue().id(), call.endpoint());
    }
    Journey journey = new Journey(target, call, place.venue(), place.environment(), pace, leave);
    return callers.out(
        () -> sent(journey),
        () -> new Outcome.Unreachable("the service is stopping", journey.trace()));
  }

  /** Ends every call that is under way as unreachable, and lets none begin. */
  void stop() {
    callers.stop();
  }

  private Outcome sent(Journey journey) {
    try {
      return circuit.learned(journey, travel(journey));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unreachable("interrupted", journey.trace());
    } catch (BudgetRows.BudgetUnavailable e) {
      log.budgetUnavailable(journey, e);
      return new Outcome.Unreachable("the budget cannot be read or written", journey.trace());
    }
  }

  /** The stop that holds for all calls to a place now; its end is told by our own clock. */
  public Optional<Budget.Block> stopped(String venue, String environment) {
    String place = venue + "/" + environment;
    return budget
        .blocked(venue, environment, environments.doors(venue), clock.now(place))
        .map(block -> new Budget.Block(block.until().minus(clock.offset(place)), block.cause()));
  }

  /** The place's time as last measured, our own time when it never was: freezes window ends. */
  public Instant venueTime(String venue, String environment) {
    return clock.now(venue + "/" + environment);
  }

  /** How far the clock of each place that was called is from ours, by the place's name. */
  Map<String, Duration> clocks() {
    return clock.offsets();
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
          Duration pause = circuit.pause(tries);
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
    if (!circuit.admits(journey)) {
      return rests(journey);
    }
    if (journey.signed() && reading(journey) instanceof VenueClock.Unknown unknown) {
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
      case Budget.Grant.Granted granted ->
          circuit.admits(journey) ? paid(journey, granted) : rests(journey);
    };
  }

  private static Step rests(Journey journey) {
    return new Step.Done(
        new Outcome.Unreachable(
            "it could not be reached lately and is left alone", journey.trace()));
  }

  private Step paid(Journey journey, Budget.Grant.Granted granted) throws InterruptedException {
    journey.weight += journey.charge.weight();
    log.charged(journey, granted, budget.share(journey.charge));
    VenueClock.Known stamp = null;
    if (journey.signed()) {
      // Waiting for budget may have taken longer than a reading is good for.
      switch (reading(journey)) {
        case VenueClock.Known known -> stamp = known;
        case VenueClock.Unknown unknown -> {
          return new Step.Done(clockUnknown(journey, unknown));
        }
      }
    }
    Wire.Exchange exchange = carrier.carry(journey, stamp);
    Instant now = clock.now(journey.target.place());
    if (exchange instanceof Wire.Exchange.Came came) {
      journey.told(came.answer());
    }
    // Judged first: a stop that the venue ordered holds, whatever becomes of the count.
    Step step =
        switch (exchange) {
          case Wire.Exchange.Came came -> judged(journey, granted, came.answer(), stamp);
          case Wire.Exchange.Held(Instant until) ->
              new Step.Done(
                  new Outcome.Waiting(until, Verdict.Scope.POOL, "limited", journey.trace()));
          case Wire.Exchange.NotConnected none -> new Step.Again(none.why());
          case Wire.Exchange.Broken broken -> new Step.Again(broken.why());
          case Wire.Exchange.Insecure insecure ->
              new Step.Done(new Outcome.Unreachable(insecure.why(), journey.trace()));
          case Wire.Exchange.Odd odd ->
              new Step.Done(new Outcome.Unreadable(odd.why(), journey.trace()));
        };
    budget.settle(granted, journey.used == null ? -1 : journey.used, now);
    return step;
  }

  private Step judged(
      Journey journey,
      Budget.Grant.Granted granted,
      Answer answer,
      VenueClock.@Nullable Known stamp) {
    Duration took = Duration.between(journey.sentAt, pace.instant());
    Instant now = clock.now(journey.target.place());
    journey.status = answer.status();
    Verdict verdict =
        answer.status() / 100 == 3
            ? new Verdict.Unreadable("a redirect, which is never followed")
            : journey.leave.judged(journey.venue.judge(journey.call, answer));
    journey.judged(verdict);
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
      case Verdict.Wait wait -> new Step.Done(stopped(journey, journey.charge, wait, now));
      case Verdict.Denied denied ->
          new Step.Done(new Outcome.Refused(denied.denial(), denied.code(), journey.trace()));
      case Verdict.Unreadable unreadable ->
          new Step.Done(new Outcome.Unreadable(unreadable.why(), journey.trace()));
    };
  }

  /** Stops what the venue said for everybody, and tells when it ends. */
  Outcome stopped(Journey journey, Charge charge, Verdict.Wait wait, Instant now) {
    Instant until = budget.until(charge, wait, now);
    Outcome.Waiting waiting =
        journey.waiting(until, wait.scope(), wait.banned() ? "banned" : "limited");
    carrier.stop(charge, wait.scope(), waiting.until());
    budget.block(charge, wait.scope(), until, wait.banned());
    log.stopped(journey, charge, wait, Duration.between(now, until));
    return waiting;
  }

  /** The clock of the call's place, good to sign with, measured anew when it is old. */
  VenueClock.Reading reading(Journey journey) throws InterruptedException {
    Target open = Target.open(journey.target.venue(), journey.target.environment(), Priority.LIVE);
    VenueClock.Reading reading = clock.read(open.place(), () -> sample(journey, open));
    journey.offset = clock.offset(open.place());
    return reading;
  }

  private VenueClock.Sampled sample(Journey journey, Target open) {
    Venue venue = journey.venue;
    Journey own = new Journey(open, venue.timeCall(), venue, journey.environment, pace, Leave.FREE);
    own.goesFirst = journey.goesFirst;
    return switch (sent(own)) {
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

  Outcome clockUnknown(Journey journey, VenueClock.Unknown unknown) {
    Outcome outcome = unknown.outcome();
    return outcome != null ? outcome : clockWait(journey);
  }

  private Outcome clockWait(Journey journey) {
    Instant until = clock.now(journey.target.place()).plus(CLOCK_PAUSE);
    journey.offset = clock.offset(journey.target.place());
    return journey.waiting(until, Verdict.Scope.POOL, "clock");
  }
}

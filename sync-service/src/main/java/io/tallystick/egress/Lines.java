package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.SignedFrame;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Call;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Environment;
import io.tallystick.venue.Heard;
import io.tallystick.venue.Live;
import io.tallystick.venue.Venue;
import io.tallystick.venue.Verdict;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sockets over which venues tell what happens. The same rules as for calls: a host only
 * by its environment's name, no redirect, one request that is the venue's own to name, paid for and
 * signed in the vault, judged by the venue's own table. Blocks; never inside a transaction.
 */
public final class Lines implements AutoCloseable {
  private static final String CLOCK = "the venue refused our timestamp";

  private final Environments environments;
  private final Budget budget;
  private final Vault vault;
  private final Gateway gateway;
  private final Pace pace;
  private final EgressSettings settings;
  private final Wire wire;
  private final RequestLog log;

  Lines(
      Environments environments,
      Budget budget,
      Vault vault,
      Gateway gateway,
      Pace pace,
      EgressSettings settings) {
    this.environments = environments;
    this.budget = budget;
    this.vault = vault;
    this.gateway = gateway;
    this.pace = pace;
    this.settings = settings;
    this.wire = new Wire(settings);
    this.log = gateway.log;
  }

  /** What came of opening a line. */
  public sealed interface Opening {
    /** It is open, and subscribed. */
    record Open(Line line, Trace trace) implements Opening {}

    /** It is not. */
    record Failed(Outcome outcome) implements Opening {}
  }

  /** Whether there is anything to listen to at this place. */
  public boolean speaks(String venue, String environment) {
    return environments.venue(venue).map(Venue::live).isPresent()
        && environments
            .find(venue, environment)
            .filter(place -> !place.liveHosts().isEmpty())
            .isPresent();
  }

  /**
   * Opens a line and subscribes to the credential's account. What is said then goes to the inbox.
   *
   * @throws IllegalArgumentException when nothing can be listened to there
   * @throws io.tallystick.vault.Unopenable when the credential does not open
   */
  public Opening open(Target target, BlockingQueue<Line.Arrival> inbox) {
    Venue venue = environments.venue(target.venue()).orElseThrow();
    Environment place = environments.find(target.venue(), target.environment()).orElseThrow();
    Live live = venue.live();
    if (live == null || place.liveHosts().isEmpty()) {
      throw new IllegalArgumentException("nothing is said there: " + target.place());
    }
    Journey journey =
        new Journey(target, Call.of(live.subscribing()), venue, place, pace, Leave.FREE);
    try {
      return open(journey, live, inbox);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Opening.Failed(new Outcome.Unreachable("interrupted", journey.trace()));
    } catch (BudgetRows.BudgetUnavailable e) {
      log.budgetUnavailable(journey, e);
      return unreachable("the budget cannot be read or written", journey);
    }
  }

  @Override
  public void close() {
    wire.close();
  }

  private Opening open(Journey journey, Live live, BlockingQueue<Line.Arrival> inbox)
      throws InterruptedException {
    Toll toll = new Toll(journey, live, budget, log);
    for (int tries = 0; ; tries++) {
      // Before it is paid for: after a ban one call may try again, and measuring would be another.
      if (gateway.reading(journey) instanceof VenueClock.Unknown unknown) {
        return new Opening.Failed(gateway.clockUnknown(journey, unknown));
      }
      Outcome before = toll.pay(() -> now(journey));
      if (before != null) {
        return new Opening.Failed(before);
      }
      // Waiting for budget may have taken longer than a reading is good for.
      Opening opening =
          switch (gateway.reading(journey)) {
            case VenueClock.Known stamp -> connect(journey, toll, inbox, stamp);
            case VenueClock.Unknown unknown ->
                new Opening.Failed(gateway.clockUnknown(journey, unknown));
          };
      settle(journey, toll, opening);
      boolean clockOff =
          opening instanceof Opening.Failed failed
              && failed.outcome() instanceof Outcome.Unreachable none
              && none.why().equals(CLOCK);
      if (!clockOff || tries > 0) {
        return opening;
      }
    }
  }

  private void settle(Journey journey, Toll toll, Opening opening) {
    try {
      toll.settle(now(journey));
    } catch (BudgetRows.BudgetUnavailable e) {
      if (opening instanceof Opening.Open open) {
        open.line().close();
      }
      throw e;
    }
  }

  private Instant now(Journey journey) {
    return gateway.venueTime(journey.target.venue(), journey.target.environment());
  }

  private Opening connect(
      Journey journey, Toll toll, BlockingQueue<Line.Arrival> inbox, VenueClock.Known stamp)
      throws InterruptedException {
    Live live = Objects.requireNonNull(journey.venue.live(), "what is silent is not asked");
    Line line = new Line(journey.target, live, inbox, pace, log, settings.bodyLimit());
    Opening failed = unreachable("no host", journey);
    for (URI host : journey.environment.liveHosts()) {
      journey.attempts++;
      journey.sentAt = pace.instant();
      try {
        WebSocket socket = wire.socket(host, live.path(), line.listener());
        line.opened(socket);
        return subscribe(journey, toll, line, socket, stamp);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof WebSocketHandshakeException refused) {
          return judged(journey, toll, answer(refused), stamp, null);
        }
        failed = unreachable("the socket cannot be opened", journey);
        note(journey, failed);
      } catch (TimeoutException e) {
        failed = unreachable("no socket within " + settings.callTimeout(), journey);
        note(journey, failed);
      }
    }
    line.close();
    return failed;
  }

  private Opening subscribe(
      Journey journey, Toll toll, Line line, WebSocket socket, VenueClock.Known stamp)
      throws InterruptedException {
    SealedCredential credential =
        Objects.requireNonNull(journey.target.credential(), "a subscription is somebody's");
    Duration margin = journey.venue.clockTolerance().dividedBy(2);
    Instant timestamp = pace.instant().plus(stamp.offset()).minus(margin);
    boolean kept = false;
    try {
      SignedFrame frame = vault.subscribe(credential, journey.venue, "subscribe", timestamp);
      long within = settings.callTimeout().toMillis();
      socket.sendText(frame.text(), true).get(within, TimeUnit.MILLISECONDS);
      Heard.Reply reply = line.reply().get(within, TimeUnit.MILLISECONDS);
      Opening opening = judged(journey, toll, reply.answer(), stamp, line);
      kept = opening instanceof Opening.Open;
      if (kept) {
        line.subscribed();
      }
      return opening;
    } catch (ExecutionException | CancellationException | TimeoutException e) {
      Opening broken = unreachable("no answer to the subscription", journey);
      note(journey, broken);
      return broken;
    } finally {
      if (!kept) {
        line.close();
      }
    }
  }

  private Opening judged(
      Journey journey, Toll toll, Answer answer, VenueClock.Known stamp, @Nullable Line line) {
    journey.status = answer.status();
    journey.told(answer);
    Verdict verdict = journey.venue.judge(journey.call, answer);
    journey.judged(verdict);
    log.attempt(journey, verdict, Duration.between(journey.sentAt, pace.instant()));
    if (toll.probes() && !(verdict instanceof Verdict.Wait)) {
      budget.lift(journey.charge);
    }
    return switch (verdict) {
      case Verdict.Good _ ->
          line == null
              ? unreachable("a handshake that did not end in a socket", journey)
              : new Opening.Open(line, journey.trace());
      case Verdict.Retry retry -> unreachable(retry.why(), journey);
      case Verdict.ClockOff _ -> {
        gateway.clock.doubt(journey.target.place(), stamp);
        yield unreachable(CLOCK, journey);
      }
      case Verdict.Wait wait -> new Opening.Failed(held(journey, toll, wait, line));
      case Verdict.Denied denied ->
          new Opening.Failed(new Outcome.Refused(denied.denial(), denied.code(), journey.trace()));
      case Verdict.Unreadable unreadable ->
          new Opening.Failed(new Outcome.Unreadable(unreadable.why(), journey.trace()));
    };
  }

  // What is refused at the door is refused to sockets, be it by a firewall that calls do not meet
  // or because there are too many: calls go on. A ban is for everything.
  private Outcome held(Journey journey, Toll toll, Verdict.Wait wait, @Nullable Line line) {
    boolean firewall = !wait.banned() && wait.scope() == Verdict.Scope.EGRESS_ADDRESS;
    Outcome refused = new Outcome.Refused(Denial.FIREWALL, wait.code(), journey.trace());
    if (firewall && line != null) {
      return refused;
    }
    if (wait.banned() || line != null) {
      return gateway.stopped(journey, journey.charge, wait, now(journey));
    }
    Verdict.Wait sockets = new Verdict.Wait(wait.atLeast(), Verdict.Scope.POOL, false, wait.code());
    Outcome waiting = gateway.stopped(journey, toll.door(), sockets, now(journey));
    return firewall ? refused : waiting;
  }

  private static Answer answer(WebSocketHandshakeException refused) {
    Map<String, String> headers = new HashMap<>();
    refused
        .getResponse()
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    // The body is not kept by the JDK; the status decides.
    return new Answer(refused.getResponse().statusCode(), headers, new byte[0]);
  }

  private void note(Journey journey, Opening failed) {
    log.attempt(journey, failed, Duration.between(journey.sentAt, pace.instant()));
  }

  private static Opening unreachable(String why, Journey journey) {
    return new Opening.Failed(new Outcome.Unreachable(why, journey.trace()));
  }
}

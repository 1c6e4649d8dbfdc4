package io.tallystick.egress;

import io.tallystick.kernel.Pace;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.SignedFrame;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
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
import java.util.List;
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
        new Journey(target, Call.of(live.subscribing()), venue, place, pace, () -> true);
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
    for (int tries = 0; ; tries++) {
      // Before it is paid for: after a ban one call may try again, and measuring would be another.
      if (gateway.reading(journey) instanceof VenueClock.Unknown unknown) {
        return new Opening.Failed(gateway.clockUnknown(journey, unknown));
      }
      Budget.Grant grant = granted(journey, journey.charge);
      if (!(grant instanceof Budget.Grant.Granted paid)) {
        return new Opening.Failed(waiting(journey, grant));
      }
      journey.weight += journey.charge.weight();
      log.charged(journey, paid, budget.share(journey.charge));
      // The one call that may try again after a ban goes without: nothing else would be granted.
      List<Endpoint> others = paid.probe() ? List.of() : live.opening();
      for (Endpoint other : others) {
        Budget.Grant beside = granted(journey, Charge.of(journey.target, Call.of(other)));
        if (!(beside instanceof Budget.Grant.Granted also)) {
          return new Opening.Failed(waiting(journey, beside));
        }
        log.charged(journey, also, budget.share(also.charge()));
      }
      // Waiting for budget may have taken longer than a reading is good for.
      Opening opening =
          switch (gateway.reading(journey)) {
            case VenueClock.Known stamp -> connect(journey, live, inbox, stamp, paid);
            case VenueClock.Unknown unknown ->
                new Opening.Failed(gateway.clockUnknown(journey, unknown));
          };
      settle(journey, paid, opening);
      boolean clockOff =
          opening instanceof Opening.Failed failed
              && failed.outcome() instanceof Outcome.Unreachable none
              && none.why().equals(CLOCK);
      if (!clockOff || tries > 0) {
        return opening;
      }
    }
  }

  private void settle(Journey journey, Budget.Grant.Granted paid, Opening opening) {
    try {
      budget.settle(paid, journey.used == null ? -1 : journey.used, now(journey));
    } catch (BudgetRows.BudgetUnavailable e) {
      if (opening instanceof Opening.Open open) {
        open.line().close();
      }
      throw e;
    }
  }

  private Budget.Grant granted(Journey journey, Charge charge) throws InterruptedException {
    return budget.acquire(charge, () -> now(journey));
  }

  private Instant now(Journey journey) {
    return gateway.venueTime(journey.target.venue(), journey.target.environment());
  }

  private static Outcome waiting(Journey journey, Budget.Grant grant) {
    return switch (grant) {
      case Budget.Grant.Blocked blocked ->
          journey.waiting(blocked.until(), blocked.scope(), blocked.cause());
      case Budget.Grant.Full full -> journey.waiting(full.next(), Verdict.Scope.POOL, "budget");
      case Budget.Grant.Granted _ -> throw new IllegalStateException("that one may go");
    };
  }

  private Opening connect(
      Journey journey,
      Live live,
      BlockingQueue<Line.Arrival> inbox,
      VenueClock.Known stamp,
      Budget.Grant.Granted paid)
      throws InterruptedException {
    Line line = new Line(journey.target, live, inbox, pace, log, settings.bodyLimit());
    Opening failed = unreachable("no host", journey);
    for (URI host : journey.environment.liveHosts()) {
      journey.attempts++;
      journey.sentAt = pace.instant();
      try {
        WebSocket socket = wire.socket(host, live.path(), line.listener());
        line.opened(socket);
        return subscribe(journey, line, socket, stamp, paid);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof WebSocketHandshakeException refused) {
          return judged(journey, answer(refused), paid, stamp, null);
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
      Journey journey,
      Line line,
      WebSocket socket,
      VenueClock.Known stamp,
      Budget.Grant.Granted paid)
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
      Opening opening = judged(journey, reply.answer(), paid, stamp, line);
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
      Journey journey,
      Answer answer,
      Budget.Grant.Granted paid,
      VenueClock.Known stamp,
      @Nullable Line line) {
    journey.status = answer.status();
    journey.told(answer);
    Verdict verdict = journey.venue.judge(journey.call, answer);
    journey.judged(verdict);
    log.attempt(journey, verdict, Duration.between(journey.sentAt, pace.instant()));
    if (paid.probe() && !(verdict instanceof Verdict.Wait)) {
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
      case Verdict.Wait wait -> new Opening.Failed(gateway.stopped(journey, wait, now(journey)));
      case Verdict.Denied denied ->
          new Opening.Failed(new Outcome.Refused(denied.denial(), denied.code(), journey.trace()));
      case Verdict.Unreadable unreadable ->
          new Opening.Failed(new Outcome.Unreadable(unreadable.why(), journey.trace()));
    };
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

package io.tallystick.anchor;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.access.Checkpoints;
import io.tallystick.access.Checkpoints.Signed;
import io.tallystick.egress.Postbox;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Rounds;
import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts every signed checkpoint to the address outside, one after the other, each until it was
 * taken. It reads what the signer has stored and nothing waits for it: however slow the address is,
 * sealing goes on. The same checkpoint has the same name and the same bytes, so that putting one
 * twice, after a crash or from two processes, changes nothing. No entry of the log tells of it:
 * that would make the next checkpoint.
 */
@ApplicationScoped
class Anchoring {
  /** How long a checkpoint may wait before somebody is told. */
  static final Duration LATE = Duration.ofMinutes(5);

  private static final Logger LOG = Logger.getLogger(Anchoring.class);
  private static final int BATCH = 100;
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  private final Transactions transactions;
  private final Checkpoints checkpoints;
  private final Postbox postbox;
  private final Pace pace;
  private final RandomGenerator random;
  private final long process;
  private final String schedulerMode;
  private final Rounds rounds = new Rounds("checkpoints-outside", this::putAndTell);
  private final AtomicLong lagSeconds = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile State state = State.START;
  private volatile boolean stopping;
  private Instant toldAt = Instant.EPOCH;

  Anchoring(
      Transactions transactions,
      Checkpoints checkpoints,
      Postbox postbox,
      Pace pace,
      RandomGenerator random,
      MeterRegistry registry,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.transactions = transactions;
    this.checkpoints = checkpoints;
    this.postbox = postbox;
    this.pace = pace;
    this.random = random;
    this.process = random.nextLong(1, Long.MAX_VALUE);
    this.schedulerMode = schedulerMode;
    if (postbox.isOpen()) {
      registry.gauge("tallystick.access.checkpoint.put.lag.seconds", lagSeconds);
      registry.gauge("tallystick.access.checkpoint.put.failures", failed);
    }
  }

  /**
   * How it goes.
   *
   * @param size of the last checkpoint that was taken outside
   * @param at when; null before the first
   * @param lag age of the checkpoint that waits longest; zero when none waits
   * @param failures in a row
   * @param trouble why the last one was not taken; empty when it was
   */
  record State(long size, @Nullable Instant at, Duration lag, int failures, String trouble) {
    static final State START = new State(0, null, Duration.ZERO, 0, "");

    boolean late() {
      return lag.compareTo(LATE) > 0;
    }

    private State failed(String why) {
      return new State(size, at, lag, Math.min(failures + 1, Integer.MAX_VALUE - 1), why);
    }
  }

  void begin(@Observes StartupEvent start) {
    if (postbox.isOpen()) {
      rounds.begin(schedulerMode);
    }
  }

  void end(@Observes ShutdownEvent stop) throws InterruptedException {
    stopping = true;
    // What hangs at the address is let go of first: the round ends at once.
    postbox.close();
    rounds.end();
    if (postbox.isOpen()) {
      leave();
    }
  }

  /** How the last round left it. */
  State state() {
    return state;
  }

  /** Whether there is an address. */
  boolean isOn() {
    return postbox.isOpen();
  }

  /** One round: what waits, in order, until one is not taken. Never throws. */
  State round() {
    State now;
    try {
      now = put(state);
    } catch (RuntimeException e) {
      // The database is away, or the process ends; the kind of failure only.
      now = state.failed("failed: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      now = state.failed("interrupted");
    }
    state = now;
    lagSeconds.set(now.lag().toSeconds());
    failed.set(now.failures());
    return now;
  }

  /** How long to rest after a round: twice as long after each failure, by chance less. */
  Duration rest(State now) {
    if (now.failures() == 0) {
      return REST;
    }
    long most = Math.min(LONGEST_REST.toMillis(), REST.toMillis() << Math.min(now.failures(), 20));
    return Duration.ofMillis(random.nextLong(most / 2, most + 1));
  }

  private State put(State before) throws InterruptedException {
    Ahead ahead = transactions.asSequencer(tx -> ahead(tx, known(tx)));
    if (!ahead.waiting().isEmpty()) {
      // The turn is written down only where there is something to do.
      ahead =
          transactions.asSequencer(tx -> {
            PutStore.turn(tx, postbox.place(), process, postbox.longest().plusMinutes(1));
            return ahead(tx, known(tx));
          });
    }
    PutStore.Stand stand = ahead.stand();
    List<Signed> waiting = ahead.waiting();
    if (waiting.isEmpty() || !stand.mine()) {
      return new State(stand.size(), stand.at(), lag(waiting), 0, "");
    }
    State now = new State(stand.size(), stand.at(), lag(waiting), before.failures(), "");
    for (int i = 0; i < waiting.size() && !rounds.ending(); i++) {
      Signed next = waiting.get(i);
      byte[] note = next.note().getBytes(StandardCharsets.UTF_8);
      switch (postbox.put(Long.toString(next.size()), note)) {
        case Postbox.Put.Failed failure -> {
          return now.failed(failure.why());
        }
        case Postbox.Put.Taken taken -> {
          boolean mine =
              transactions.asSequencer(tx -> {
                PutStore.taken(tx, postbox.place(), next.size());
                PutStore.turn(tx, postbox.place(), process, postbox.longest().plusMinutes(1));
                return known(tx).mine();
              });
          List<Signed> rest = waiting.subList(i + 1, waiting.size());
          now = new State(next.size(), pace.instant(), lag(rest), 0, "");
          if (!mine) {
            return now;
          }
        }
      }
    }
    return now;
  }

  /** How far the place is, and what is ahead of it. */
  private record Ahead(PutStore.Stand stand, List<Signed> waiting) {}

  private Ahead ahead(SequencerTx tx, PutStore.Stand stand) throws SQLException {
    return new Ahead(stand, checkpoints.after(tx, stand.size(), BATCH));
  }

  // Makes the place known at the first look, as one that lacks the newest checkpoint alone: that
  // one covers all before it.
  private PutStore.Stand known(SequencerTx tx) throws SQLException {
    byte[] place = postbox.place();
    PutStore.Stand stand = PutStore.stand(tx, place, process);
    if (stand == null) {
      Signed newest = checkpoints.newest(tx);
      PutStore.begin(tx, place, newest == null ? 0 : newest.size() - 1);
      stand = PutStore.stand(tx, place, process);
    }
    return Objects.requireNonNull(stand, "a place that was made known is gone");
  }

  private Duration lag(List<Signed> waiting) {
    Instant now = pace.instant();
    return waiting.isEmpty() || waiting.getFirst().at().isAfter(now)
        ? Duration.ZERO
        : Duration.between(waiting.getFirst().at(), now);
  }

  private Duration putAndTell() {
    State now = round();
    Instant instant = pace.instant();
    boolean wrong = !stopping && (now.late() || now.failures() > 0);
    if (wrong && !instant.isBefore(toldAt.plus(LATE))) {
      LOG.errorf(
          "access.checkpoint-put lag_seconds=%d size=%d failures=%d trouble=\"%s\"",
          now.lag().toSeconds(), now.size(), now.failures(), now.trouble());
      toldAt = instant;
    } else if (now.failures() == 0 && now.lag().isZero()) {
      toldAt = Instant.EPOCH;
    }
    return rest(now);
  }

  /** Lets another process go on at once; without it, that has to wait until the turn is over. */
  void leave() {
    try {
      transactions.asSequencer(tx -> PutStore.leave(tx, postbox.place(), process));
    } catch (RuntimeException e) {
      LOG.warnf("the turn at the address of checkpoints was not left: %s", e.getClass().getName());
    }
  }
}

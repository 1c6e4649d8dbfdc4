package io.tallystick.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Bell;
import io.tallystick.tenancy.Rounds;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Seals the log beside the work: one thread a process gives waiting leaves their positions and has
 * a checkpoint signed; an advisory lock leaves the work to one process at a time. A loop and no
 * Quartz job, because a job every second would write more rows than it seals. Who leaves something
 * wakes the loop of his own process.
 */
@ApplicationScoped
class Sealing {
  /** How long a leaf may wait before somebody is told. */
  static final Duration LATE = Duration.ofSeconds(60);

  private static final Logger LOG = Logger.getLogger(Sealing.class);
  private static final int BATCH = 2_000;

  /** How often it looks though nobody left anything: a process may have died that did. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Transactions transactions;
  private final Signer signer;
  private final Pace pace;
  private final Duration interval;
  private final boolean enabled;
  private final Bell bell;
  private final Rounds rounds;
  private volatile State state = State.START;
  private boolean found;
  private Instant toldAt = Instant.EPOCH;
  private Instant sealedAt;

  Sealing(
      Transactions transactions,
      LogSigner key,
      AccessSettings settings,
      Pace pace,
      Bell bell,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.transactions = transactions;
    this.signer =
        new Signer(
            key,
            settings.origin(),
            new SignerFiles(settings.signerState(), settings.checkpointFile().orElse(null)));
    this.pace = pace;
    this.interval = settings.sealInterval();
    this.bell = bell;
    this.rounds = new Rounds("access-log-sealing", interval, this::sealAndTell);
    this.sealedAt = pace.instant();
    // A command beside the service schedules nothing, and leaves the sealing to the service.
    this.enabled = !schedulerMode.equals("halted");
  }

  /**
   * How the sealing goes.
   *
   * @param lag age of the leaf that waits longest, to the second; zero when none waits
   * @param trouble why no checkpoint is signed; empty when nothing is wrong
   */
  record State(Duration lag, String trouble) {
    static final State START = new State(Duration.ZERO, "");

    boolean late() {
      return lag.compareTo(LATE) > 0;
    }
  }

  /** How the last round of this process left it. */
  State state() {
    return state;
  }

  /** What signs, for checkpoints that state more. */
  Signer signer() {
    return signer;
  }

  void begin(@Observes StartupEvent event) {
    if (enabled) {
      bell.wakes(rounds);
      rounds.begin();
    }
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    rounds.end();
  }

  /** One round: positions for all who wait, then a checkpoint. */
  State round() {
    Optional<Instant> oldest =
        transactions.asSequencer(tx -> Optional.ofNullable(WaitingStore.oldest(tx)));
    found = oldest.isPresent();
    Instant now = pace.instant();
    Duration lag =
        oldest
            .filter(instant -> instant.isBefore(now))
            .map(instant -> Duration.between(instant, now))
            .orElse(Duration.ZERO);
    String trouble = oldest.isPresent() ? sequence() : "";
    if (transactions.asSequencer(signer::round) instanceof Signer.Round.Refused refused) {
      trouble = refused.why();
    }
    return new State(lag, trouble);
  }

  private String sequence() {
    while (true) {
      switch (transactions.asSequencer(tx -> Sequencer.round(tx, BATCH))) {
        case Sequencer.Round.Busy busy -> {
          return "";
        }
        case Sequencer.Round.Placed placed -> {
          if (placed.vanished() > 0) {
            return placed.vanished() + " leaves were removed before they were sealed";
          }
          if (!placed.more() || rounds.ending()) {
            return "";
          }
        }
      }
    }
  }

  private Duration sealAndTell() {
    state = tried();
    tell(state);
    boolean quiet = !found && state.equals(State.START) && interval.compareTo(QUIET) < 0;
    return quiet ? QUIET : interval;
  }

  private State tried() {
    try {
      State now = round();
      sealedAt = pace.instant();
      return now;
    } catch (RuntimeException e) {
      // The database, the key store or a file is away; leaves that wait stay where they are.
      return new State(Duration.between(sealedAt, pace.instant()), sentence(e));
    }
  }

  private void tell(State now) {
    Instant instant = pace.instant();
    if ((now.late() || !now.trouble().isEmpty()) && !instant.isBefore(toldAt.plus(LATE))) {
      LOG.errorf(
          "access.sealing lag_seconds=%d trouble=\"%s\"", now.lag().toSeconds(), now.trouble());
      toldAt = instant;
    }
  }

  // The kind of failure only: a message may quote rows or paths.
  private static String sentence(RuntimeException failure) {
    Throwable cause = failure.getCause();
    return "sealing failed: " + (cause == null ? failure : cause).getClass().getSimpleName();
  }
}

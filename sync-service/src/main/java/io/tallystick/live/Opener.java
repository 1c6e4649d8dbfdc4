package io.tallystick.live;

import io.tallystick.egress.Line;
import io.tallystick.egress.Lines;
import io.tallystick.egress.Target;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens one line at a time beside the thread that listens: a venue may take its time to answer, and
 * meanwhile news is put down and a consent that ends is seen. Used by one thread.
 */
final class Opener {
  private final Lines lines;
  private final BlockingQueue<Line.Arrival> inbox;
  private @Nullable Target target;
  private @Nullable Attempt attempt;
  private @Nullable Thread thread;

  Opener(Lines lines, BlockingQueue<Line.Arrival> inbox) {
    this.lines = lines;
    this.inbox = inbox;
  }

  /** One that nobody waits for any more closes what it still opened. */
  private static final class Attempt extends FutureTask<Lines.Opening> {
    private volatile boolean abandoned;

    Attempt(Lines lines, Target target, BlockingQueue<Line.Arrival> inbox) {
      super(() -> lines.open(target, inbox));
    }

    void abandon() {
      abandoned = true;
      if (isDone()) {
        drop();
      }
    }

    @Override
    protected void done() {
      if (abandoned) {
        drop();
      }
    }

    private void drop() {
      if (state() == State.SUCCESS && resultNow() instanceof Lines.Opening.Open open) {
        open.line().close();
      }
    }
  }

  /** Whether a line is being opened, or what came of it was not taken yet. */
  boolean isBusy() {
    return attempt != null;
  }

  /** With what the last one was or is being opened; not to be asked before the first. */
  Target target() {
    return Objects.requireNonNull(target);
  }

  /** Begins to open one. */
  void begin(Target with) {
    Attempt one = new Attempt(lines, with, inbox);
    target = with;
    attempt = one;
    thread = Thread.ofVirtual().name("live-opening").start(one);
  }

  /** What came of it; null when nothing did within this time, or nothing was begun. */
  Lines.@Nullable Opening take(Duration within) throws InterruptedException {
    Attempt one = attempt;
    if (one == null) {
      return null;
    }
    try {
      Lines.Opening opening = one.get(within.toMillis(), TimeUnit.MILLISECONDS);
      attempt = null;
      return opening;
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      attempt = null;
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  /** Gives up what is under way. */
  void end() {
    if (attempt != null && thread != null) {
      attempt.abandon();
      thread.interrupt();
      attempt = null;
    }
  }
}

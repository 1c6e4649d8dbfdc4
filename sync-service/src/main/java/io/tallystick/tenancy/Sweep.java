package io.tallystick.tenancy;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Rounds that look for what is over and end it. Nothing is lost when one fails: what is over stays
 * so, and the next round finds it.
 */
public final class Sweep {
  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final String name;
  private final Rounds rounds;

  /**
   * A sweep that has not begun.
   *
   * @param rest between rounds; none after one that came to its limit
   * @param most how much one pass ends at most
   * @param pass looks once; returns how much was over
   */
  public Sweep(String name, Duration rest, int most, IntSupplier pass) {
    this.name = name;
    this.rounds = new Rounds(name, () -> round(rest, most, pass));
  }

  /** The same that ends all there is in one pass, and rests after each. */
  public Sweep(String name, Duration rest, IntSupplier pass) {
    this(name, rest, Integer.MAX_VALUE, pass);
  }

  /** Begins, unless the process is a command beside the service: then it sweeps nothing. */
  public void begin(String schedulerMode) {
    rounds.begin(schedulerMode);
  }

  /** Ends after the round that is under way. */
  public void end() throws InterruptedException {
    rounds.end();
  }

  /**
   * Ends each one by itself: one that cannot be ended must not keep the others waiting.
   *
   * @param end whether anything was to be ended
   * @return how many were
   */
  public <T> int each(List<T> over, Predicate<T> end) {
    int ended = 0;
    for (T one : over) {
      try {
        ended += end.test(one) ? 1 : 0;
      } catch (RuntimeException e) {
        trouble(e);
      }
    }
    return ended;
  }

  private Duration round(Duration rest, int most, IntSupplier pass) {
    try {
      return pass.getAsInt() >= most ? Duration.ZERO : rest;
    } catch (RuntimeException e) {
      trouble(e);
      return rest;
    }
  }

  private void trouble(RuntimeException e) {
    LOG.warnf("%s fails and goes on trying: %s", name, e.getClass().getSimpleName());
  }
}

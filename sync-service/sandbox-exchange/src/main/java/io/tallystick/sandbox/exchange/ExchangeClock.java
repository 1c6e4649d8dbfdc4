package io.tallystick.sandbox.exchange;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The exchange's own clock: another clock, put forward or back, and running faster or slower as the
 * sandbox's user likes.
 */
public final class ExchangeClock implements InstantSource {
  private static final long MILLION = 1_000_000;

  private final InstantSource base;
  private Course course;

  private record Course(long since, long offset, long partsPerMillion) {
    private long at(long base) {
      return offset + (base - since) * partsPerMillion / MILLION;
    }
  }

  /** Runs exactly as {@code base} until told otherwise. */
  public ExchangeClock(InstantSource base) {
    this.base = base;
    this.course = new Course(base.millis(), 0, 0);
  }

  @Override
  public synchronized Instant instant() {
    Instant now = base.instant();
    return now.plusMillis(course.at(now.toEpochMilli()));
  }

  /** How many milliseconds it is ahead of its base now. */
  public synchronized long offset() {
    return course.at(base.millis());
  }

  /** Puts it so many milliseconds ahead of its base; it keeps its pace. */
  public synchronized void offset(long millis) {
    course = new Course(base.millis(), millis, course.partsPerMillion());
  }

  /** Jumps by so many milliseconds, back where negative. */
  public synchronized void jump(long millis) {
    offset(Math.addExact(offset(), millis));
  }

  /** Runs faster by so many millionths from now on, slower where negative. */
  public synchronized void drift(long partsPerMillion) {
    course = new Course(base.millis(), offset(), partsPerMillion);
  }
}

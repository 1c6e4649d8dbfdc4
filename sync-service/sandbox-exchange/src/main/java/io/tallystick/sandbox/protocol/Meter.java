package io.tallystick.sandbox.protocol;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts weight in fixed calendar windows of the exchange's own clock and bans whoever goes on
 * calling after a 429 (Binance Spot REST docs, "IP limits": bans grow from two minutes to three
 * days).
 */
public final class Meter {
  private static final long FIRST_BAN = 120_000;
  private static final long LONGEST_BAN = 259_200_000;
  private static final long RAW_WINDOW = 300_000;

  private final Map<String, Window> windows = new HashMap<>();
  private final Map<String, Offender> offenders = new HashMap<>();
  private Limits limits;

  /**
   * What is allowed.
   *
   * @param weight of {@code /api}, a minute and address
   * @param rawRequests of {@code /api}, five minutes and address
   * @param sapiIp of one {@code /sapi} endpoint, a minute and address
   * @param sapiUid of one {@code /sapi} endpoint, a minute (or second) and account
   * @param patience how many calls after a 429 are answered by another 429 before the ban
   */
  public record Limits(int weight, int rawRequests, int sapiIp, int sapiUid, int patience) {
    /** The venue's own limits; its patience is not published, five is strict. */
    public static Limits documented() {
      return new Limits(6000, 300_000, 12_000, 180_000, 5);
    }

    /** The same with another budget for {@code /api}. */
    public Limits withWeight(int other) {
      return new Limits(other, rawRequests, sapiIp, sapiUid, patience);
    }

    private int of(Charge.Pool pool) {
      return switch (pool) {
        case API -> weight;
        case SAPI_IP -> sapiIp;
        case SAPI_UID, SAPI_UID_SECOND -> sapiUid;
      };
    }
  }

  /** What became of a charge. */
  public sealed interface Verdict {
    /** Fine; so much is used in this window. */
    record Within(long used) implements Verdict {}

    /** Too much; wait so many seconds. */
    record Exceeded(long used, long retryAfter, int limit) implements Verdict {}

    /** The address is banned until this instant in milliseconds. */
    record Banned(long until, long retryAfter) implements Verdict {}
  }

  private static final class Window {
    private long number;
    private long used;

    private long add(long window, long amount) {
      if (window != number) {
        number = window;
        used = 0;
      }
      used += amount;
      return used;
    }
  }

  private static final class Offender {
    private int insisted;
    private long lastWindow;
    private int bans;
    private long until = Long.MIN_VALUE;
  }

  /** Starts with these limits. */
  public Meter(Limits limits) {
    this.limits = limits;
  }

  /** The limits in force. */
  public synchronized Limits limits() {
    return limits;
  }

  /** Changes the limits from now on. */
  public synchronized void limits(Limits other) {
    limits = other;
  }

  /** Forgets every use and every ban. */
  public synchronized void reset() {
    windows.clear();
    offenders.clear();
  }

  /** Whether this address is banned now; going on during a ban makes it longer. */
  public synchronized Verdict knock(String address, long now) {
    Offender offender = offenders.computeIfAbsent(address, a -> new Offender());
    if (now >= offender.until) {
      return new Verdict.Within(0);
    }
    offender.insisted++;
    if (offender.insisted > limits.patience()) {
      ban(offender, now);
    }
    return banned(offender, now);
  }

  /**
   * Charges a call.
   *
   * @param charge what it costs
   * @param endpoint whose budget, in the pools that each endpoint has of its own
   * @param payer the address, or the account where the pool says so
   * @param now the exchange's time in milliseconds
   */
  public synchronized Verdict charge(Charge charge, String endpoint, String payer, long now) {
    Charge.Pool pool = charge.pool();
    boolean shared = pool == Charge.Pool.API;
    String name = pool + "|" + payer + (shared ? "" : "|" + endpoint);
    long used =
        windows
            .computeIfAbsent(name, n -> new Window())
            .add(Math.floorDiv(now, pool.window()), charge.weight());
    int limit = limits.of(pool);
    long raw = shared ? raw(payer, now) : 0;
    boolean rawExceeded = raw > limits.rawRequests();
    if (used <= limit && !rawExceeded) {
      return new Verdict.Within(used);
    }
    long window = rawExceeded ? RAW_WINDOW : pool.window();
    if (shared) {
      Offender offender = offenders.computeIfAbsent(payer, a -> new Offender());
      insist(offender, Math.floorDiv(now, window));
      if (offender.insisted > limits.patience()) {
        ban(offender, now);
        return banned(offender, now);
      }
    }
    return new Verdict.Exceeded(
        used, seconds(window - Math.floorMod(now, window)), rawExceeded ? (int) raw : limit);
  }

  private long raw(String address, long now) {
    return windows
        .computeIfAbsent("RAW|" + address, n -> new Window())
        .add(Math.floorDiv(now, RAW_WINDOW), 1);
  }

  /** The first 429 of a window is no offence; every further call in that window is. */
  private static void insist(Offender offender, long window) {
    if (offender.lastWindow != window) {
      offender.lastWindow = window;
      offender.insisted = 0;
    } else {
      offender.insisted++;
    }
  }

  private static void ban(Offender offender, long now) {
    long length = Math.min(LONGEST_BAN, FIRST_BAN << Math.min(offender.bans, 20));
    offender.bans++;
    offender.insisted = 0;
    offender.until = Math.max(offender.until, now + length);
  }

  private static Verdict banned(Offender offender, long now) {
    return new Verdict.Banned(offender.until, seconds(offender.until - now));
  }

  private static long seconds(long millis) {
    return (millis + 999) / 1000;
  }
}

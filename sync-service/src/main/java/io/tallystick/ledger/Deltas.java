package io.tallystick.ledger;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a page adds to the sums: by account, asset and month. */
final class Deltas {
  private static final long DAY = Duration.ofDays(1).toSeconds();

  // A page goes the same few ways again and again, and each touches two sums.
  private final Map<Way, BigDecimal> ways = new HashMap<>();
  private long day = Long.MIN_VALUE;
  private long month;

  private record Way(long from, long to, long asset, long month) {}

  /** One sum; the bucket is the first day of its month, UTC. */
  record Cell(long account, long asset, LocalDate bucket) implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
      int byAccount = Long.compare(account, other.account);
      int byAsset = byAccount != 0 ? byAccount : Long.compare(asset, other.asset);
      return byAsset != 0 ? byAsset : bucket.compareTo(other.bucket);
    }
  }

  /** Adds an amount that left one account and entered another, by their keys. */
  void add(Instant at, long from, long to, long asset, BigDecimal amount) {
    ways.merge(new Way(from, to, asset, month(at)), amount, BigDecimal::add);
  }

  boolean isEmpty() {
    return ways.isEmpty();
  }

  /** The sums and what is added to each; sorted, so that no two pages wait in a circle. */
  SortedMap<Cell, BigDecimal> cells() {
    SortedMap<Cell, BigDecimal> cells = new TreeMap<>();
    ways.forEach((way, sum) -> {
      LocalDate bucket = LocalDate.ofEpochDay(way.month);
      cells.merge(new Cell(way.from, way.asset, bucket), sum.negate(), BigDecimal::add);
      cells.merge(new Cell(way.to, way.asset, bucket), sum, BigDecimal::add);
    });
    return cells;
  }

  private long month(Instant at) {
    long now = Math.floorDiv(at.getEpochSecond(), DAY);
    if (now != day) {
      day = now;
      month = LocalDate.ofEpochDay(now).withDayOfMonth(1).toEpochDay();
    }
    return month;
  }
}

package io.tallystick.egress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Weights and when they came, looked at as a venue might, and more strictly. */
final class Charges {
  private final List<Charged> all = new ArrayList<>();

  private record Charged(Instant at, int weight) {}

  synchronized void add(Instant at, int weight) {
    all.add(new Charged(at, weight));
  }

  /** The most weight in any stretch of this length, wherever it begins. */
  synchronized int within(Duration length) {
    List<Charged> sorted = sorted();
    int most = 0;
    int sum = 0;
    int first = 0;
    for (Charged last : sorted) {
      sum += last.weight();
      while (!sorted.get(first).at().isAfter(last.at().minus(length))) {
        sum -= sorted.get(first++).weight();
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  /** The longest time between one and the next. */
  synchronized Duration longestRest() {
    List<Charged> sorted = sorted();
    Duration longest = Duration.ZERO;
    for (int i = 1; i < sorted.size(); i++) {
      Duration rest = Duration.between(sorted.get(i - 1).at(), sorted.get(i).at());
      longest = rest.compareTo(longest) > 0 ? rest : longest;
    }
    return longest;
  }

  /** All the weight from an instant to another, which does not belong to it. */
  synchronized int between(Instant from, Instant to) {
    return all.stream()
        .filter(one -> !one.at().isBefore(from) && one.at().isBefore(to))
        .mapToInt(Charged::weight)
        .sum();
  }

  private List<Charged> sorted() {
    return all.stream().sorted(Comparator.comparing(Charged::at)).toList();
  }
}

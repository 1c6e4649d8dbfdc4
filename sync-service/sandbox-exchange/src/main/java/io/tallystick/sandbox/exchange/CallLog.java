package io.tallystick.sandbox.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Remembers the newest calls, so that a test can ask what was really sent. */
public final class CallLog {
  private static final int MOST = 200_000;

  private final Deque<Call> calls = new ArrayDeque<>();
  private long next;

  synchronized long open() {
    return next++;
  }

  synchronized void add(Call call) {
    if (calls.size() == MOST) {
      calls.removeFirst();
    }
    calls.addLast(call);
  }

  /** The index that the next call will get; what comes after a moment is {@code since} this. */
  public synchronized long next() {
    return next;
  }

  /** The calls that were answered, from this index on, in the order of their answers. */
  public synchronized List<Call> since(long index) {
    return calls.stream().filter(c -> c.index() >= index).toList();
  }

  /** All remembered calls. */
  public List<Call> all() {
    return since(0);
  }

  /** How many calls fit the question. */
  public long count(Predicate<Call> question) {
    return all().stream().filter(question).count();
  }

  /** How many calls were answered with this status, asked-for misbehaviour included. */
  public long countStatus(int status) {
    return count(c -> c.status() == status);
  }

  /** How many 429 and 418 the callers earned themselves. */
  public long earnedRefusals() {
    return count(c -> (c.status() == 429 || c.status() == 418) && c.fault().isEmpty());
  }

  /** How many calls each path got. */
  public Map<String, Long> byPath() {
    return all().stream()
        .collect(Collectors.groupingBy(Call::path, TreeMap::new, Collectors.counting()));
  }
}

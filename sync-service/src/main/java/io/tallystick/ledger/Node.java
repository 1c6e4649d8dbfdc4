package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Held;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing on the line of time; groups are trees of nodes. */
final class Node {
  /** Sources cut to seconds are given the rest of theirs. */
  static final Duration SLACK = Duration.ofSeconds(1);

  final Instant from;
  final Instant to;
  final @Nullable Held held;
  final @Nullable Fine fine;
  Duration reach = Duration.ZERO;
  Duration far = Duration.ZERO;
  boolean page;
  @Nullable Node parent;

  Node(Instant from, Instant to, @Nullable Held held, @Nullable Fine fine) {
    this.from = from;
    this.to = to;
    this.held = held;
    this.fine = fine;
  }

  Node root() {
    Node at = this;
    while (at.parent != null) {
      at = at.parent;
    }
    if (at != this) {
      parent = at;
    }
    return at;
  }

  void join(Node other) {
    Node one = root();
    Node two = other.root();
    if (one != two) {
      one.parent = two;
    }
  }

  /** What changes within this reach may change what becomes of it. */
  void reach(Duration some) {
    reach = reach.compareTo(some) < 0 ? some : reach;
  }

  /** What becomes of it depends on all within this reach. */
  void far(Duration some) {
    far = far.compareTo(some) < 0 ? some : far;
  }

  boolean meets(Instant first, Instant last) {
    return !from.minus(reach).minus(SLACK).isAfter(last)
        && !to.plus(reach).plus(SLACK).isBefore(first);
  }

  Instant first() {
    return from.minus(farthest()).minus(SLACK);
  }

  Instant last() {
    return to.plus(farthest()).plus(SLACK);
  }

  private Duration farthest() {
    return reach.compareTo(far) < 0 ? far : reach;
  }
}

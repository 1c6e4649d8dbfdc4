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

  Instant first() {
    return from.minus(reach).minus(SLACK);
  }

  Instant last() {
    return to.plus(reach).plus(SLACK);
  }
}

package io.tallystick.live;

import io.tallystick.egress.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of a connection that serve: the newest, and while its overlap lasts the one before,
 * which is listened with where the venue refuses the newest. Used by one thread.
 */
final class Keys {
  private final Set<Target> refused = new HashSet<>();
  private List<Target> known = List.of();
  private int changes;

  /**
   * Takes note of what serves now, the newest first.
   *
   * @return whether there is another newest than there was; not at the first time
   */
  boolean changed(List<Target> serving) {
    boolean another = !known.isEmpty() && !newest().sameKey(serving.getFirst());
    known = List.copyOf(serving);
    if (another) {
      changes++;
      refused.clear();
    }
    return another;
  }

  /** How often the newest has changed. */
  int changes() {
    return changes;
  }

  /** The one that is to be listened with in the end. */
  Target newest() {
    return known.getFirst();
  }

  /** The one to try now: the newest that was not refused, or the newest when all of them were. */
  Target next() {
    return known.stream().filter(key -> !isRefused(key)).findFirst().orElseGet(this::newest);
  }

  /**
   * The venue took this key.
   *
   * @return whether it is the newest that serves
   */
  boolean accepted(Target key) {
    refused.removeIf(key::sameKey);
    return newest().sameKey(key);
  }

  /**
   * The venue said no to this key.
   *
   * @return whether there is one to which it has not
   */
  boolean refuse(Target key) {
    refused.add(key);
    boolean another = known.stream().anyMatch(one -> !isRefused(one));
    if (!another) {
      // After a pause they are tried from the newest on.
      refused.clear();
    }
    return another;
  }

  /** Whether the venue said no to it and has not been asked from the beginning since. */
  boolean isRefused(Target key) {
    return refused.stream().anyMatch(key::sameKey);
  }
}

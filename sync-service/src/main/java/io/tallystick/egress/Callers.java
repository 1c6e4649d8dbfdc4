package io.tallystick.egress;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The threads that are out on a call. When the service stops they are called back, wherever they
 * wait: for budget, for a host, for the last byte of an answer. Their interrupt ends with the call,
 * so that what they write down afterwards is written.
 */
final class Callers {
  private final Set<Thread> out = new HashSet<>();
  private boolean stopped;

  /** What came of the call; {@code none} from the stop on. */
  <T> T out(Supplier<T> call, Supplier<T> none) {
    if (!enter()) {
      return none.get();
    }
    try {
      return call.get();
    } finally {
      leave();
    }
  }

  /** Calls everybody back, and lets nobody go any more. */
  synchronized void stop() {
    stopped = true;
    out.forEach(Thread::interrupt);
  }

  private synchronized boolean enter() {
    return !stopped && out.add(Thread.currentThread());
  }

  private synchronized void leave() {
    out.remove(Thread.currentThread());
    if (stopped) {
      // It was ours, and it was heard.
      var _ = Thread.interrupted();
    }
  }
}

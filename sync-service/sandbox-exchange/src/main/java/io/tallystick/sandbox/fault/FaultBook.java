package io.tallystick.sandbox.fault;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The misbehaviour that is still to come. The oldest wish that fits a call is used for it. */
public final class FaultBook {
  private static final long ANY = -1;

  private final List<Wish> wishes = new ArrayList<>();

  private static final class Wish {
    private final String method;
    private final String path;
    private final long index;
    private final Fault fault;
    private int left;

    private Wish(String method, String path, long index, int left, Fault fault) {
      this.method = method;
      this.path = path;
      this.index = index;
      this.left = left;
      this.fault = fault;
    }

    private boolean fits(String calledMethod, String calledPath, long calledIndex) {
      return (method.isEmpty() || method.equals(calledMethod))
          && (path.isEmpty() || path.equals(calledPath))
          && (index == ANY || index == calledIndex);
    }
  }

  /** Spoils the next {@code times} calls of this method and path; empty texts mean any. */
  public synchronized void next(int times, String method, String path, Fault fault) {
    wishes.add(new Wish(method, path, ANY, times, fault));
  }

  /** Spoils the next {@code times} calls of this path. */
  public void next(int times, String path, Fault fault) {
    next(times, "", path, fault);
  }

  /** Spoils the call with this index, whichever it is. */
  public synchronized void atCall(long index, Fault fault) {
    wishes.add(new Wish("", "", index, 1, fault));
  }

  /** Behaves well again. */
  public synchronized void clear() {
    wishes.clear();
  }

  /** How many spoilt calls are still to come. */
  public synchronized int pending() {
    return wishes.stream().mapToInt(w -> w.left).sum();
  }

  /** Takes what is meant for this call. */
  public synchronized Optional<Fault> take(String method, String path, long index) {
    Iterator<Wish> all = wishes.iterator();
    while (all.hasNext()) {
      Wish wish = all.next();
      if (wish.fits(method, path, index)) {
        wish.left--;
        if (wish.left <= 0) {
          all.remove();
        }
        return Optional.of(wish.fault);
      }
    }
    return Optional.empty();
  }
}
